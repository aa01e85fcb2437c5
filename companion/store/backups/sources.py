"""The kinds of files that a backup can be: an archive, a dated backup, a JSON document, each of them of any format."""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import orjson

from companion.errors import StoreError
from companion.store.backups.archive import text_names
from companion.store.backups.bundles import (
    DAMAGED,
    MAX_RATIO,
    MAX_RECORDS_BYTES,
    MAX_TEXT_BYTES,
    NOT_OURS,
    Bundle,
    is_text,
    open_bundle,
)
from companion.store.backups.copies import text_path
from companion.store.backups.exchange import MARK, Check, no_check, read_document
from companion.store.journal.lines import FORMAT, State, about, decode
from companion.store.journal.snapshots import read_snapshot
from companion.store.layout import FIRST
from companion.store.texts import COMPRESSION

LONGEST_LINE = 64 << 20
LONGEST_HEADER = 1 << 16


class Lines(Protocol):
    """A file that is read line by line."""

    def readline(self, limit: int, /) -> bytes:
        """The next line, as far as it is no longer than the limit."""


@dataclass(frozen=True)
class Backup:
    """What a backup holds: the records, and by its hash each text, compressed, or None where it has none.

    `left_out` is how many texts it says that it lacks, where it says so.
    """

    state: State
    text: Callable[[str], bytes | None]
    left_out: int | None = None


@contextmanager
def opened(source: Path, check: Check) -> Iterator[Backup]:
    """The backup in the file at `source`, known by how the file begins."""
    start = _start(source)
    if start.startswith(b"PK"):
        with open_bundle(source) as bundle:
            yield Backup(_state_of(bundle), bundle.text, bundle.left_out)
    elif start.startswith(b"\x1f\x8b"):
        yield _dated(source)
    elif source.stat().st_size > MAX_RECORDS_BYTES or not start.removeprefix(MARK).lstrip().startswith(b"{"):
        raise StoreError(NOT_OURS)
    else:
        state, texts = read_document(source.read_bytes(), check)
        yield Backup(state, lambda name: zlib.compress(texts[name].encode(), COMPRESSION) if name in texts else None)


def _start(source: Path) -> bytes:
    try:
        with source.open("rb") as file:
            return file.read(1000)
    except OSError as error:
        raise StoreError(f"{source} cannot be read: {error.strerror}") from error


def _state_of(bundle: Bundle) -> State:
    with bundle.records() as file:
        if bundle.records_name == FIRST:
            return read_document(file.read(), no_check)[0]
        return whole(_trusted(file, MAX_RECORDS_BYTES))


def _dated(source: Path) -> Backup:
    """One of the dated backups, with the texts that lie beside it, or else in the data folder it belongs to."""
    folders = [source.parent, source.parent.parent]
    try:
        with gzip.open(source) as file:
            state = whole(_trusted(file, MAX_RATIO * max(source.stat().st_size, 1000)))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise StoreError(DAMAGED if _begins_as_ours(source) else NOT_OURS) from error
    if text_names(state) and not any((folder / "texts").is_dir() for folder in folders):
        raise StoreError(f"The folder texts, which belongs to this backup, does not lie beside {source}.")
    return Backup(state, lambda name: _found(name, folders))


def _trusted(file: Lines, most: int) -> Iterator[bytes]:
    """The lines of a snapshot, up to the first that is none: what comes after it is not even unpacked.

    Raises StoreError there, for a file that does not begin as a snapshot does, and for one of more than `most` bytes.
    """
    line = file.readline(LONGEST_HEADER)
    _require_header(line)
    unpacked = 0
    while line:
        unpacked += len(line)
        if unpacked > min(MAX_RECORDS_BYTES, most) or decode(line.removesuffix(b"\n")) is None:
            raise StoreError(DAMAGED)
        yield line
        line = file.readline(LONGEST_LINE)


def _require_header(line: bytes) -> None:
    decoded = decode(line.removesuffix(b"\n"))
    told = about(decoded[1], "header") if decoded else None
    if told is None:
        raise StoreError(NOT_OURS)
    if told.get("format", 0) > FORMAT:
        raise StoreError("This backup was made by a newer Kwartier. Install that version to restore it.")


def _begins_as_ours(source: Path) -> bool:
    try:
        with gzip.open(source) as file:
            return decode(file.readline(LONGEST_HEADER).removesuffix(b"\n")) is not None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return False


def _found(name: str, folders: list[Path]) -> bytes | None:
    """The first copy of a text that is as it was kept."""
    for path in (folder / text_path(name) for folder in folders):
        if path.is_file() and path.stat().st_size <= MAX_TEXT_BYTES and is_text(name, content := path.read_bytes()):
            return content
    return None


def whole(lines: Iterable[bytes]) -> State:
    """The state that a snapshot's lines hold; a backup of which a part is damaged is not half restored."""
    try:
        snapshot = read_snapshot(lines)
        if not snapshot.is_whole or not all(map(_is_table, snapshot.state.tables.values())):
            raise StoreError(DAMAGED)
    except (ValueError, TypeError) as error:
        raise StoreError(DAMAGED) from error
    return snapshot.state


def _is_table(records: dict[str, bytes]) -> bool:
    return all(isinstance(orjson.loads(record), dict) for record in records.values())
