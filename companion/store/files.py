"""Writing files so that they are whole or not there at all, and only the user may read them.

Everything is written by the system's own calls, one by one: which of them had happened when the power went decides
what is found again, and the tests try every one.
"""

import errno
import logging
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from companion.errors import DiskFault, StoreError, StoreFull

FULL = {errno.ENOSPC, errno.EDQUOT}
FOLDER_MODE = 0o700
FILE_MODE = 0o600
UNFINISHED = ".kwartier-unfinished-"
# Windows would otherwise turn each line feed into two characters.
BINARY = getattr(os, "O_BINARY", 0)
CHUNK_BYTES = 1 << 20

logger = logging.getLogger("kwartier")


def make_private_folder(folder: Path) -> None:
    """Make the folder, for the user alone, durably. Raises StoreError where that cannot be."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        for path in missing:
            sync_folder(path.parent)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be used: {error.strerror}") from error


def repair_modes(folder: Path, names: Iterable[str]) -> None:
    """Take from others the right to read the folder and what of these names is in it.

    Folders among them are looked into only where they, or the folder itself, were open to others: into a closed one
    nobody else can come, whatever the modes inside.
    """
    repaired = _repair_all(folder, [folder / name for name in names])
    if repaired:
        logger.warning("%d files were open to others; now only you can read them", repaired)


def _repair_all(folder: Path, ours: list[Path]) -> int:
    was_open = _repair_mode(folder)
    repaired = int(was_open)
    for path in ours:
        if path.exists() and (_repair_mode(path) or was_open):
            inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
            repaired += 1 + sum(_repair_mode(entry) for entry in inside)
    return repaired


def _repair_mode(path: Path) -> bool:
    wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
    if os.name == "nt" or path.is_symlink() or stat.S_IMODE(path.stat().st_mode) == wanted:
        return False
    try:
        path.chmod(wanted)
    except PermissionError:  # As on a stick with a file system that knows no modes.
        return False
    return True


def remove_leftovers(folder: Path) -> None:
    """Remove what a process that was killed had not finished writing; nothing of it was acknowledged."""
    for path in folder.glob(f"{UNFINISHED}*"):
        if path.is_file():
            path.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes | Iterable[bytes], near: Path | None = None) -> None:
    """Put `content` at `path`, durably, in one step: a reader sees the old file or the new one.

    What is not finished lies in the folder `near`, by default beside `path`. Raises StoreFull where the disk has no
    room; then nothing has changed.
    """
    unfinished = (near or path.parent) / f"{UNFINISHED}{secrets.token_hex(8)}"
    with disk_faults():
        try:
            _write_new(unfinished, [content] if isinstance(content, bytes) else content)
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def _write_new(path: Path, content: Iterable[bytes]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, FILE_MODE)
    try:
        for chunk in _in_chunks(content):
            write_all(handle, chunk)
        sync_file(handle)
    finally:
        os.close(handle)


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces: a system call for each short line would take longer than the disk."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= CHUNK_BYTES:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def write_all(handle: int, content: bytes) -> None:
    """Write all of it; a disk that is nearly full takes a part first."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def make_subfolder(folder: Path) -> None:
    """Make a folder inside ours, durably. Raises StoreError, also where ours is gone."""
    with disk_faults():
        if folder.exists():
            return
        folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        try:
            sync_folder(folder.parent)
        except BaseException:
            folder.rmdir()  # Else the next one would take its name for durable.
            raise


@contextmanager
def disk_faults() -> Iterator[None]:
    """What the disk refuses inside is raised as what it means to the person: StoreFull or StoreError."""
    try:
        yield
    except OSError as error:
        raise disk_error(error) from error


def disk_error(error: OSError) -> StoreError:
    """What a failed write means to the person at the machine."""
    if error.errno in FULL:
        return StoreFull("The disk is full. Nothing was changed; make room and try again.")
    kind = DiskFault if error.errno == errno.EIO else StoreError
    return kind(f"The data folder cannot be read or written: {error.strerror}")


def sync_file(handle: int) -> None:
    """Return once the file's content is on the disk itself."""
    if sys.platform == "darwin":
        # There fsync leaves the content in the drive's own cache, which a power cut empties.
        import fcntl

        try:
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
            os.fsync(handle)  # A drive on the network, which has no such call.
    else:
        getattr(os, "fdatasync", os.fsync)(handle)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable. Windows has no such call; there the rename itself is journaled."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
