"""The folder that a backup is put back into: held from the first look at it until the new one stands in its place."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from companion.errors import StoreError, StoreLocked
from companion.store.files import UNFINISHED, make_private_folder, sync_folder
from companion.store.journal.recovery import has_store
from companion.store.layout import CONFIG, CONTROL, FIRST, LOCK, LOCK_OWNER, has_traces
from companion.store.lock import take_lock

# What processes leave in a folder that they only looked at.
LOCKS = (LOCK, LOCK_OWNER)
# What may lie in a folder that holds no data: the user's settings, and what processes and systems leave behind.
NO_DATA = {CONFIG, *LOCKS, CONTROL, ".DS_Store", "desktop.ini", "Thumbs.db"}


def is_data_folder(folder: Path) -> bool:
    """Whether the folder holds what Kwartier kept, also where its records are gone."""
    return has_store(folder) or (folder / FIRST).exists() or has_traces(folder)


def is_locked(folder: Path) -> bool:
    """Whether a process has the folder, or is about to have it."""
    if not (folder / LOCK).exists():
        return False
    try:
        take_lock(folder).release()
    except StoreLocked:
        return True
    return False


class Target:
    """A data folder whose lock we have, so that no companion can begin in it."""

    def __init__(self, folder: Path, set_aside: date | None) -> None:
        self.folder, self._day = folder, set_aside
        self.unfinished = folder.parent / f"{UNFINISHED}{folder.name}"
        self._lock = take_lock(folder)

    def release(self) -> None:
        """Let others have the folder."""
        self._lock.release()

    def undo(self, made: list[Path]) -> None:
        """Remove what is unfinished, and these folders, made for nothing, unless somebody put something there."""
        if self.unfinished.exists():
            shutil.rmtree(self.unfinished)
        if not made:
            return
        if os.name == "nt":
            self.release()  # There nobody can remove a locked file. Elsewhere nobody comes between.
        with suppress(OSError):
            for name in LOCKS:
                (self.folder / name).unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()

    def put_in_place(self) -> Path | None:
        """Rename the unfinished folder into place; returns where the data went that was there.

        Nothing of what was there is removed before the new one stands. Raises StoreError where the folder, or what is
        in its place by then, cannot be renamed; then it is as it was.
        """
        if (self.folder / CONFIG).exists():
            # The zone and the language are the user's choice for this folder, and not part of a backup.
            shutil.copyfile(self.folder / CONFIG, self.unfinished / CONFIG)
        if os.name == "nt":
            self.release()  # There a folder with an open file cannot be renamed, so neither can one that is in use.
        before = self._before()
        _rename(self.folder, before)
        try:
            _require_room(before, self._day)
            _rename(self.unfinished, self.folder)
        except StoreError:
            self._rename_back(before)
            raise
        sync_folder(self.folder.parent)
        if holds_data(before):
            return before
        _remove(before)
        return None

    def _rename_back(self, before: Path) -> None:
        try:
            before.rename(self.folder)
        except OSError as error:
            raise StoreError(
                f"Another Kwartier began in {self.folder} meanwhile. Nothing was restored; what was there is {before}."
            ) from error

    def _before(self) -> Path:
        """Where what is there goes: for good, where it is data."""
        name = f"{UNFINISHED}{self.folder.name}-before"
        if self._day and holds_data(self.folder):
            name = f"{self.folder.name}-set-aside-{self._day.isoformat()}"
        wanted = self.folder.with_name(name)
        names = [wanted, *(wanted.with_name(f"{wanted.name}-{number}") for number in range(2, 1000))]
        return next(name for name in names if not name.exists())


@contextmanager
def held(folder: Path, set_aside: date | None) -> Iterator[Target]:
    """The folder, made where it is missing and locked; where the work inside fails, it is as it was.

    Raises StoreError where it holds data and `set_aside` is None, or what is not ours; StoreLocked where it is in use.
    """
    _require_room(folder, set_aside)  # Before anything is written there.
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    make_private_folder(folder)
    try:
        target = Target(folder, set_aside)
    except StoreLocked as error:
        raise StoreLocked(f"{error.message} Stop it first; nothing was restored.") from error
    try:
        _require_room(folder, set_aside)
        yield target
    except BaseException:
        target.undo(made)
        raise
    finally:
        target.release()


def _require_room(folder: Path, set_aside: date | None) -> None:
    if os.path.ismount(folder):
        raise StoreError(f"{folder} is a disk of its own, and cannot be renamed. Name a folder on it with --data.")
    if not holds_data(folder):
        return
    if not is_data_folder(folder):
        raise StoreError(f"{folder} holds other files than Kwartier's. Name another folder with --data.")
    if set_aside is None:
        raise StoreError(
            f"{folder} holds data already, and restore never writes over data. Name another folder with --data, "
            "or add --set-aside: then the present folder is renamed and stays."
        )


def holds_data(folder: Path) -> bool:
    """Whether there is anything in the folder that restoring must not remove."""
    return folder.exists() and any(entry.name not in NO_DATA for entry in folder.iterdir())


def _rename(old: Path, new: Path) -> None:
    try:
        old.rename(new)
    except OSError as error:
        raise StoreError(
            f"{old} cannot be renamed to {new.name}: {error.strerror}. Nothing was restored. "
            "Stop Kwartier, close windows and terminals that are in this folder, and try again."
        ) from error


def _remove(empty: Path) -> None:
    """Remove the folder that was in the way, which held no data."""
    for name in NO_DATA:
        (empty / name).unlink(missing_ok=True)
    empty.rmdir()
