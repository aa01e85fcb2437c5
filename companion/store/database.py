"""The store: tables by noun, ids, and one lock for threads and one for processes."""

import logging
import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

from companion.store.fields import hashes_of, number_of
from companion.store.files import disk_faults, make_private_folder
from companion.store.journal.lines import Change, State
from companion.store.journal.opening import open_storage
from companion.store.journal.storage import COMPACT_AFTER
from companion.store.journal.tables import RecordTable
from companion.store.keys import ANY_STATUS, record_indexes
from companion.store.layout import SEARCH, TEXTS
from companion.store.lock import take_lock
from companion.store.search.search import Search
from companion.store.texts import Texts

logger = logging.getLogger("kwartier")


class Store:
    """One data folder, open in this process alone until `close`.

    `items` are the curation items; their indexes are `identity`, `capture` and `status`, which is sorted by number and
    has all items under "", and `filed`, sorted too, which has those with a topic. `slots` are those that differ from
    what the cadence yields; index `week`, by its Monday.
    `segments` are measured time as the browsers sent it; index `day`, the date in UTC. `pairings` are the extensions
    that were let in, `browsers` those that may see the local pages, `tokens` those of programs. `busy_calendars` tell
    when the user is busy. `singletons` are records of which there is one, such as the cadence. `notices` are what the
    user is told until they have seen it.
    """

    def __init__(self, folder: Path, compact_after: int = COMPACT_AFTER) -> None:
        make_private_folder(folder)
        self.folder = folder
        self._number: int | None = None
        self._readers = 0
        self._forgotten: list[str] = []
        self._texts_lock = threading.RLock()
        with ExitStack() as undo, disk_faults():
            self._process_lock = take_lock(folder)
            undo.callback(self._process_lock.release)
            self._storage = open_storage(folder, record_indexes(), compact_after)
            undo.callback(self._storage.close)
            self.texts = Texts(folder / TEXTS)
            undo.pop_all()
        self.items, self.slots, self.segments = map(self._table, ("items", "slots", "segments"))
        self.pairings, self.browsers, self.tokens = map(self._table, ("pairings", "browsers", "tokens"))
        self.singletons, self.notices = map(self._table, ("singletons", "notices"))
        self.busy_calendars = self._table("busy_calendars")
        self.search = Search(folder / SEARCH, self.items, self.texts)
        self._storage.listeners.append(self._note_changes)

    def _table(self, name: str) -> RecordTable:
        return RecordTable(self._storage, name)

    def _note_changes(self, changes: list[Change]) -> None:
        self.search.note(record_id for table, record_id, _ in changes if table == "items")

    @property
    def read_only_reason(self) -> str | None:
        """Why nothing can be written any more; None as long as it can."""
        return self._storage.journal.read_only_reason

    def transaction(self) -> AbstractContextManager[None]:
        """What happens inside is written together at the end, or not at all; other threads wait."""
        return self._storage.transaction()

    def new_id(self) -> str:
        """An id that no record has."""
        return secrets.token_hex(8)

    def next_number(self) -> int:
        """One more than the highest number among the items; call it inside a transaction."""
        if self._number is None:
            newest = self.items.newest("status", ANY_STATUS, limit=1)
            self._number = number_of(newest[0]) if newest else 0
        self._number += 1
        return self._number

    def forget_texts(self, names: Iterable[str | None]) -> None:
        """Remove these texts once the transaction under way is on the disk, except those that an item still names.

        A text is kept inside the transaction that names it, so none can come back into use meanwhile.
        """
        wanted = [name for name in names if name]
        self._storage.after_commit(lambda: self._discard_unnamed(wanted))

    def _discard_unnamed(self, names: list[str]) -> None:
        with self._texts_lock:
            if self._readers:
                self._forgotten += names
                return
        items = self._storage.all_raw("items").values()
        for name in names:
            if not any(name.encode() in raw for raw in items):
                self._discard(name)

    def _discard(self, name: str) -> None:
        try:
            self.texts.discard(name)
        except OSError as error:
            # Windows does not remove a file that somebody reads. It is found again with the orphans.
            logger.info("A text could not be removed yet: %s", error.strerror)

    @contextmanager
    def keeping_texts(self) -> Iterator[None]:
        """What is to be forgotten meanwhile stays until the end, so that a backup finds all that its state names.

        Where nothing can be written at the end, it stays until orphans are collected.
        """
        with self._texts_lock:
            self._readers += 1
        try:
            yield
        finally:
            with self._texts_lock:
                self._readers -= 1
                waiting, self._forgotten = ([], self._forgotten) if self._readers else (self._forgotten, [])
            if waiting and self._storage.is_writable:
                with self.transaction():
                    self.forget_texts(waiting)

    def collect_orphans(self) -> int:
        """Remove the texts that no item names, as a process killed between the two leaves them; returns how many.

        Once damage was found none is removed any more: it may be of an item that was lost.
        """
        if any(notice["kind"] == "damage" for notice in self.notices) or not self._orphans():
            return 0
        with self.transaction():
            if self._readers:
                return 0
            orphans = self._orphans()  # Looked for again, now that nobody can name one meanwhile.
            for name in orphans:
                self._discard(name)
        return len(orphans)

    def _orphans(self) -> list[str]:
        named = {name for item in self.items for name in hashes_of(item)}
        return [name for name in self.texts.names() if name not in named]

    def statistics(self) -> dict[str, Any]:
        """How much is kept."""
        return {table.name: len(table) for table in (self.items, self.slots, self.segments)}

    def state(self) -> State:
        """Every record as of one moment, encoded."""
        return self._storage.state()

    def compact(self) -> None:
        """Write a snapshot of everything; the journal begins anew."""
        self._storage.compact()

    def close(self) -> None:
        """Write nothing more, and let another process have the folder."""
        try:
            self.search.close()
            self._storage.close()
        finally:
            self._process_lock.release()


def open(path: Path | str, compact_after: int = COMPACT_AFTER) -> Store:
    """Open the data folder at `path`, making it where there is none.

    `compact_after` is the least size in bytes at which a journal is compacted. Raises StoreLocked where another
    process has the folder, StoreError where it cannot be read.
    """
    return Store(Path(path), compact_after)
