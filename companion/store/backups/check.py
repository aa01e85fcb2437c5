"""A look at everything that is kept, and at what is kept twice: whether all of it can be read."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from companion.records import Problem
from companion.store.backups.archive import text_names
from companion.store.backups.bundles import is_text
from companion.store.backups.copies import copy_path, whole_copy
from companion.store.backups.dated import backup_days, backup_path, names_in
from companion.store.backups.mending import is_readable
from companion.store.database import Store
from companion.store.fields import TEXT_FIELDS, hashes_of, texts_of
from companion.store.journal.lines import State
from companion.store.journal.recovery import Damage, inspect
from companion.store.journal.snapshots import generations, snapshot_path
from companion.store.layout import BACKUPS, DAMAGED, TEXTS
from companion.store.notices import open_notices, title_of, touched

PARTS = {"text_hash": "text", "page_hash": "page", "markup_hash": "reader view"}


def check(store: Store) -> dict[str, Any]:
    """How much is kept, and a problem for each thing that cannot be read or leads nowhere. Changes nothing.

    `made_good` are the damaged files of which all that can be read was written anew, and of which there is a copy.
    """
    with store.keeping_texts():
        state = store.state()
        texts = set(store.texts.names())
        damaged = {name for name in texts if not is_readable(store.texts, name)}
        files, unreadable = _damaged_files(store.folder)
        made_good = {damage.file for damage in files if _is_made_good(store.folder, damage.file)}
        problems = [
            *unreadable,
            *_file_problems(files, made_good),
            *_text_problems(store, state, texts, damaged),
            *_slot_problems(state),
            *_notice_problems(store),
            *_backup_problems(store.folder, texts - damaged),
        ]
    # What was kept while the texts were read is no orphan.
    orphans = texts - text_names(state) - text_names(store.state())
    return {
        **store.statistics(),
        "texts": len(texts),
        "orphans": len(orphans),
        "backups": [day.isoformat() for day in backup_days(store.folder)],
        "is_search_complete": store.search.is_complete,
        "made_good": sorted(made_good),
        "problems": problems,
    }


# The records


def _damaged_files(folder: Path) -> tuple[list[Damage], list[Problem]]:
    """What is damaged in the files of the records, and a problem where the disk does not even give them."""
    try:
        try:
            return inspect(folder), []
        except FileNotFoundError:
            return inspect(folder), []  # The generation before was removed meanwhile; the next removal is far off.
    except OSError as error:
        path = str(error.filename or folder)
        return [], [{"path": Path(path).name, "message": f"{path} cannot be read: {error.strerror}."}]


def _is_made_good(folder: Path, name: str) -> bool:
    """Whether the state was written anew since, and the file was kept aside as large as it is."""
    original, copy = folder / name, folder / DAMAGED / name
    newest = max(generations(folder, "snapshot"), default=0)
    is_older = name.rpartition("-")[2] < snapshot_path(folder, newest).name.rpartition("-")[2]
    return is_older and copy.exists() and original.exists() and copy.stat().st_size == original.stat().st_size


def _file_problems(files: Iterable[Damage], made_good: AbstractSet[str]) -> Iterator[Problem]:
    for damage in files:
        if damage.file not in made_good:
            yield {"path": damage.file, "message": f"{damage.file} {damage.problem}."}


def _slot_problems(state: State) -> Iterator[Problem]:
    items = state.tables.get("items", {})
    for slot_id, slot in _records(state, "slots"):
        if slot.get("item_id") and slot["item_id"] not in items:
            message = f"The slot of {slot.get('starts_at', slot_id)} holds an article that is not there."
            yield {"path": f"slots/{slot_id}", "message": message}


def _notice_problems(store: Store) -> Iterator[Problem]:
    """What was found earlier, until somebody has said that they saw it."""
    for notice in open_notices(store):
        yield {"path": f"notices/{notice['id']}", "message": touched(notice)}


# The texts


def _text_problems(store: Store, state: State, texts: AbstractSet[str], damaged: AbstractSet[str]) -> Iterator[Problem]:
    for item_id, item in _records(state, "items"):
        for name in hashes_of(item):
            if name not in texts or name in damaged:
                what = "damaged" if name in damaged else "missing"
                part = PARTS[next(field for field in TEXT_FIELDS if name in texts_of(item, field))]
                copy = copy_path(store.folder, name)
                hint = f" Kwartier puts back its copy, {copy}" if whole_copy(store.folder, name) else ""
                message = f"{title_of(item) or item_id}: the {part} is {what}, {store.texts.path(name)}.{hint}"
                yield {"path": f"items/{item_id}", "message": message}
    for name in sorted(damaged - text_names(state)):
        yield {
            "path": f"texts/{name}",
            "message": f"A text that no article needs is damaged: {store.texts.path(name)}.",
        }


# The backups


def _backup_problems(folder: Path, whole_texts: AbstractSet[str]) -> Iterator[Problem]:
    copies = _copies(folder / BACKUPS / TEXTS)
    whole = {name for name, path in copies.items() if _is_whole(name, path)}
    for name, path in copies.items():
        if name not in whole and path.exists():  # Else a backup that was made meanwhile needed it no more.
            advice = " Remove it, and the next dated backup copies it anew." if name in whole_texts else ""
            message = f"A copy among the dated backups cannot be read: {path}.{advice}"
            yield {"path": f"backups/texts/{name}", "message": message}
    for day in backup_days(folder):
        yield from _dated_problems(folder, day, whole | whole_texts)


def _dated_problems(folder: Path, day: date, whole: AbstractSet[str]) -> Iterator[Problem]:
    path, names = backup_path(folder, day), names_in(folder, day)
    if names is None:
        if path.exists():
            yield {"path": f"backups/{path.name}", "message": f"The backup of {day} cannot be read: {path}."}
    elif lacking := len(names - whole):
        texts = "a text" if lacking == 1 else f"{lacking} texts"
        message = f"The backup of {day} lacks {texts}, which the data folder does not have either. The rest is whole."
        yield {"path": f"backups/{path.name}", "message": message}


def _copies(folder: Path) -> dict[str, Path]:
    return {path.parent.name + path.stem: path for path in folder.glob("??/*.zlib")}


def _is_whole(name: str, path: Path) -> bool:
    try:
        return is_text(name, path.read_bytes())
    except OSError:
        return False


def _records(state: State, table: str) -> Iterable[tuple[str, Any]]:
    return ((record_id, orjson.loads(record)) for record_id, record in state.tables.get(table, {}).items())
