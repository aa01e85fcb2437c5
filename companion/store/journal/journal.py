"""The newest journal: transactions are appended to it, each of them on the disk before its act is acknowledged."""

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from companion.errors import StoreError
from companion.store.files import BINARY, FULL, disk_error, disk_faults, sync_file, write_all
from companion.store.journal.lines import Change, encode
from companion.store.journal.snapshots import generations, journal_path, snapshot_path, start_journal


class Journal:
    """Where transactions are appended. Not for several threads at once: its storage holds the lock."""

    def __init__(self, folder: Path, generation: int, sequence: int, size: int, lacks_line_feed: bool = False) -> None:
        """Go on in the journal of this generation after its first `size` bytes; the rest was never acknowledged.

        `lacks_line_feed` says that the last of these bytes end a line that lost its line feed.
        """
        self.folder, self.generation, self.sequence, self.size = folder, generation, sequence, size
        self.read_only_reason: str | None = None
        self._path = journal_path(folder, generation)
        self._handle = _open(self._path)
        if os.fstat(self._handle).st_size > size:
            os.ftruncate(self._handle, size)
        if lacks_line_feed:
            write_all(self._handle, b"\n")
            sync_file(self._handle)
            self.size += 1

    def require_writable(self) -> None:
        """Raise StoreError where nothing may be written any more."""
        if self.read_only_reason:
            raise StoreError(self.read_only_reason)

    def append(self, changes: Iterable[Change]) -> None:
        """Write a transaction; on return it is on the disk.

        Raises StoreFull where the disk has no room: nothing has changed, and the next one may fit. Raises StoreError
        for any other fault: what of the file is on the disk is then unknown, so nothing is written from then on.
        """
        self.require_writable()
        line = encode(self.sequence + 1, changes)
        try:
            self._require_file()
            write_all(self._handle, line)
            sync_file(self._handle)
        except OSError as error:
            self._take_back(is_expected=error.errno in FULL)
            raise disk_error(error) from error
        except BaseException:
            self._take_back(is_expected=True)
            raise
        self.sequence += 1
        self.size += len(line)

    def _require_file(self) -> None:
        """A file that was deleted or replaced still takes what is written, and nobody finds it again."""
        if not os.path.samestat(os.fstat(self._handle), self._path.stat()):
            raise OSError(errno.ENOENT, "the journal was replaced")

    def _take_back(self, is_expected: bool) -> None:
        """Remove what was written of a transaction that failed."""
        try:
            os.ftruncate(self._handle, self.size)
        except OSError:
            is_expected = False
        if not is_expected:
            self.stop_writing()

    def stop_writing(self) -> None:
        """After a fault of the disk nobody knows what of a file is on it: write nothing more until the next start."""
        self.read_only_reason = (
            "The data folder can no longer be written, so nothing new is kept. "
            "What was kept before is safe. Look at the disk, then start Kwartier again."
        )

    def rotate(self) -> None:
        """Go on in the journal of a new generation, which then needs the snapshot that it starts from."""
        self.require_writable()
        start_journal(self.folder, self.generation + 1, self.sequence)
        path = journal_path(self.folder, self.generation + 1)
        with disk_faults():
            following = _open(path)
            size = os.fstat(following).st_size
        before, self._handle, self._path = self._handle, following, path
        self.generation, self.size = self.generation + 1, size
        with suppress(OSError):  # All of it is on the disk; whatever closing meets changes nothing.
            os.close(before)

    def close(self) -> None:
        """Write nothing more."""
        os.close(self._handle)


def _open(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | BINARY)


def prune(folder: Path, oldest: int) -> None:
    """Remove the generations before `oldest`, whose snapshot is whole: it is kept in case the newest gets damaged."""
    for kind, path in (("snapshot", snapshot_path), ("journal", journal_path)):
        for generation in generations(folder, kind):
            if generation < oldest:
                path(folder, generation).unlink(missing_ok=True)
