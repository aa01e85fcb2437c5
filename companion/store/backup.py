"""The whole data folder as one archive, back again, and a look at whether all of it can be read."""

import io
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

from companion.errors import StoreError
from companion.store.database import DATABASE, TEXTS, Store
from companion.store.files import FOLDER_MODE, make_private_folder, replace_file

# Texts compress some four times; an archive that promises far more is not ours.
MAX_RATIO = 100
MAX_FILES = 1_000_000


def archive(store: Store) -> bytes:
    """Everything that is kept, as the bytes of a ZIP archive, consistent as of one moment.

    The records are read first: the texts that they name were there before them and never change.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        bundle.writestr(DATABASE, store.records(), zipfile.ZIP_DEFLATED)
        for path in sorted((store.folder / TEXTS).rglob("*.zlib")):
            with suppress(FileNotFoundError):  # Deleted this very moment, with its item.
                bundle.writestr(path.relative_to(store.folder).as_posix(), path.read_bytes())
    return buffer.getvalue()


def restore(bundle: bytes, folder: Path) -> None:
    """Unpack an archive into an empty folder. Raises StoreError, before anything is written, where it does not fit."""
    if (folder / DATABASE).exists() or (folder / TEXTS).exists():
        raise StoreError(f"{folder} is not empty. Restore never writes over data: name another folder with --data.")
    contents = _unpacked(bundle)
    make_private_folder(folder)
    # The records come last: a restore that was cut short leaves none, and can simply be done again elsewhere.
    for name in sorted(contents, key=lambda name: name == DATABASE):
        target = folder / name
        target.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        replace_file(target, contents[name])


def _unpacked(bundle: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(bundle)) as source:
            entries = source.infolist()
            _require_safe(entries, len(bundle))
            return {entry.filename: source.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise StoreError("This file is not a backup of Kwartier, or it is damaged. Nothing was restored.") from error


def _require_safe(entries: list[zipfile.ZipInfo], size: int) -> None:
    names = {entry.filename for entry in entries}
    if DATABASE not in names or len(entries) > MAX_FILES:
        raise StoreError("This file is not a backup of Kwartier.")
    if any(not _is_ours(name) for name in names):
        raise StoreError("This archive holds files that a backup of Kwartier never has. Nothing was restored.")
    if sum(entry.file_size for entry in entries) > MAX_RATIO * size:
        raise StoreError("This archive would unpack to far more than a backup of Kwartier. Nothing was restored.")


def _is_ours(name: str) -> bool:
    parts = name.split("/")
    return name == DATABASE or (
        len(parts) == 3
        and parts[0] == TEXTS
        and all(set(part) <= set("0123456789abcdef") for part in (parts[1], parts[2].removesuffix(".zlib")))
        and len(parts[1]) == 2
    )


def check(store: Store) -> dict[str, Any]:
    """How much is kept, and the problems: each item whose text or page cannot be read."""
    problems = []
    for item in store.items:
        for name in filter(None, (item["text_hash"], item["page_hash"])):
            try:
                store.texts.get(name)
            except StoreError as error:
                problems.append(
                    {"path": f"items/{item['id']}", "message": f"{item['article']['title']}: {error.message}"}
                )
    return {**store.statistics(), "problems": problems}
