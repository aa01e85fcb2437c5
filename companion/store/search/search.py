"""Full-text search over the items and their articles. The index is derived: it may be deleted at any time."""

import errno
import logging
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from companion.errors import StoreError
from companion.store.fields import number_of
from companion.store.journal.tables import RecordTable
from companion.store.layout import KEEP_FREE
from companion.store.search.faults import is_lack_of_room, is_of_disk
from companion.store.search.index import HIGHEST_NUMBER, Index, first_row, item_number, remove_index
from companion.store.search.queries import expression, parse, patterns
from companion.store.search.searched import fields, passages, stamp, text_names
from companion.store.search.snippets import SnippetPart, best_snippet
from companion.store.texts import Texts

# Changes that come together are indexed together.
COLLECT_SECONDS = 0.3
# After a disk that was full, or a second fault in a row; each further one doubles it, up to an hour.
RETRY_SECONDS = 60
_MOST_DOUBLINGS = 6

# Items written in one transaction, some 25 ms; a search that wants to write waits no longer than that.
_BATCH = 25
# More changes than these a search leaves to the background.
_AT_ONCE = 100
_PAGE = 500
_FIRST_ROWS, _MORE = 64, 4
# A pause in which a waiting search gets its turn.
_PAUSE_SECONDS = 0.001

Complaint = tuple[Index | None, sqlite3.Error | OSError]
SearchState = Literal["complete", "making", "waiting for room"]

logger = logging.getLogger("kwartier")


class Search:
    """Finds items by the words in them.

    A thread keeps the index as the items are: it makes it where there is none, compares it after opening, and takes
    in what is noted. Whatever happens to the index, items are kept and read as ever.
    """

    def __init__(self, file: Path, items: RecordTable, texts: Texts) -> None:
        self._file, self._items, self._texts = file, items, texts
        self._index: Index | None = None
        self._noted: set[str] = set()
        self._taken: list[str] = []
        self._noting = threading.Lock()
        self._writing = threading.RLock()
        self._is_caught_up = self._was_whole = self._is_resting = self._lacks_room = False
        self._complaint: Complaint | None = None
        self._faults = 0
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="kwartier-search", daemon=True)
        self._thread.start()

    @property
    def is_complete(self) -> bool:
        """False while more items may turn up than a search finds now."""
        return self._is_caught_up and self._complaint is None and self._unwritten() <= _AT_ONCE

    @property
    def is_waiting_for_room(self) -> bool:
        """Whether nothing is indexed until the disk has more room; it looks again within about an hour."""
        return self._lacks_room

    @property
    def state(self) -> SearchState:
        """What becomes of the index, and with it of what a search may miss."""
        if self.is_waiting_for_room:
            return "waiting for room"
        return "complete" if self.is_complete else "making"

    def _unwritten(self) -> int:
        with self._noting:
            return len(self._noted) + len(self._taken)

    def note(self, item_ids: Iterable[str]) -> None:
        """Remember that these items were added, changed or removed. Takes no time and never fails."""
        with self._noting:
            self._noted.update(item_ids)
        self._wake.set()

    def find(self, query: str, before: int | None = None) -> Iterator[str]:
        """The ids of the items that match, newest first, with numbers below `before`; read as far as they are taken.

        An item that was removed meanwhile may be among them.
        """
        terms = parse(query)
        if not terms:
            return
        wanted, below, limit = expression(terms), None if before is None else first_row(before), _FIRST_ROWS
        while rows := self._rows(wanted, below, limit):
            yield from (item_id for _, item_id in rows)
            if len(rows) < limit:
                return
            below, limit = rows[-1][0], limit * _MORE

    def snippets(self, query: str, items: Iterable[Mapping[str, Any]]) -> dict[str, list[SnippetPart]]:
        """By item id the passage that a query finds; an item is left out where only its title matches."""
        wanted = patterns(parse(query))
        found = ((item["id"], best_snippet(passages(item, self._text), wanted)) for item in items)
        return {item_id: snippet for item_id, snippet in found if snippet}

    def close(self) -> None:
        """Stop the thread and let go of the file; what was noted is found again by comparing."""
        self._stop.set()
        self._wake.set()
        self._thread.join()
        with self._writing:
            self._close_index()

    def _text(self, name: str) -> str | None:
        try:
            return self._texts.get(name)
        except (StoreError, UnicodeDecodeError):  # Told where the item is opened, and by `kwartier check`.
            return None

    # Reading

    def _rows(self, wanted: str, below: int | None, limit: int) -> list[tuple[int, str]]:
        index = self._index if self._is_resting else self._current()
        try:
            return index.find(wanted, below, limit) if index else []
        except (sqlite3.Error, OSError) as error:
            self._complain(index, error)
            return []

    def _current(self) -> Index | None:
        """The index, with what was noted: who searches finds what they just wrote, if it can be written."""
        try:
            if 0 < self._unwritten() <= _AT_ONCE:
                self._write_noted()
            # Only where there is no index yet does a search wait for who is writing.
            return self._index or self._opened()
        except (sqlite3.Error, OSError) as error:
            self._complain(self._index, error)
            return self._index

    def _complain(self, index: Index | None, error: sqlite3.Error | OSError) -> None:
        """Let the thread look after it. An index closed this very moment is no fault."""
        if not isinstance(error, sqlite3.ProgrammingError):
            self._complaint = (index, error)
            self._wake.set()

    # Writing

    def _opened(self) -> Index:
        with self._writing:
            if self._stop.is_set():
                raise sqlite3.ProgrammingError("the search is closed")
            if self._index is None:
                self._index = Index(self._file)
            return self._index

    def _write_noted(self) -> None:
        with self._writing:
            with self._noting:
                self._taken = [self._noted.pop() for _ in range(min(_AT_ONCE, len(self._noted)))]
            try:
                self._write(self._taken)
            except (sqlite3.Error, OSError):
                self.note(self._taken)
                raise
            finally:
                self._taken = []

    def _write(self, item_ids: list[str]) -> None:
        """Bring the rows of these items up to date with what is kept of them now."""
        with self._writing:
            if not item_ids:
                return
            self._require_room()
            index = self._opened()
            with index.writing():
                for item_id in item_ids:
                    self._write_one(index, item_id)
            self._lacks_room = False

    def _write_one(self, index: Index, item_id: str) -> None:
        item = self._items.find(item_id)
        if item is None:
            index.remove(item_id)
        elif not 0 <= number_of(item) <= HIGHEST_NUMBER:
            logger.warning("The article %s cannot be searched: its number is %s", item_id, number_of(item))
            index.remove(item_id)
        elif not index.has(number_of(item), item_id, stamp(item)):
            texts = [self._text(name) for name in text_names(item)]
            # Without a stamp, an item whose text cannot be read now is tried again after the next start.
            written = 0 if None in texts else stamp(item)
            index.put(number_of(item), item_id, written, fields(item, "".join(filter(None, texts))))

    def _require_room(self) -> None:
        if shutil.disk_usage(self._file.parent).free < KEEP_FREE:
            raise OSError(errno.ENOSPC, "the room that is left is for the articles")

    # The thread

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._catch_up()
                self._keep_up()
            except (sqlite3.Error, OSError) as error:
                if not self._stop.is_set():
                    self._fault(error)
            if self._is_resting:
                self._stop.wait(RETRY_SECONDS * 2 ** min(self._faults - 1, _MOST_DOUBLINGS))
                self._is_resting = False

    def _catch_up(self) -> None:
        """Compare what is indexed with what is kept, and write what differs, the newest first."""
        for item_ids in self._differing():
            for start in range(0, len(item_ids), _BATCH):
                if self._stop.wait(_PAUSE_SECONDS):
                    return
                self._hear_complaint()
                self._write(item_ids[start : start + _BATCH])
        self._faults = 0
        self._lacks_room = False
        self._is_caught_up = self._was_whole = True

    def _differing(self) -> Iterator[list[str]]:
        index, last = self._opened(), -1
        while indexed := index.documents(last, _PAGE):
            yield [item_id for row, item_id in indexed if not self._is_kept(item_id, item_number(row))]
            last = indexed[-1][0]
        newest = sorted(((number_of(item), str(item.doc_id)) for item in self._items), reverse=True)
        for start in range(0, len(newest), _PAGE):
            with self._writing:
                differing = [one for _, one in newest[start : start + _PAGE] if not self._is_indexed(one)]
            yield differing

    def _is_kept(self, item_id: str, number: int) -> bool:
        item = self._items.find(item_id)
        return item is not None and number_of(item) == number

    def _is_indexed(self, item_id: str) -> bool:
        """Also where the item was removed meanwhile: then that was noted."""
        item = self._items.find(item_id)
        return item is None or self._opened().has(number_of(item), item_id, stamp(item))

    def _keep_up(self) -> None:
        while self._is_caught_up and not self._stop.is_set():
            self._wake.wait()
            self._wake.clear()
            self._stop.wait(COLLECT_SECONDS)
            self._hear_complaint()
            while self._noted and not self._stop.wait(_PAUSE_SECONDS):
                self._write_noted()
            if self._index and self._index.is_worn():
                self._start_over()

    # Faults. The thread alone closes the index, so that nothing is closed under its hands.

    def _hear_complaint(self) -> None:
        """Raise what a search met with in the index there is; one that was made anew since is not to blame."""
        complaint = self._complaint
        if complaint is not None and complaint[0] is not None and complaint[0] is self._index:
            self._is_caught_up, self._complaint = False, None
            raise complaint[1]
        self._complaint = None

    def _fault(self, error: sqlite3.Error | OSError) -> None:
        """A damaged index is made anew at once; where the disk is to blame, it is tried again later."""
        self._faults += 1
        is_disk = is_of_disk(error)
        self._is_resting = is_disk or self._faults > 1
        self._is_caught_up = False
        self._lacks_room = is_lack_of_room(error)
        logger.warning("The search index %s: %s", "has to wait" if self._is_resting else "is made anew", error)
        if not (is_disk and self._was_whole):
            self._start_over()

    def _start_over(self) -> None:
        """Leave no half index behind."""
        with self._writing:
            self._is_caught_up = self._was_whole = False
            self._close_index()
            try:
                remove_index(self._file)
            except OSError as error:
                logger.warning("The search index cannot be removed yet: %s", error.strerror)

    def _close_index(self) -> None:
        index, self._index = self._index, None
        if index is not None:
            index.close()
