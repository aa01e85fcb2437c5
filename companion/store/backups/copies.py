"""The copies of texts that the dated backups share, in `backups/` of the data folder."""

import shutil
from pathlib import Path

from companion.errors import StoreError, StoreFull
from companion.store.files import disk_error, make_subfolder, replace_file
from companion.store.layout import BACKUPS, TEXTS
from companion.store.texts import Texts, unpacked


def text_path(name: str) -> str:
    """Where the text of this hash lies in the data folder, in an archive and among the dated backups."""
    return f"{TEXTS}/{name[:2]}/{name[2:]}.zlib"


def copy_path(folder: Path, name: str) -> Path:
    """Where a data folder has the copy of a text."""
    return folder / BACKUPS / text_path(name)


def whole_copy(folder: Path, name: str) -> bytes | None:
    """The copy of a text that a data folder has, compressed; None where there is none that is whole."""
    try:
        packed = copy_path(folder, name).read_bytes()
        unpacked(name, packed).decode()
    except (OSError, StoreError, UnicodeDecodeError):
        return None
    return packed


def packed_text(texts: Texts, name: str) -> bytes | None:
    """A text, compressed, from wherever the data folder still has it whole."""
    try:
        return texts.compressed(name)
    except StoreError:
        return whole_copy(texts.folder.parent, name)


class Copying:
    """Copying texts to the dated backups, so that it can be undone where it cannot be finished."""

    def __init__(self, texts: Texts, copies: Texts) -> None:
        self._texts, self._copies = texts, copies
        self._done: list[str] = []

    def require_room(self, names: list[str], more: int, keep_free: int) -> None:
        """Raise StoreFull where these texts, and so many bytes more, leave less than `keep_free` on the disk."""
        needed = more + sum(_size(self._texts.path(name)) for name in names)
        try:
            free = shutil.disk_usage(self._copies.folder).free
        except OSError as error:
            raise disk_error(error) from error
        if free - needed < keep_free:
            raise StoreFull(
                f"The disk is nearly full: a backup takes {needed >> 20} MB, and what is left is for what you keep."
            )

    def copy(self, name: str) -> bool:
        """Copy a text that was found to be what its hash says; False where it cannot be read."""
        try:
            content = self._texts.compressed(name)
        except StoreError:
            return False
        path = self._copies.path(name)
        make_subfolder(path.parent)
        self._done.append(name)
        replace_file(path, content, near=self._copies.folder)
        return True

    def undo(self) -> None:
        """Remove what was copied."""
        for name in self._done:
            self._copies.discard(name)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
