"""Everything that is kept, as one ZIP archive or one JSON document, made in parts so that no memory holds all of it.

Both end by telling how many texts are left out because they could not be read, which also tells that the file is whole.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from companion.errors import StoreError
from companion.store.backups.copies import packed_text, text_path
from companion.store.backups.zip_stream import ZipStream
from companion.store.fields import hashes_of
from companion.store.journal.lines import FORMAT, State
from companion.store.journal.snapshots import snapshot_lines, snapshot_path
from companion.store.texts import Texts, unpacked

RECORDS = snapshot_path(Path(), 1).name
PART_BYTES = 1 << 16
_END = re.compile(rb'(?:"item_count":(\d+),"text_count":(\d+),)?"left_out":(\d+)\}\s*\Z')
_LONGEST_END = 160

logger = logging.getLogger("kwartier")


def text_names(state: State) -> set[str]:
    """The hashes of all texts that the items name."""
    items = (orjson.loads(record) for record in state.tables.get("items", {}).values())
    return {name for item in items for name in hashes_of(item)}


@dataclass(frozen=True)
class Contents:
    """What a backup says at its end: how much is in it, and how many texts it lacks."""

    items: int
    texts: int
    left_out: int

    def encoded(self) -> bytes:
        """As it stands at the end."""
        return b'"item_count":%d,"text_count":%d,"left_out":%d}' % (self.items, self.texts, self.left_out)


class Download:
    """A backup under way, of which the end is remembered while it goes by.

    Raises StoreError at its end where it was cut short, so that it is never taken for a whole one.
    """

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts, self._end = parts, b""

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._end = (self._end + part)[-_LONGEST_END:]
            yield part
        self.contents()

    def contents(self) -> Contents:
        """What was in it. Raises StoreError where it was cut short."""
        told = told_contents(self._end)
        if told is None:
            raise StoreError("The backup was cut short, so it is none. Make it again.")
        return told


def told_contents(end: bytes) -> Contents | None:
    """What a backup says, by its last bytes, that it holds; None where these do not say so."""
    told = _END.search(end)
    return Contents(*(int(number or 0) for number in told.groups())) if told else None


def archive(state: State, texts: Texts) -> Iterator[bytes]:
    """The parts of a ZIP archive: the records as a snapshot, and the texts as they lie in the data folder.

    The texts that the state names never change, so the archive shows one moment however long it takes.
    """
    return _in_parts(_archive(state, texts))


def _archive(state: State, texts: Texts) -> Iterator[bytes]:
    bundle, names, left_out = ZipStream(), text_names(state), 0
    yield from bundle.deflated(RECORDS, lambda: snapshot_lines(state, 1))
    for name in sorted(names):
        content = _readable(texts, name)
        if content is None:
            left_out += 1
        else:
            yield from bundle.stored(text_path(name), content)
    yield from bundle.end(b"{" + _contents(state, len(names), left_out).encoded())


def document(state: State, texts: Texts) -> Iterator[bytes]:
    """The parts of one JSON document: {"kwartier": 2, "tables": {name: [records]}, "texts": {hash: text}}."""
    return _in_parts(_document(state, texts))


def _in_parts(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts that are worth sending."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= PART_BYTES:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _document(state: State, texts: Texts) -> Iterator[bytes]:
    yield b'{"kwartier":%d,\n"tables":{' % FORMAT
    for number, (table, records) in enumerate(state.tables.items()):
        yield b"%s\n%s:" % (b"," if number else b"", orjson.dumps(table))
        yield from _table(records)
    yield b'},\n"texts":{'
    written = left_out = 0
    for name in sorted(text_names(state)):
        text = _words(texts, name)
        if text is None:
            left_out += 1
        else:
            yield b'%s\n"%s":%s' % (b"," if written else b"", name.encode(), orjson.dumps(text))
            written += 1
    yield b"},\n%s\n" % _contents(state, written + left_out, left_out).encoded()


def _contents(state: State, named: int, left_out: int) -> Contents:
    return Contents(len(state.tables.get("items", {})), named - left_out, left_out)


def _table(records: Mapping[str, bytes]) -> Iterator[bytes]:
    """A list of records that carry their own id; of others, which we did not write, an object by id."""
    is_list = all(orjson.loads(record).get("id") == record_id for record_id, record in records.items())
    yield b"[" if is_list else b"{"
    for number, (record_id, record) in enumerate(records.items()):
        yield b",\n" if number else b"\n"
        yield record if is_list else b"%s:%s" % (orjson.dumps(record_id), record)
    yield b"]" if is_list else b"}"


def _readable(texts: Texts, name: str) -> bytes | None:
    packed = packed_text(texts, name)
    if packed is None:
        logger.warning("a text could not be read and is not in the backup: %s", name)
    return packed


def _words(texts: Texts, name: str) -> str | None:
    """A text as JSON can have it; of the bytes of a stranger's archive that is not known before."""
    packed = _readable(texts, name)
    try:
        return None if packed is None else unpacked(name, packed).decode()
    except UnicodeDecodeError:
        logger.warning("what should be a text is none and is not in the backup: %s", name)
        return None
