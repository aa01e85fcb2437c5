"""TinyDB's tables over the journal, so that a query or an update costs what it touches, not what the table holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, cast

import orjson
from tinydb.table import Document, Table

from companion.store.journal.indexes import SortedIndex
from companion.store.journal.storage import JournalStorage


class Records(Mapping[str, Any]):
    """The documents of a table by id, decoded as they are read, so that each is the reader's own."""

    def __init__(self, storage: JournalStorage, table: str) -> None:
        self._storage, self._table = storage, table

    def __getitem__(self, record_id: str) -> Any:
        raw = self._storage.raw(self._table, record_id)
        if raw is None:
            raise KeyError(record_id)
        return orjson.loads(raw)

    def __contains__(self, record_id: object) -> bool:
        return self._storage.raw(self._table, str(record_id)) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._storage.all_raw(self._table))

    def __len__(self) -> int:
        return self._storage.count(self._table)

    def items(self) -> Any:
        """Pairs of id and document as of this moment, also where others write meanwhile."""
        return ((key, orjson.loads(raw)) for key, raw in self._storage.all_raw(self._table).items())


class Draft(MutableMapping[Any, Any]):
    """What TinyDB's updates are let loose on: the documents that they touch are noted, the others never decoded."""

    def __init__(self, records: Records, as_id: Callable[[str], Any]) -> None:
        self._records, self._as_id = records, as_id
        self._touched: dict[str, Any] = {}

    def __getitem__(self, doc_id: Any) -> Any:
        key = str(doc_id)
        if key not in self._touched:
            self._touched[key] = self._records[key]
        if self._touched[key] is None:
            raise KeyError(doc_id)
        return self._touched[key]

    def __setitem__(self, doc_id: Any, document: Any) -> None:
        self._touched[str(doc_id)] = document

    def __delitem__(self, doc_id: Any) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._touched[str(doc_id)] = None

    def __contains__(self, doc_id: object) -> bool:
        key = str(doc_id)
        return self._touched[key] is not None if key in self._touched else key in self._records

    def __iter__(self) -> Iterator[Any]:
        keys = dict.fromkeys((*self._records, *self._touched))
        return iter([self._as_id(key) for key in keys if key in self])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def clear(self) -> None:
        """Remove every document."""
        self._touched = dict.fromkeys((*self._records, *self._touched))

    def changes(self) -> dict[str, bytes | None]:
        """The touched documents, encoded; None for a removed one."""
        return {key: None if doc is None else orjson.dumps(doc) for key, doc in self._touched.items()}


class JournalTable(Table):
    """A table whose writes are transactions of the journal; all of TinyDB's methods work on it."""

    default_query_cache_capacity = 0

    @property
    def _journal(self) -> JournalStorage:
        assert isinstance(self._storage, JournalStorage)
        return self._storage

    def insert(self, document: Mapping[str, Any]) -> int:
        """As TinyDB's; the next id is found and used in one transaction."""
        with self._journal.transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """As TinyDB's; the next ids are found and used in one transaction."""
        with self._journal.transaction():
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[int]:
        """As TinyDB's; nobody comes between the look and the change."""
        with self._journal.transaction():
            return super().upsert(document, cond)

    def _read_table(self) -> Any:
        return Records(self._journal, self.name)

    def _update_table(self, updater: Callable[[dict[Any, Any]], Any]) -> None:
        with self._journal.transaction():
            draft = Draft(Records(self._journal, self.name), self.document_id_class)
            updater(cast(dict[Any, Any], draft))
            self._journal.stage(self.name, draft.changes())
        self.clear_cache()


class RecordTable(JournalTable):
    """A table of records that carry their own `id`, found by it or by an index."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's annotation says int, its code takes any type

    def put(self, record: Mapping[str, Any]) -> None:
        """Add the record, or put it in the place of the one with the same id."""
        self.put_all([record])

    def put_all(self, records: Iterable[Mapping[str, Any]]) -> None:
        """As `put`, for many records in one write."""
        encoded = {record["id"]: orjson.dumps(record) for record in records}
        with self._journal.transaction():
            self._journal.stage(self.name, encoded)

    def find(self, record_id: str) -> Document | None:
        """The record with this id, or None."""
        raw = self._journal.raw(self.name, record_id)
        return None if raw is None else self._document(record_id, raw)

    def discard(self, record_id: str) -> None:
        """Take the record out; one that is not there is no error."""
        with self._journal.transaction():
            self._journal.stage(self.name, {record_id: None})

    def find_by(self, index: str, key: str) -> list[Document]:
        """The records that the index of this name has under this key."""
        with self._journal.publishing:
            return self._found(self._ids(index, key))

    def newest(self, index: str, key: str, before: Any = None, limit: int | None = None) -> list[Document]:
        """At most `limit` records that a sorted index has under this key, the last first, from below `before` on."""
        by = self._journal.indexes[self.name][index]
        assert isinstance(by, SortedIndex)
        if not self._journal.changed(self.name):
            with self._journal.publishing:
                return self._found(by.newest(key, before, limit))
        found = [record for record in self.find_by(index, key) if before is None or by.order(record) < before]
        return sorted(found, key=by.order, reverse=True)[:limit]

    def oldest(self, index: str, key: str) -> Document | None:
        """The record that a sorted index has first under this key, as of what is on the disk."""
        by = self._journal.indexes[self.name][index]
        assert isinstance(by, SortedIndex)
        with self._journal.publishing:
            return next(iter(self._found(by.first(key))), None)

    def _ids(self, index: str, key: str) -> list[str]:
        """What the index says, and what the caller's own transaction changes about it."""
        by = self._journal.indexes[self.name][index]
        changed = self._journal.changed(self.name)
        if not changed:
            return by.find(key)
        added = [one for one, raw in changed.items() if raw is not None and by.has(orjson.loads(raw), key)]
        return [one for one in by.find(key) if one not in changed] + added

    def _found(self, ids: Iterable[str]) -> list[Document]:
        found = ((record_id, self._journal.raw(self.name, record_id)) for record_id in ids)
        return [self._document(record_id, raw) for record_id, raw in found if raw is not None]

    def _document(self, record_id: str, raw: bytes) -> Document:
        return Document(orjson.loads(raw), cast(Any, record_id))
