"""TinyDB's storage over one file that is replaced whole, with transactions over several tables."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from companion.errors import StoreError
from companion.store.files import replace_file

Tables = dict[str, dict[str, Any]]


class FileStorage(Storage):
    """Keeps the tables in memory and writes them to the file before anyone sees a change."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tables: Tables = self._load()
        self._pending: Tables = self._tables
        self._owner: int | None = None
        self._lock = threading.RLock()
        self._is_closed = False

    def _load(self) -> Tables:
        if not self.path.exists():
            return {}
        try:
            loaded = orjson.loads(self.path.read_bytes())
        except orjson.JSONDecodeError as error:
            raise StoreError(f"{self.path} is damaged. It was left as it is; restore a backup.") from error
        if not isinstance(loaded, dict):
            raise StoreError(f"{self.path} is not a store of Kwartier. It was left as it is.")
        return loaded

    def read(self) -> Tables:
        """The tables as committed, or as changed so far to the thread whose transaction is under way.

        The outer dict is the caller's own.
        """
        return dict(self._pending if self._owner == threading.get_ident() else self._tables)

    def write(self, data: Tables) -> None:
        """Take the new tables; they are kept at the end of the transaction under way."""
        assert self._owner == threading.get_ident(), "every change happens inside a transaction"
        self._pending = data

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What this thread changes inside is written at the end, or not at all; other threads wait.

        Transactions nest: one inside another that fails takes back only its own changes.
        """
        with self._lock:
            if self._is_closed:
                raise StoreError("Kwartier is stopping. Nothing was changed.")
            before, is_outermost = self._pending, self._owner is None
            self._owner = threading.get_ident()
            try:
                yield
                if is_outermost and self._pending is not self._tables:
                    self._save(self._pending)
            except BaseException:
                self._pending = before
                raise
            finally:
                if is_outermost:
                    self._owner, self._pending = None, self._tables

    def _save(self, tables: Tables) -> None:
        replace_file(self.path, orjson.dumps(tables))
        self._tables = tables

    def as_file(self) -> bytes:
        """The committed tables as the file has them."""
        return orjson.dumps(self._tables)

    def close(self) -> None:
        """Let what is being written end, and write nothing more."""
        with self._lock:
            self._is_closed = True


class RecordTable(Table):
    """A table of records that carry their own `id`."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's annotation says int, its code takes any type
    default_query_cache_capacity = 0

    def put(self, record: Mapping[str, Any]) -> None:
        """Add the record, or put it in the place of the one with the same id."""
        self.put_all([record])

    def put_all(self, records: list[Mapping[str, Any]]) -> None:
        """As `put`, for many records in one write."""
        new = {record["id"]: dict(record) for record in records}
        self._update_table(lambda table: table.update(new))

    def find(self, record_id: str) -> Document | None:
        """The record with this id, or None."""
        return self.get(doc_id=record_id)  # type: ignore[call-overload]  # see document_id_class

    def discard(self, record_id: str) -> None:
        """Take the record out; one that is not there is no error."""
        self._update_table(lambda table: table.pop(record_id, None))

    def _update_table(self, updater: Callable[[dict[Any, Any]], Any]) -> None:
        """TinyDB reads, changes and writes a table in three steps; nothing may come between them."""
        storage = self._storage
        assert isinstance(storage, FileStorage)
        with storage.transaction():
            super()._update_table(updater)


class Database(TinyDB):
    """TinyDB with tables of records."""

    table_class = RecordTable
