"""Disks that can be full: a real small filesystem where the system lets a user make one, and a rule where it does not."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

MEGABYTE = 1 << 20
BALLAST = "ballast"
BLOCK = 4096
# A user may mount in a namespace of their own, where they count as the administrator.
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]


def can_mount() -> bool:
    """Whether this system lets its users have such a namespace."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return False
    command = [*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


class RealDisk:
    """A tmpfs of so many bytes on a folder; made by a process that runs in a namespace of its own."""

    def __init__(self, size: int, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)

    def set_read_only(self, is_read_only: bool) -> None:
        """Mount it anew, as an administrator would."""
        subprocess.run(["mount", "-o", f"remount,{'ro' if is_read_only else 'rw'}", self.folder], check=True)

    def fill(self, leave: int = 0) -> None:
        """Take what room there is, but for some bytes (whole blocks of 4 KB), also where others write meanwhile."""
        with (self.folder / BALLAST).open("ab", buffering=0) as ballast, suppress(OSError):
            while (free := os.statvfs(self.folder).f_bavail * BLOCK - leave) > 0:
                ballast.write(bytes(min(free, BLOCK)))

    def make_room(self) -> None:
        """Remove what took the room."""
        (self.folder / BALLAST).unlink()


class RuledDisk:
    """An ordinary folder on which writing fails once it holds more than it may, as a full disk makes it fail."""

    def __init__(self, size: int, folder: Path, monkeypatch: Any, error: int = errno.ENOSPC) -> None:
        self.folder, self._size, self._error, self._ballast = folder, size, error, 0
        folder.mkdir()
        monkeypatch.setattr(os, "write", self._limited(os.write))

    def _limited(self, real: Callable[[int, Any], int]) -> Callable[[int, Any], int]:
        def write(handle: int, content: Any) -> int:
            room = self._free()
            if room < len(content) and self._is_here(handle):
                if room <= 0:
                    raise OSError(self._error, os.strerror(self._error))
                content = memoryview(content)[:room]  # As a disk does that is nearly full.
            return real(handle, content)

        return write

    def _is_here(self, handle: int) -> bool:
        written = os.fstat(handle)
        return any(os.path.samestat(found, written) for found in self._found())

    def _free(self) -> int:
        return self._size - self._ballast - sum(found.st_size for found in self._found())

    def _found(self) -> Iterator[os.stat_result]:
        for path in self.folder.rglob("*"):
            with suppress(FileNotFoundError):  # Removed this very moment by another thread.
                yield path.lstat()

    def fill(self, leave: int = 0) -> None:
        """Take what room there is, but for some bytes."""
        self._ballast += max(self._free() - leave, 0)

    def make_room(self) -> None:
        """Give it back."""
        self._ballast = 0


Disk = RealDisk | RuledDisk
