"""Writing files so that they are whole or not there at all, and only the user may read them."""

import errno
import logging
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from companion.errors import StoreError, StoreFull

FULL = {errno.ENOSPC, errno.EDQUOT}
FOLDER_MODE = 0o700
FILE_MODE = 0o600
UNFINISHED = ".kwartier-unfinished-"

logger = logging.getLogger("kwartier")


def make_private_folder(folder: Path) -> None:
    """Make the folder, for the user alone. Raises StoreError where that cannot be."""
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be used: {error.strerror}") from error


def repair_modes(ours: Iterable[Path]) -> None:
    """Take from others the right to read these files and folders, as far as they are there."""
    try:
        repaired = [path for path in ours if path.exists() and _repair_mode(path)]
    except OSError as error:
        raise disk_error(error) from error
    if repaired:
        logger.warning("%d files were open to others; now only you can read them", len(repaired))


def _repair_mode(path: Path) -> bool:
    wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
    if os.name == "nt" or path.is_symlink() or stat.S_IMODE(path.stat().st_mode) == wanted:
        return False
    path.chmod(wanted)
    return True


def remove_leftovers(paths: Iterable[Path]) -> None:
    """Remove what a process that was killed had not finished writing; nothing of it was acknowledged."""
    for path in paths:
        if path.name.startswith(UNFINISHED):
            path.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path`, durably, in one step: a reader sees the old file or the new one.

    Raises StoreFull where the disk has no room; then nothing has changed.
    """
    temporary = None
    try:
        # mkstemp makes its file with mode 0600, whatever the umask.
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise disk_error(error) from error


def make_subfolder(folder: Path) -> None:
    """Make a folder inside ours, durably. Raises StoreError, also where ours is gone."""
    try:
        if not folder.exists():
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            sync_folder(folder.parent)
    except OSError as error:
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
