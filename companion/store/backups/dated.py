"""Backups that are made by themselves, a day each, in `backups/` of the data folder.

backups/2026-11-22.tsv.gz    the records, as the lines of a snapshot
backups/texts/ab/….zlib      the texts that any of them names: copies, for a link would share the original's damage
"""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import orjson

from companion.errors import StoreFull
from companion.store.backups.archive import text_names
from companion.store.backups.copies import Copying
from companion.store.backups.retention import kept
from companion.store.database import Store
from companion.store.fields import hashes_of
from companion.store.files import disk_error, make_subfolder, remove_leftovers, replace_file
from companion.store.journal.lines import ABOUT, State, about, decode
from companion.store.journal.snapshots import snapshot_lines
from companion.store.layout import BACKUPS, KEEP_FREE, TEXTS
from companion.store.notices import open_notices
from companion.store.texts import Texts

SUFFIX = ".tsv.gz"
COMPRESSION = 6
# The format of gzip, which every system can open, rather than that of zlib.
GZIP = 31


def backup_days(folder: Path) -> list[date]:
    """The days of which the data folder has a backup, in order."""
    return sorted(filter(None, (_day(path) for path in (folder / BACKUPS).glob(f"*{SUFFIX}"))))


def backup_folder(folder: Path) -> Path:
    """Where the dated backups of a data folder lie."""
    return folder / BACKUPS


def backup_path(folder: Path, day: date) -> Path:
    """Where the backup of a day lies."""
    return folder / BACKUPS / f"{day.isoformat()}{SUFFIX}"


def _day(path: Path) -> date | None:
    try:
        day = date.fromisoformat(path.name.removesuffix(SUFFIX))
    except ValueError:
        return None  # A file of the user's own.
    return day if backup_path(path.parent.parent, day) == path else None


def make_backup(
    store: Store, today: date, breathe: Callable[[], object] = lambda: None, keep_free: int = KEEP_FREE
) -> set[str] | None:
    """Make the backup of today, and remove those no longer kept; None where nothing changed since the last one.

    Also None where damage was found that nobody has seen yet, and today's would be written over: it may be the last
    one that has what is lost. Returns the hashes of the texts that cannot be read, and so are in no backup. Raises
    StoreFull where it would leave less than `keep_free` bytes on the disk, StoreError for any other fault: the backups
    that there were are whole then. `breathe` is called between two texts; what it raises ends the work, likewise.
    """
    try:
        with store.keeping_texts():
            state = store.state()
            if state.sequence in _sequences(store.folder) or _is_needed(store, today):
                return None
            return _make(store, state, today, breathe, keep_free)
    except OSError as error:
        raise disk_error(error) from error


def _is_needed(store: Store, today: date) -> bool:
    has_damage = any(notice["kind"] == "damage" for notice in open_notices(store))
    return has_damage and backup_path(store.folder, today).exists()


def _make(store: Store, state: State, today: date, breathe: Callable[[], object], keep_free: int) -> set[str]:
    folder = store.folder / BACKUPS
    make_subfolder(folder)
    remove_leftovers(folder)
    copies = Texts(folder / TEXTS)
    missing = [name for name in sorted(text_names(state)) if not copies.path(name).exists()]
    copying = Copying(store.texts, copies)
    copying.require_room(missing, _records_bytes(state), keep_free)
    try:
        unreadable = _copy_all(copying, missing, breathe)
        replace_file(backup_path(store.folder, today), _compressed(snapshot_lines(state, 1)))
    except StoreFull:
        copying.undo()  # Half of it helps nobody, and takes the room that is left.
        raise
    _prune(store.folder, today, copies)
    return unreadable


def _records_bytes(state: State) -> int:
    """About how many bytes the records take once they are compressed."""
    return sum(len(record) for records in state.tables.values() for record in records.values()) // 4


def _copy_all(copying: Copying, names: list[str], breathe: Callable[[], object]) -> set[str]:
    """Copy each of these texts; returns those that cannot be read."""
    unreadable = set()
    for name in names:
        breathe()
        if not copying.copy(name):
            unreadable.add(name)
    return unreadable


def _sequences(folder: Path) -> Iterator[int]:
    """Of which transactions there are backups, as far as those can be read."""
    for day in backup_days(folder):
        try:
            with gzip.open(backup_path(folder, day)) as file:
                decoded = decode(file.readline().removesuffix(b"\n"))
        except (OSError, EOFError, zlib.error):
            continue
        if decoded:
            yield decoded[0]


def _compressed(lines: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(COMPRESSION, wbits=GZIP)
    for line in lines:
        yield packer.compress(line)
    yield packer.flush()


def _prune(folder: Path, today: date, copies: Texts) -> None:
    """Remove the backups that are not kept, and then the texts that only they named."""
    days = backup_days(folder)
    wanted = kept(days, today)
    if wanted == set(days):
        return
    for day in set(days) - wanted:
        backup_path(folder, day).unlink()
    named: set[str] = set()
    for day in sorted(wanted):
        names = names_in(folder, day)
        if names is None:
            return  # What it names is not known, so nothing is removed.
        named |= names
    for name in [name for name in copies.names() if name not in named]:
        copies.discard(name)


def names_in(folder: Path, day: date) -> set[str] | None:
    """The hashes of the texts that a dated backup names; None where not all of it can be read.

    It is read line by line: eleven backups in memory would be more than the companion itself.
    """
    names: set[str] = set()
    count = 0
    try:
        with gzip.open(backup_path(folder, day)) as file:
            for line in file:
                decoded = decode(line.removesuffix(b"\n"))
                if decoded is None:
                    return None
                if told := about(decoded[1], "end"):
                    return names if told.get("records") == count else None
                for table, _, record in decoded[1]:
                    count += table != ABOUT
                    names.update(hashes_of(orjson.loads(record or b"{}")) if table == "items" else ())
    except (OSError, EOFError, zlib.error):
        return None
    return None
