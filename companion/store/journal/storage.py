"""TinyDB's storage over the journal: encoded records in memory, transactions over several tables, compaction."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
from tinydb.storages import Storage

from companion.errors import DiskFault, StoreError
from companion.store.files import disk_faults
from companion.store.journal.indexes import Index
from companion.store.journal.journal import Journal, prune
from companion.store.journal.lines import Change, State, Tables
from companion.store.journal.snapshots import snapshot_path, write_snapshot

Pending = dict[str, dict[str, bytes | None]]
Indexes = Mapping[str, Mapping[str, Index]]
Listener = Callable[[list[Change]], None]

# A journal of some thousand transactions is read in a blink; below this, writing a snapshot is not worth it.
COMPACT_AFTER = 4 << 20

logger = logging.getLogger("kwartier")


class JournalStorage(Storage):
    """The committed records and the transaction under way.

    A transaction is appended to the journal first and becomes visible second. Records are kept as they are encoded:
    that takes a third of the memory, and nobody can change what is kept without writing it.
    """

    def __init__(
        self,
        journal: Journal,
        state: State,
        indexes: Indexes,
        whole: int | None = None,
        compact_after: int = COMPACT_AFTER,
    ) -> None:
        """`whole` is the newest generation whose snapshot is known to be whole."""
        self.journal = journal
        self.indexes = indexes
        self.listeners: list[Listener] = []
        self._tables: Tables = state.tables
        self._pending: Pending = {}
        self._after_commit: list[Callable[[], None]] = []
        self._owner: int | None = None
        self._lock = threading.RLock()
        # Held for moments only, so that who reads several records never waits for the disk.
        self.publishing = threading.RLock()
        self._is_closed = False
        self._compact_after = compact_after
        self._whole = whole
        self._compact_at = max(compact_after, self._snapshot_bytes())
        self._compaction: threading.Thread | None = None
        for table, records in state.tables.items():
            for record_id, record in records.items():
                self._index(table, record_id, None, record)

    # What is read

    def raw(self, table: str, record_id: str) -> bytes | None:
        """The encoded record, as committed or as changed so far by the caller's own transaction."""
        if self._is_mine() and record_id in (changed := self._pending.get(table, {})):
            return changed[record_id]
        return self._tables.get(table, {}).get(record_id)

    def all_raw(self, table: str) -> dict[str, bytes]:
        """Every encoded record of a table by its id; the dict is the caller's own."""
        with self.publishing:
            found: dict[str, bytes | None] = dict(self._tables.get(table, {}))
        if self._is_mine():
            found |= self._pending.get(table, {})
        return {record_id: record for record_id, record in found.items() if record is not None}

    def count(self, table: str) -> int:
        """How many records a table has."""
        if self._is_mine() and table in self._pending:
            return len(self.all_raw(table))
        return len(self._tables.get(table, {}))

    def changed(self, table: str) -> Mapping[str, bytes | None]:
        """What the caller's own transaction changed so far in a table."""
        return self._pending.get(table, {}) if self._is_mine() else {}

    def _is_mine(self) -> bool:
        return self._owner == threading.get_ident()

    def state(self) -> State:
        """Everything committed, as of one moment."""
        with self._lock:
            return State(self.journal.sequence, {table: dict(records) for table, records in self._tables.items()})

    def read(self) -> dict[str, dict[str, Any]]:
        """Everything decoded, as TinyDB asks for it when it lists or drops tables."""
        names = {*self._tables, *(self._pending if self._is_mine() else ())}
        tables = {name: self.all_raw(name) for name in names}
        return {name: {key: orjson.loads(raw) for key, raw in table.items()} for name, table in tables.items() if table}

    # What is written

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Replace everything, as TinyDB does when it drops tables."""
        with self.transaction():
            for table in {*self._tables, *data}:
                wanted = {str(key): orjson.dumps(record) for key, record in data.get(table, {}).items()}
                self.stage(table, {**dict.fromkeys(self.all_raw(table)), **wanted})

    def stage(self, table: str, changes: Mapping[str, bytes | None]) -> None:
        """Change records, None removing one; they are written at the end of the transaction under way."""
        assert self._is_mine(), "every change happens inside a transaction"
        self._pending.setdefault(table, {}).update(changes)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What this thread changes inside is written at the end, or not at all; other threads wait.

        Transactions nest: one inside another that fails takes back only its own changes.
        """
        with self._lock:
            if self._is_mine():
                with self._nested():
                    yield
                return
            self._require_writable()
            self._owner = threading.get_ident()
            try:
                yield
                self._commit()
            except DiskFault:
                self.journal.stop_writing()
                raise
            finally:
                self._owner, self._pending, self._after_commit = None, {}, []

    @contextmanager
    def _nested(self) -> Iterator[None]:
        before = {table: dict(changes) for table, changes in self._pending.items()}
        waiting = list(self._after_commit)
        try:
            yield
        except BaseException:
            self._pending, self._after_commit = before, waiting
            raise

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do this once the transaction under way is on the disk, before another one begins."""
        assert self._is_mine(), "a transaction is under way"
        self._after_commit.append(act)

    @property
    def is_writable(self) -> bool:
        """Whether a transaction can begin."""
        return not self._is_closed and self.journal.read_only_reason is None

    def _require_writable(self) -> None:
        if self._is_closed:
            raise StoreError("Kwartier is stopping. Nothing was changed.")
        self.journal.require_writable()

    def _commit(self) -> None:
        changes = [
            (table, record_id, record)
            for table, changed in self._pending.items()
            for record_id, record in changed.items()
            if record != self._tables.get(table, {}).get(record_id)
        ]
        if changes:
            self.journal.append(changes)
            self._publish(changes)
        for act in self._after_commit:
            act()
        if self.journal.size > self._compact_at:
            self._start_compaction()

    def _publish(self, changes: list[Change]) -> None:
        with self.publishing:
            for table, record_id, record in changes:
                records = self._tables.setdefault(table, {})
                self._index(table, record_id, records.get(record_id), record)
                if record is None:
                    records.pop(record_id, None)
                else:
                    # A copy of the exact size: what orjson returns holds on to several times its length.
                    records[record_id] = bytes(memoryview(record))
        for listener in self.listeners:
            listener(changes)

    def _index(self, table: str, record_id: str, before: bytes | None, after: bytes | None) -> None:
        indexes = self.indexes.get(table)
        if not indexes:
            return
        old, new = (None if raw is None else orjson.loads(raw) for raw in (before, after))
        for index in indexes.values():
            index.replace(record_id, old, new)

    # Compaction

    def _start_compaction(self) -> None:
        if self._compaction is not None and self._compaction.is_alive():
            return
        compaction = threading.Thread(target=self._compact_calmly, name="kwartier-compaction")
        try:
            compaction.start()
        except RuntimeError:  # The system has no thread to spare: what was written is written, and this can wait.
            self._compact_later()
        else:
            self._compaction = compaction

    def _compact_later(self) -> None:
        self._compact_at = self.journal.size + self._compact_after

    def _compact_calmly(self) -> None:
        """A disk that is full now may have room later; until then the journal simply grows."""
        try:
            self.compact()
        except StoreError as error:
            self._compact_later()
            if not self._is_closed:
                logger.warning("The journal could not be compacted: %s", error.message)

    def compact(self) -> None:
        """Begin a new generation with a snapshot of everything. Others go on writing meanwhile."""
        folder = self.journal.folder
        with self._lock:
            self._require_writable()
            self.journal.rotate()
            state, generation = self.state(), self.journal.generation
        with disk_faults():
            write_snapshot(folder, state, generation)
            before, self._whole = self._whole, generation
            self._compact_at = max(self._compact_after, self._snapshot_bytes())
            if before is not None:
                prune(folder, before)

    def _snapshot_bytes(self) -> int:
        return snapshot_path(self.journal.folder, self._whole).stat().st_size if self._whole else 0

    def close(self) -> None:
        """Let what is being written end, and write nothing more."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
        if self._compaction is not None:
            self._compaction.join()
        self.journal.close()
