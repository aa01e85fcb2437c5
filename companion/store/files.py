"""Writing files so that they are whole or not there at all, and only the user may read them."""

import errno
import os
import stat
import tempfile
from pathlib import Path

from companion.errors import StoreError, StoreFull

FULL = {errno.ENOSPC, errno.EDQUOT}
FOLDER_MODE = 0o700
FILE_MODE = 0o600


def make_private_folder(folder: Path) -> None:
    """Make the folder, and everything in it, readable by the user alone; wrong modes are repaired."""
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        for path in [folder, *folder.rglob("*")]:
            _repair_mode(path)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be used: {error.strerror}") from error


def _repair_mode(path: Path) -> None:
    if path.is_symlink():
        return
    wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
    if stat.S_IMODE(path.stat().st_mode) != wanted:
        path.chmod(wanted)


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, durably, in one step: a reader sees the old file or the new one.

    Raises StoreFull where the disk has no room; then nothing has changed.
    """
    # mkstemp makes its file with mode 0600, whatever the umask.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise disk_error(error) from error


def disk_error(error: OSError) -> StoreError:
    """What a failed write means to the person at the machine."""
    if error.errno in FULL:
        return StoreFull("The disk is full. Nothing was changed; make room and try again.")
    return StoreError(f"The data folder cannot be written: {error.strerror}")


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable. Windows has no such call; there the rename itself is journaled."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
