"""Secondary indexes in memory: which records have a key, without reading all of them."""

from abc import ABC, abstractmethod
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from typing import Any

from companion.store.fields import Record

Keys = Callable[[Record], Iterable[str]]
Order = Callable[[Record], Any]


class Index(ABC):
    """Finds the ids of the records that have a key."""

    def __init__(self, keys: Keys) -> None:
        """`keys` gives a record's keys, whatever the record holds: it must not fail."""
        self._keys = keys

    def replace(self, record_id: str, before: Record | None, after: Record | None) -> None:
        """Take note of what a record was and is; None where it was not there, or is not any more."""
        old, new = (() if record is None else self._entries(record) for record in (before, after))
        if old != new:  # Most changes leave all keys as they are.
            for entry in old:
                self._remove(record_id, *entry)
            for entry in new:
                self._add(record_id, *entry)

    def has(self, record: Record, key: str) -> bool:
        """Whether a record would be found by this key."""
        return key in self._keys(record)

    def _entries(self, record: Record) -> tuple[tuple[Any, ...], ...]:
        return tuple((key,) for key in self._keys(record))

    @abstractmethod
    def find(self, key: str) -> list[str]:
        """The ids of the records with this key."""

    @abstractmethod
    def _add(self, record_id: str, *entry: Any) -> None: ...

    @abstractmethod
    def _remove(self, record_id: str, *entry: Any) -> None: ...


class KeyIndex(Index):
    """For keys that few records share. One id is kept as it is: a set for each would take five times the memory."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(keys)
        self._ids: dict[str, str | set[str]] = {}

    def find(self, key: str) -> list[str]:
        """The ids of the records with this key, in order of id."""
        found = self._ids.get(key, set())
        return [found] if isinstance(found, str) else sorted(found)

    def _add(self, record_id: str, *entry: str) -> None:
        others = self._ids.setdefault(entry[0], record_id)
        if others != record_id:
            self._ids[entry[0]] = {record_id, *([others] if isinstance(others, str) else others)}

    def _remove(self, record_id: str, *entry: str) -> None:
        others = self._ids.get(entry[0])
        rest = others - {record_id} if isinstance(others, set) else set()
        if rest:
            self._ids[entry[0]] = rest
        elif others is not None:
            del self._ids[entry[0]]


class SortedIndex(Index):
    """For keys that many records share, which are wanted in an order of their own."""

    def __init__(self, keys: Keys, order: Order) -> None:
        super().__init__(keys)
        self.order = order
        self._sorted: dict[str, list[tuple[Any, str]]] = {}

    def find(self, key: str) -> list[str]:
        """The ids of the records with this key, in their order."""
        return self.newest(key)[::-1]

    def newest(self, key: str, before: Any = None, limit: int | None = None) -> list[str]:
        """The ids of at most `limit` records with this key, in reverse order, from below `before` on."""
        entries = self._sorted.get(key, [])
        end = len(entries) if before is None else bisect_left(entries, (before,))
        start = 0 if limit is None else max(0, end - limit)
        return [record_id for _, record_id in reversed(entries[start:end])]

    def first(self, key: str) -> list[str]:
        """The id of the first of the records with this key, if there is one."""
        return [record_id for _, record_id in self._sorted.get(key, [])[:1]]

    def _entries(self, record: Record) -> tuple[tuple[Any, ...], ...]:
        order = self.order(record)
        return tuple((key, order) for key in self._keys(record))

    def _add(self, record_id: str, *entry: Any) -> None:
        key, order = entry
        insort(self._sorted.setdefault(key, []), (order, record_id))

    def _remove(self, record_id: str, *entry: Any) -> None:
        key, order = entry
        entries = self._sorted.get(key, [])
        place = bisect_left(entries, (order, record_id))
        if entries[place : place + 1] == [(order, record_id)]:
            del entries[place]
