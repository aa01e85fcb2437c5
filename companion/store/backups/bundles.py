"""Reading an archive that somebody hands us: nothing of it is trusted, and it is judged before any is unpacked."""

import re
import stat
import struct
import zipfile
import zlib
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from companion.errors import StoreError
from companion.store.backups.archive import RECORDS, told_contents
from companion.store.backups.copies import text_path

FIRST_FORMAT = "kwartier.json"
TEXT_NAME = re.compile(r"texts/([0-9a-f]{2})/([0-9a-f]{62})\.zlib")

# Far above what a life of reading yields, far below what hurts.
MAX_ENTRIES = 500_000
# In the directory of an archive.
ENTRY_SIGN, LEAST_ENTRY_BYTES = b"PK\1\2", 46
MAX_RECORDS_BYTES = 2 << 30
# A page is cut at 5 MB before it is kept, which in UTF-8 can be some 20 MB.
MAX_TEXT_BYTES = 64 << 20
# Records shrink some ten times in an archive, texts not at all; one that promises far more is not ours.
MAX_RATIO = 100
MAX_TOTAL_BYTES = 64 << 30

NOT_OURS = "This file is not a backup of Kwartier. Nothing was restored."
DAMAGED = "This backup is damaged. Nothing was restored; try another one."
# What zipfile and its decompressors raise for bytes that do not fit.
_MALFORMED = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError, struct.error)


class Bundle:
    """An open archive of which every entry is one that a backup has."""

    def __init__(self, source: zipfile.ZipFile) -> None:
        self._source = source
        self._entries = {entry.filename: entry for entry in source.infolist()}
        self.records_name = RECORDS if RECORDS in self._entries else FIRST_FORMAT
        told = told_contents(source.comment)
        self.left_out = told.left_out if told else None

    @contextmanager
    def records(self) -> Iterator[zipfile.ZipExtFile]:
        """The file that holds the records. Raises StoreError where its bytes are damaged."""
        try:
            with self._source.open(self.records_name) as file:
                yield file  # type: ignore[misc]  # what open returns for reading
        except _MALFORMED as error:
            raise StoreError(DAMAGED) from error

    def text(self, name: str) -> bytes | None:
        """The compressed text of this hash, or None. Raises StoreError where it is not what was kept."""
        entry = self._entries.get(text_path(name))
        if entry is None:
            return None
        try:
            content = self._source.read(entry)
        except _MALFORMED as error:
            raise StoreError(DAMAGED) from error
        if not is_text(name, content):
            raise StoreError(DAMAGED)
        return content


@contextmanager
def open_bundle(path: Path) -> Iterator[Bundle]:
    """The archive at `path`. Raises StoreError for one that holds anything a backup of Kwartier never has."""
    with path.open("rb") as file:
        _require_few_entries(file)
        try:
            source = zipfile.ZipFile(file)
        except _MALFORMED as error:
            raise StoreError(DAMAGED) from error
        with source:
            _require_safe(source.infolist(), path.stat().st_size)
            yield Bundle(source)


def is_text(name: str, compressed: bytes) -> bool:
    """Whether this is the text of this hash. Of one that unpacks to far too much, only the beginning is unpacked."""
    unpacker, digest, size = zlib.decompressobj(), sha256(), 0
    decoder = getincrementaldecoder("utf-8")()
    try:
        while not unpacker.eof and size <= MAX_TEXT_BYTES:
            part = unpacker.decompress(compressed, 1 << 20)
            compressed = unpacker.unconsumed_tail
            if not part and not unpacker.eof:
                return False  # It ends too early.
            decoder.decode(part, unpacker.eof)
            digest.update(part)
            size += len(part)
    except (zlib.error, UnicodeDecodeError):
        return False
    return unpacker.eof and not unpacker.unused_data and digest.hexdigest() == name


def _require_few_entries(file: BinaryIO) -> None:
    """Refuse a million entries before zipfile makes an object of each.

    What the end of an archive says of their number may be a lie, so the signs are counted that each begins with.
    """
    count, before = 0, b""
    if file.seek(0, 2) > MAX_ENTRIES * LEAST_ENTRY_BYTES:
        file.seek(0)
        while part := file.read(1 << 20):
            count += (before + part).count(ENTRY_SIGN)
            before = part[1 - len(ENTRY_SIGN) :]
    if count > MAX_ENTRIES:
        raise StoreError(NOT_OURS)
    file.seek(0)


def _require_safe(entries: list[zipfile.ZipInfo], size: int) -> None:
    names = {entry.filename for entry in entries}
    if not names & {RECORDS, FIRST_FORMAT} or {RECORDS, FIRST_FORMAT} <= names:
        raise StoreError(NOT_OURS)
    if len(names) < len(entries) or not all(map(_is_ours, entries)):
        raise StoreError("This archive holds what a backup of Kwartier never has. Nothing was restored.")
    total = sum(entry.file_size for entry in entries)
    if total > min(MAX_RATIO * size, MAX_TOTAL_BYTES) or any(map(_is_too_large, entries)):
        raise StoreError("This archive would unpack to far more than a backup of Kwartier. Nothing was restored.")


def _is_ours(entry: zipfile.ZipInfo) -> bool:
    """A plain file under one of our names; orig_filename is the name before zipfile cuts it at a NUL."""
    is_named = entry.filename in (RECORDS, FIRST_FORMAT) or TEXT_NAME.fullmatch(entry.filename)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return bool(is_named) and entry.orig_filename == entry.filename and kind in (0, stat.S_IFREG)


def _is_too_large(entry: zipfile.ZipInfo) -> bool:
    most = MAX_TEXT_BYTES if TEXT_NAME.fullmatch(entry.filename) else MAX_RECORDS_BYTES
    return entry.file_size > min(most, MAX_RATIO * max(entry.compress_size, 1000))
