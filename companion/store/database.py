"""The store: tables by noun, ids, and one lock for threads and one for processes."""

import secrets
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from companion.errors import StoreError, StoreLocked
from companion.store.files import make_private_folder, remove_leftovers, repair_modes
from companion.store.storage import Database, FileStorage, RecordTable
from companion.store.texts import Texts

FORMAT = 1
DATABASE = "kwartier.json"
TEXTS = "texts"
OTHER_FILES = ("lock", "companion.json", "config.toml")


class Store:
    """One data folder, open in this process alone until `close`."""

    def __init__(self, folder: Path) -> None:
        make_private_folder(folder)
        self.folder = folder
        self._number: int | None = None
        self._process_lock = _lock(folder)
        try:
            self._open()
        except BaseException:
            self._process_lock.release()
            raise

    def _open(self) -> None:
        texts = [self.folder / TEXTS, *(self.folder / TEXTS).rglob("*")]
        remove_leftovers([*self.folder.iterdir(), *texts])
        # Other files in the folder are the user's own: their modes are left alone.
        repair_modes([self.folder, *(self.folder / name for name in (DATABASE, *OTHER_FILES)), *texts])
        self._require_database()
        self._storage = FileStorage(self.folder / DATABASE)
        self._database = Database(storage=lambda: self._storage)
        self.texts = Texts(self.folder / TEXTS)
        self._check_format()

    def _require_database(self) -> None:
        """Never start empty over data: without its database a folder of texts is a damaged one."""
        if not (self.folder / DATABASE).exists() and any((self.folder / TEXTS).rglob("*.zlib")):
            raise StoreError(f"{self.folder} has texts but no {DATABASE}. Nothing was changed; restore a backup.")

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

    def transaction(self) -> AbstractContextManager[None]:
        """What happens inside is written together at the end, or not at all; other threads wait."""
        return self._storage.transaction()

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

    def records(self) -> bytes:
        """All records as of one moment, as the file that holds them."""
        return self._storage.as_file()

    def close(self) -> None:
        """Write nothing more, and let another process have the folder."""
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
