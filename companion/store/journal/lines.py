"""The lines that journals and snapshots are made of.

    CRC32 <tab> SEQUENCE { <tab> "TABLE" <tab> "ID" <tab> RECORD } <line feed>

The checksum, in eight hexadecimal digits, is over all that follows it up to the line feed. TABLE, ID and RECORD are
JSON; an empty RECORD says that the record was removed. JSON escapes control characters, so neither a tab nor a line
feed can stand inside a field, and a damaged line never takes the one after it along.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import orjson

FORMAT = 2
# The table of what a file says about itself.
ABOUT = "kwartier"

Change = tuple[str, str, bytes | None]
Tables = dict[str, dict[str, bytes]]


@dataclass(frozen=True)
class State:
    """Every record as encoded JSON, by table and id, after the transaction with this number."""

    sequence: int = 0
    tables: Tables = field(default_factory=dict)


@dataclass(frozen=True)
class Lost:
    """A record of which a damaged line held a version; its id and title are as far as they can still be read.

    `is_sure` says that the id stands there twice, so that no damage made it that of another record.
    """

    table: str
    id: str
    title: str
    is_sure: bool


def encode(sequence: int, changes: Iterable[Change]) -> bytes:
    """One line: what happens together."""
    fields = [b"%d" % sequence]
    for table, record_id, record in changes:
        fields += (orjson.dumps(table), orjson.dumps(record_id), record or b"")
    content = b"\t".join(fields)
    return b"%08x\t%s\n" % (crc32(content), content)


def decode(line: bytes) -> tuple[int, list[Change]] | None:
    """The number and the changes of a line without its line feed; None where it is damaged."""
    content = line[9:]
    if line[:9] != b"%08x\t" % crc32(content):
        return None
    sequence, *fields = content.split(b"\t")
    triples = zip(fields[::3], fields[1::3], fields[2::3], strict=True)
    return int(sequence), [(orjson.loads(table), orjson.loads(key), record or None) for table, key, record in triples]


def header(kind: str, generation: int) -> Change:
    """What the first line of a file says: whether it is a journal or a snapshot, and of which format."""
    return ABOUT, "header", orjson.dumps({"kind": kind, "format": FORMAT, "generation": generation})


def about(changes: list[Change], record_id: str) -> dict[str, Any] | None:
    """What a file says about itself under this id, if these are the changes that do."""
    if len(changes) != 1 or changes[0][:2] != (ABOUT, record_id):
        return None
    return dict(orjson.loads(changes[0][2] or b"{}"))


_NAMED = re.compile(rb'"([a-z_]+)"\t"((?:[^"\\\t]|\\.)*)"\t([^\t]*)')
_TITLE = re.compile(rb'"title":"((?:[^"\\]|\\.)*)"')


def guess(line: bytes) -> list[Lost]:
    """Which records a damaged line was about, as far as it can still be read."""
    return [
        Lost(_text(table), _text(record_id), _title(record), b'"id":"%s"' % record_id in record)
        for table, record_id, record in _NAMED.findall(line)
        if table != ABOUT.encode()
    ]


def _title(record: bytes) -> str:
    found = _TITLE.search(record)
    return _text(found[1]) if found else ""


def _text(raw: bytes) -> str:
    """A JSON string's content; what damage made unreadable stands as a replacement character."""
    try:
        return str(orjson.loads(b'"' + raw + b'"'))
    except orjson.JSONDecodeError:
        return raw.decode("utf-8", "replace")
