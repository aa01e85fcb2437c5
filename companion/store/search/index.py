"""The SQLite file of the search: what occurs where, without the texts themselves, so that they are not kept twice.

FTS5 without content can neither change nor remove a row: a changed item gets a new row, and `documents` says which rows
stand, and for which item. Rows are numbered by the item's number first, so that newest first is the index's own order:
the first page of a common word is as quick as that of a rare one.
"""

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FORMAT = 2
# In the order of the index's columns.
FIELDS = ("title", "text", "view", "people", "hashtags", "topic", "site", "authors")
# Beside the file itself, as SQLite makes them.
_COMPANIONS = ("", "-wal", "-shm", "-journal")

# A row's number is the item's, and in its last bits how many rows there were before it for items of this number.
_VERSION_BITS = 20
_LAST_VERSION = (1 << _VERSION_BITS) - 1
# The highest of an item whose rows have numbers that SQLite can hold.
HIGHEST_NUMBER = (1 << 63 - _VERSION_BITS) - 1
_TOP = (1 << 63) - 1

# Rows that no longer stand are cleared away with the whole index, once they are this many and this share of all.
_WORN_ROWS, _WORN_SHARE = 1000, 0.3

_SCHEMA = (
    f"""
    CREATE VIRTUAL TABLE words USING fts5(
        {", ".join(FIELDS)}, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2'
    )
    """,
    # Without an item_id a row no longer stands; it must not be given again.
    "CREATE TABLE documents (number INTEGER PRIMARY KEY, item_id TEXT, stamp INTEGER)",
    "CREATE INDEX by_item ON documents (item_id)",
    f"PRAGMA user_version = {FORMAT}",
)
_FIND = """
    SELECT words.rowid, item_id FROM words CROSS JOIN documents ON number = words.rowid
    WHERE words MATCH ? AND words.rowid < ? AND item_id IS NOT NULL ORDER BY words.rowid DESC LIMIT ?
"""
_INSERT = f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})"

Found = tuple[int, str]


class Index:
    """The open file: one connection writes, another reads, so that a search never waits for a rebuild.

    Every method raises sqlite3.Error where the file is damaged or the disk does not let it write.
    """

    def __init__(self, file: Path) -> None:
        # SQLite would make the file readable by others; its two companions take the mode of the file.
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        self._reading = threading.Lock()
        self._writer = _connect(file)
        try:
            self._make_tables()
            self._reader = _connect(file)
        except BaseException:
            self._writer.close()
            raise

    def _make_tables(self) -> None:
        found = self._writer.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, FORMAT):
            raise sqlite3.DatabaseError(f"the index has format {found}")
        if found == 0:
            with self.writing():
                for statement in _SCHEMA:
                    self._writer.execute(statement)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is put and removed inside is written at the end, or not at all. One thread at a time."""
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._writer.execute("COMMIT")
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    def has(self, number: int, item_id: str, stamp: int) -> bool:
        """Whether the row that stands for this item is of this number and has this stamp."""
        query = "SELECT number FROM documents WHERE item_id = ? AND stamp = ?"
        return [item_number(row) for (row,) in self._writer.execute(query, (item_id, stamp))] == [number]

    def put(self, number: int, item_id: str, stamp: int, fields: Iterable[str]) -> None:
        """Let a new row with these FIELDS stand for the item, whose number is at most HIGHEST_NUMBER."""
        self.remove(item_id)
        row = self._free_row(number)
        self._writer.execute(_INSERT, (row, *fields))
        self._writer.execute("INSERT INTO documents VALUES (?, ?, ?)", (row, item_id, stamp))

    def _free_row(self, number: int) -> int:
        first = first_row(number)
        query = "SELECT max(number) FROM documents WHERE number BETWEEN ? AND ?"
        (last,) = self._writer.execute(query, (first, first | _LAST_VERSION)).fetchone()
        return first if last is None else int(last) + 1

    def remove(self, item_id: str) -> None:
        """Let no row stand for the item."""
        self._writer.execute("UPDATE documents SET item_id = NULL WHERE item_id = ?", (item_id,))

    def find(self, expression: str, below: int | None, limit: int) -> list[Found]:
        """Row and item id of at most `limit` items, newest first, from the rows below `below` on."""
        return self._read(_FIND, (expression, _TOP if below is None else below, limit))

    def documents(self, after: int, limit: int) -> list[Found]:
        """Row and id of at most `limit` items that are indexed, in order, from beyond the row `after` on."""
        query = "SELECT number, item_id FROM documents WHERE number > ? AND item_id IS NOT NULL ORDER BY number LIMIT ?"
        return self._read(query, (after, limit))

    def is_worn(self) -> bool:
        """Whether so many rows no longer stand that the index had better be made anew."""
        query = "SELECT count(*) - count(item_id), count(*) FROM documents"
        ((fallen, rows),) = self._read(query, ())
        return fallen > max(_WORN_ROWS, _WORN_SHARE * rows)

    def _read(self, query: str, values: tuple[object, ...]) -> list[Any]:
        with self._reading:
            return self._reader.execute(query, values).fetchall()

    def close(self) -> None:
        """Let go of the file. SQLite then removes what it made beside it."""
        with self._reading:
            self._reader.close()
            self._writer.close()


def first_row(number: int) -> int:
    """Below this row are those of the items with lower numbers."""
    return max(number, 0) << _VERSION_BITS if number <= HIGHEST_NUMBER else _TOP


def item_number(row: int) -> int:
    """The number of the item that a row is of."""
    return row >> _VERSION_BITS


def remove_index(file: Path) -> None:
    """Remove an index that is closed."""
    for ending in _COMPANIONS:
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        # Synchronised now and then, an index is whole after a power cut, and takes no longer to make.
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection
