"""How the companion and its workers speak: JSON with its length in front."""

from typing import Any, BinaryIO

import orjson

LENGTH_BYTES = 8


def write_frame(stream: BinaryIO, value: Any) -> None:
    """Send a value. Raises OSError where nobody reads any more."""
    content = orjson.dumps(value)
    stream.write(len(content).to_bytes(LENGTH_BYTES, "big"))
    stream.write(content)
    stream.flush()


def read_frame(stream: BinaryIO) -> Any:
    """The next value. Raises EOFError where none comes any more."""
    length = int.from_bytes(_read(stream, LENGTH_BYTES), "big")
    return orjson.loads(_read(stream, length))


def _read(stream: BinaryIO, length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content
