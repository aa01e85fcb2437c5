"""Opening the records of a data folder: made, migrated or recovered, whichever it needs."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import orjson

from companion.errors import StoreError, StoreFull
from companion.store.files import CHUNK_BYTES, make_subfolder, remove_leftovers, repair_modes, replace_file
from companion.store.journal.journal import Journal
from companion.store.journal.lines import State
from companion.store.journal.migrations import migrate
from companion.store.journal.recovery import ADVICE, Recovered, has_store, recover, require_known_format
from companion.store.journal.snapshots import create, journal_path
from companion.store.journal.storage import COMPACT_AFTER, Indexes, JournalStorage
from companion.store.layout import DAMAGED, FILES, FOLDERS, has_traces
from companion.store.notices import damage_notice

logger = logging.getLogger("kwartier")


def open_storage(folder: Path, indexes: Indexes, compact_after: int = COMPACT_AFTER) -> JournalStorage:
    """The records of the folder, which this process has locked.

    Raises StoreError where they cannot be read at all, or were written by a newer Kwartier: then nothing was changed.
    """
    require_known_format(folder)
    remove_leftovers(folder)
    repair_modes(folder, [*FOLDERS, *FILES, *(path.name for path in folder.glob("*.tsv"))])
    migrate(folder)
    if not has_store(folder):
        _require_nothing_lost(folder)
        create(folder, State())
    found = recover(folder)
    if found.damage:
        _mend(folder, found)
    journal = Journal(folder, found.generation, found.state.sequence, found.journal_bytes, found.lacks_line_feed)
    return JournalStorage(journal, found.state, indexes, found.base, compact_after)


def _require_nothing_lost(folder: Path) -> None:
    """Never start empty over data: without its records a folder of texts or backups is a damaged one."""
    if has_traces(folder):
        raise StoreError(f"The records are missing from {folder}. Nothing was changed; {ADVICE}")


def _mend(folder: Path, found: Recovered) -> None:
    """Keep copies of the damaged files, note what was lost, and write the state anew.

    Where the disk has no room for that, the damaged files are gone on with, unless that would destroy what they hold.
    """
    if not found.is_based and not any(found.state.tables.values()):
        raise StoreError(f"The records in {folder} cannot be read. Nothing was changed; {ADVICE}")
    for damage in found.damage:
        logger.warning("%s %s", damage.file, damage.problem)
    notice = damage_notice(folder, found)
    found.state.tables.setdefault("notices", {})[notice["id"]] = orjson.dumps(notice)
    try:
        _set_aside(folder, found)
        create(folder, found.state, found.generation + 1)
    except StoreFull as error:
        if found.must_mend:
            raise
        logger.warning("Damaged files could not be written anew: %s", error.message)
        return
    found.base = found.generation = found.generation + 1
    found.journal_bytes = journal_path(folder, found.generation).stat().st_size
    found.lacks_line_feed = False


def _set_aside(folder: Path, found: Recovered) -> None:
    for damage in found.damage:
        make_subfolder(folder / DAMAGED)
        replace_file(folder / DAMAGED / damage.file, _readable(folder / damage.file))


def _readable(path: Path) -> Iterator[bytes]:
    """The file as far as the disk gives it."""
    with suppress(OSError), path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
