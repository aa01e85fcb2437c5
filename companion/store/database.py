"""The store: tables by noun, ids, and one lock for threads and one for processes."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from companion.errors import StoreError, StoreLocked
from companion.store.files import make_private_folder
from companion.store.storage import Database, FileStorage, RecordTable
from companion.store.texts import Texts

FORMAT = 1
DATABASE = "kwartier.json"
TEXTS = "texts"


class Store:
    """One data folder, open in this process alone until `close`."""

    def __init__(self, folder: Path) -> None:
        make_private_folder(folder)
        self.folder = folder
        self._process_lock = _lock(folder)
        try:
            self._open()
        except BaseException:
            self._process_lock.release()
            raise

    def _open(self) -> None:
        self._storage = FileStorage(self.folder / DATABASE)
        self._database = Database(storage=lambda: self._storage)
        self._lock = threading.RLock()
        self._number: int | None = None
        self.texts = Texts(self.folder / TEXTS)
        self._check_format()

    def _check_format(self) -> None:
        found = self.singletons.find("format")
        if found is None:
            self.singletons.put({"id": "format", "version": FORMAT})
        elif found["version"] > FORMAT:
            raise StoreError("This data folder was written by a newer Kwartier. Install that version to open it.")

    def _table(self, name: str) -> RecordTable:
        table = self._database.table(name)
        assert isinstance(table, RecordTable)
        return table

    @property
    def items(self) -> RecordTable:
        """Curation items."""
        return self._table("items")

    @property
    def slots(self) -> RecordTable:
        """Slots that differ from what the cadence yields: taken, moved, skipped, added."""
        return self._table("slots")

    @property
    def segments(self) -> RecordTable:
        """Measured time, as the browsers sent it."""
        return self._table("segments")

    @property
    def pairings(self) -> RecordTable:
        """Extensions that were let in."""
        return self._table("pairings")

    @property
    def tokens(self) -> RecordTable:
        """Tokens for programs, made on the command line."""
        return self._table("tokens")

    @property
    def browsers(self) -> RecordTable:
        """Browsers that may see the local pages."""
        return self._table("browsers")

    @property
    def singletons(self) -> RecordTable:
        """Records of which there is one: the cadence, the format."""
        return self._table("singletons")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What happens inside is written together at the end, or not at all; other threads wait."""
        with self._lock:
            self._storage.begin()
            try:
                yield
            except BaseException:
                self._storage.rollback()
                raise
            self._storage.commit()

    def new_id(self) -> str:
        """An id that no record has."""
        return secrets.token_hex(8)

    def next_number(self) -> int:
        """One more than the highest number among the items; call it inside a transaction."""
        if self._number is None:
            self._number = max((item["number"] for item in self.items), default=0)
        self._number += 1
        return self._number

    def statistics(self) -> dict[str, Any]:
        """How much is kept."""
        return {name: len(self._table(name)) for name in ("items", "slots", "segments")}

    def close(self) -> None:
        """Let another process have the folder."""
        self._database.close()
        self._process_lock.release()


def open(path: Path | str) -> Store:
    """Open the data folder at `path`, making it where there is none.

    Raises StoreLocked where another process has it, StoreError where it cannot be read.
    """
    return Store(Path(path))


def _lock(folder: Path) -> FileLock:
    lock = FileLock(folder / "lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise StoreLocked(f"Another Kwartier already uses the folder {folder}.") from error
    return lock
