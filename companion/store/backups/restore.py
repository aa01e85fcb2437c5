"""Putting a backup back: whatever kind it is, judged first, unpacked beside the data folder, and renamed into place.

So the data folder holds all of it or none, whenever the process is killed, and present data is never written over.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson

from companion.errors import StoreError
from companion.store.backups.archive import text_names
from companion.store.backups.bundles import DAMAGED
from companion.store.backups.copies import text_path
from companion.store.backups.exchange import Check
from companion.store.backups.sources import Backup, opened
from companion.store.backups.target import held
from companion.store.fields import hashes_of
from companion.store.files import (
    BINARY,
    FILE_MODE,
    disk_error,
    make_private_folder,
    make_subfolder,
    sync_file,
    sync_folder,
    write_all,
)
from companion.store.journal.snapshots import create


@dataclass(frozen=True)
class Restored:
    """How much was restored; `without_text` counts the items of which the backup lacks the text or the page."""

    items: int
    without_text: int
    set_aside: Path | None


def restore(source: Path, folder: Path, check: Check, set_aside: date | None = None) -> Restored:
    """Put the backup at `source` into `folder`, which is empty or not there yet.

    `set_aside` allows a folder that holds data: it is renamed, with this date in its name. `check` judges the records
    of a JSON document. Raises StoreError or Invalid where the backup or the folder does not fit; then nothing changed.
    """
    try:
        with held(folder.resolve(), set_aside) as target:
            with opened(source, check) as backup:
                missing = _unpack(backup, target.unfinished)
            aside = target.put_in_place()
    except OSError as error:
        raise disk_error(error) from error
    items = [orjson.loads(record) for record in backup.state.tables.get("items", {}).values()]
    return Restored(len(items), sum(not missing.isdisjoint(hashes_of(item)) for item in items), aside)


def _unpack(backup: Backup, unfinished: Path) -> set[str]:
    """Write everything into the folder, anew; returns the hashes of the texts that the backup lacks."""
    if unfinished.exists():
        shutil.rmtree(unfinished)  # Of a restore that was killed; no other one is at work, since we have the lock.
    make_private_folder(unfinished)
    create(unfinished, backup.state)
    missing = _write_texts(backup, unfinished)
    if backup.left_out is not None and len(missing) > backup.left_out:
        raise StoreError(DAMAGED)
    _sync(unfinished)
    return missing


def _write_texts(backup: Backup, folder: Path) -> set[str]:
    missing = set()
    for name in sorted(text_names(backup.state)):  # A folder after the other, which disks like.
        content = backup.text(name)
        if content is None:
            missing.add(name)
        else:
            _write(folder / text_path(name), content)
    return missing


def _write(path: Path, content: bytes) -> None:
    """Not on the disk yet: that is done for all of them together, which is many times faster."""
    make_subfolder(path.parent.parent)
    make_subfolder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, FILE_MODE)
    try:
        write_all(handle, content)
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    """Bring everything in the folder to the disk."""
    if os.name != "nt":
        os.sync()  # All at once; on some systems it only begins, so each file is waited for as well.
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
            continue
        handle = os.open(path, os.O_RDWR | BINARY)
        try:
            sync_file(handle)
        finally:
            os.close(handle)
    sync_folder(folder)
