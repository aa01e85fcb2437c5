"""What a fault of the index comes from: the disk, or the file itself."""

import errno
import sqlite3

_OF_DISK = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_BUSY,
}


def is_of_disk(error: sqlite3.Error | OSError) -> bool:
    """Whether an index made anew would meet with the same fault."""
    return isinstance(error, OSError) or _code(error) in _OF_DISK


def is_lack_of_room(error: sqlite3.Error | OSError) -> bool:
    """Whether the disk was too full."""
    return error.errno == errno.ENOSPC if isinstance(error, OSError) else _code(error) == sqlite3.SQLITE_FULL


def _code(error: sqlite3.Error) -> int:
    """SQLite's main code of the error; 0 for one of Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
