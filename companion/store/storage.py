"""TinyDB's storage over one file that is replaced whole, with transactions over several tables."""

from collections.abc import Callable, Mapping
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
        self._pending: Tables | None = None
        self._depth = 0

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
        """The tables as they are now; the outer dict is the caller's own."""
        return dict(self._pending if self._pending is not None else self._tables)

    def write(self, data: Tables) -> None:
        """Take the new tables: at once, or at the end of the transaction under way."""
        if self._depth:
            self._pending = data
        else:
            self._save(data)

    def begin(self) -> None:
        """From here on, writes are kept back until the matching `commit`."""
        self._depth += 1

    def commit(self) -> None:
        """Write what the outermost transaction changed."""
        self._depth -= 1
        if self._depth == 0 and self._pending is not None:
            pending, self._pending = self._pending, None
            self._save(pending)

    def rollback(self) -> None:
        """Forget what the transaction changed."""
        self._depth -= 1
        self._pending = None

    def _save(self, tables: Tables) -> None:
        replace_file(self.path, orjson.dumps(tables))
        self._tables = tables


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
        self._change(lambda table: table.update(new))

    def find(self, record_id: str) -> Document | None:
        """The record with this id, or None."""
        return self.get(doc_id=record_id)  # type: ignore[call-overload]  # see document_id_class

    def discard(self, record_id: str) -> None:
        """Take the record out; one that is not there is no error."""
        self._change(lambda table: table.pop(record_id, None))

    def _change(self, change: Callable[[dict[Any, Any]], Any]) -> None:
        self._update_table(change)


class Database(TinyDB):
    """TinyDB with tables of records."""

    table_class = RecordTable
