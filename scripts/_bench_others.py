"""Other stores of the same items, as they come: TinyDB with its JSON file, and SQLite that syncs each transaction."""

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from tinydb import TinyDB

Item = dict[str, Any]


class Other(Protocol):
    """A store of items."""

    def insert(self, item: Item) -> None:
        """Keep one more."""

    def update(self, item: Item) -> None:
        """Keep it in the place of the one with the same id."""

    def close(self) -> None:
        """Let go of the file."""


class _Json:
    def __init__(self, path: Path, items: list[Item]) -> None:
        self._database = TinyDB(path)
        self._ids = {item["id"]: number for number, item in enumerate(items, 1)}
        self._database.insert_multiple(items)

    def insert(self, item: Item) -> None:
        self._ids[item["id"]] = self._database.insert(item)

    def update(self, item: Item) -> None:
        if item["id"] not in self._ids:
            self.insert(item)
        self._database.update(item, doc_ids=[self._ids[item["id"]]])

    def close(self) -> None:
        self._database.close()


class _Sqlite:
    def __init__(self, path: Path, items: Iterable[Item]) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE items (id TEXT PRIMARY KEY, record TEXT)")
        self._connection.execute("BEGIN")
        for item in items:
            self.insert(item)
        self._connection.execute("COMMIT")

    def insert(self, item: Item) -> None:
        self._connection.execute("INSERT OR REPLACE INTO items VALUES (?, ?)", (item["id"], json.dumps(item)))

    def update(self, item: Item) -> None:
        self.insert(item)

    def close(self) -> None:
        self._connection.close()


def json_store(folder: Path, items: list[Item]) -> Other:
    """Stock TinyDB."""
    return _Json(folder / "stock.json", items)


def sqlite_store(folder: Path, items: list[Item]) -> Other:
    """SQLite in WAL mode, synchronous=FULL."""
    return _Sqlite(folder / "items.sqlite", items)
