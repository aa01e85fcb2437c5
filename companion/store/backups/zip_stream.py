"""Writing a ZIP archive in parts.

Python's own zipfile keeps half a kilobyte of each entry until the end, and then writes the whole directory at once: for
the tens of thousands of texts of a backup, more memory than all of the records take.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator

STORED, DEFLATED = 0, 8
LEVEL = 6
# Without the header of zlib, as archives have it.
RAW = -15
# The least version that can unpack an entry: that of folders and deflate, and that of large archives.
PLAIN, LARGE = 20, 45
MADE_ON_UNIX = 3 << 8
FIRST_DAY = 1 << 5 | 1
# What an archive of the old kind can count, and what stands in the place of more.
MOST_ENTRIES, MOST_BYTES = 0xFFFF, 0xFFFFFFFF
ATTRIBUTES = 0o100600 << 16


class ZipStream:
    """An archive under way. Its parts, in the order in which they are asked for, are the file."""

    def __init__(self) -> None:
        self._directory = bytearray()
        self._offset = 0
        self._count = 0

    def stored(self, name: str, content: bytes) -> Iterator[bytes]:
        """The parts of an entry that is compressed already."""
        yield self._begin(name, STORED, zlib.crc32(content), len(content), len(content))
        yield content

    def deflated(self, name: str, pieces: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
        """The parts of an entry. What it is made of is asked for twice: its sizes stand in front of it."""
        crc = size = 0
        packed_size = sum(map(len, _packed(pieces())))
        for piece in pieces():
            crc, size = zlib.crc32(piece, crc), size + len(piece)
        yield self._begin(name, DEFLATED, crc, packed_size, size)
        yield from _packed(pieces())

    def _begin(self, name: str, method: int, crc: int, packed_size: int, size: int) -> bytes:
        """The header before an entry, which is noted in the directory."""
        encoded, place = name.encode(), self._offset
        about = struct.pack("<HHHHLLLH", 0, method, 0, FIRST_DAY, crc, packed_size, size, len(encoded))
        header = struct.pack("<4sH", b"PK\3\4", PLAIN) + about + struct.pack("<H", 0) + encoded
        far = struct.pack("<HHQ", 1, 8, place) if place >= MOST_BYTES else b""
        self._directory += struct.pack("<4sHH", b"PK\1\2", MADE_ON_UNIX | LARGE, LARGE if far else PLAIN) + about
        self._directory += struct.pack("<HHHHLL", len(far), 0, 0, 0, ATTRIBUTES, min(place, MOST_BYTES))
        self._directory += encoded + far
        self._offset += len(header) + packed_size
        self._count += 1
        return header

    def end(self, comment: bytes) -> Iterator[bytes]:
        """The directory, after the last entry, and the comment of the archive."""
        start, size, count = self._offset, len(self._directory), self._count
        while self._directory:
            yield bytes(self._directory[: 1 << 16])
            del self._directory[: 1 << 16]
        if count >= MOST_ENTRIES or start + size >= MOST_BYTES:
            yield struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, LARGE, LARGE, 0, 0, count, count, size, start)
            yield struct.pack("<4sLQL", b"PK\6\7", 0, start + size, 1)
        counts, places = min(count, MOST_ENTRIES), (min(size, MOST_BYTES), min(start, MOST_BYTES))
        yield struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, counts, counts, *places, len(comment)) + comment


def _packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(LEVEL, wbits=RAW)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()
