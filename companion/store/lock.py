"""One process at a time has the data folder. The system itself gives the lock of a killed process back."""

import os
import sys
from pathlib import Path

from filelock import FileLock, Timeout

from companion.errors import StoreFull, StoreLocked
from companion.store.files import replace_file
from companion.store.layout import LOCK, LOCK_OWNER


class FolderLock:
    """The right to use a folder, until it is released. Making one raises StoreLocked where another process has it."""

    def __init__(self, folder: Path) -> None:
        self._file = FileLock(folder / LOCK, timeout=0, mode=0o600, thread_local=False)
        self._folder: int | None = None
        try:
            self._file.acquire()
            self._folder = _lock_folder(folder)
        except (Timeout, BlockingIOError) as error:
            self.release()
            raise StoreLocked(f"Another Kwartier{_owner(folder)} already uses the folder {folder}.") from error

    def release(self) -> None:
        """Let another process have the folder."""
        if self._folder is not None:
            os.close(self._folder)
            self._folder = None
        self._file.release()


def _lock_folder(folder: Path) -> int | None:
    """A lock on the folder itself: the file of the other one is soon removed by somebody who thinks it is stale.

    Windows removes no file that is in use, so there is no need. Raises BlockingIOError where another process has it.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # A drive on the network may lock files only.
        os.close(handle)
        return None
    return handle


def take_lock(folder: Path) -> FolderLock:
    """The lock of the folder, taken. Raises StoreLocked, naming the process that has it."""
    lock = FolderLock(folder)
    try:
        # Beside the lock, since Windows lets nobody else read a locked file.
        replace_file(folder / LOCK_OWNER, str(os.getpid()).encode())
    except StoreFull:
        pass  # That must not keep anybody from their data; a second process is then told less.
    except BaseException:
        lock.release()
        raise
    return lock


def _owner(folder: Path) -> str:
    try:
        return f", process {int((folder / LOCK_OWNER).read_bytes())},"
    except (OSError, ValueError):
        return ""
