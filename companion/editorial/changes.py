"""The last changes, kept so that each can be taken back to the very records that were there."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import orjson

from companion.editorial.ports import Store, Table
from companion.errors import Conflict
from companion.records import Problem

Record = Mapping[str, Any]
# A record by its table, `slots` or `items`, and its id.
Key = tuple[str, str]
Before = Mapping[Key, Record | None]

# How many are kept of each sort: of single acts as many as somebody may still have a line with "Undo" of, in all their
# tabs, cell after cell in the plan; an import, with all that it changed, is large.
ACTS, IMPORTS = "act", "plan_import"
MOST = {ACTS: 50, IMPORTS: 2}


def found(store: Store, keys: Iterable[Key]) -> dict[Key, Record | None]:
    """What the store has of these records now, None for nothing."""
    return {key: _table(store, key).find(key[1]) for key in keys}


def note(store: Store, before: Before, sort: str = ACTS, about: Record | None = None) -> str:
    """Keep what the store had of some records before an act; call it in the act's own transaction.

    Returns the id by which the change is taken back. `about` is kept with it.
    """
    after = found(store, before)
    records = [
        {"table": key[0], "id": key[1], "before": record, "after": _digest(after[key])}
        for key, record in before.items()
    ]
    number = max((change["number"] for change in changes(store, sort)), default=0) + 1
    change_id = store.new_id()
    # Each has a place of its own, and takes that of the oldest one.
    place = {"id": f"{sort}_{number % MOST[sort]}", "number": number, "change": change_id}
    store.singletons.put({**place, "records": records, "about": dict(about or {})})
    return change_id


def take_back(store: Store, change_id: str, sort: str = ACTS) -> None:
    """Put back what was there before this change. Raises Conflict where any of it changed since."""
    with store.transaction():
        change = next((change for change in changes(store, sort) if change["change"] == change_id), None)
        if change is None:
            raise Conflict("Things changed meanwhile, so nothing was done.")
        _require_as_left(store, change["records"])
        for record in change["records"]:
            _put_back(store, record)
        store.singletons.discard(change["id"])


def changes(store: Store, sort: str) -> list[Record]:
    """The changes of a sort that can be taken back, the last one last."""
    kept = (store.singletons.find(f"{sort}_{number}") for number in range(MOST[sort]))
    return sorted((change for change in kept if change), key=lambda change: change["number"])


def _require_as_left(store: Store, records: Iterable[Record]) -> None:
    """Raise Conflict, naming the records that changed since."""
    since = [key for record in records if not _is_as_left(store, key := (record["table"], record["id"]), record)]
    if since:
        problems: list[Problem] = [{"path": "/".join(key), "message": "was changed since"} for key in since]
        raise Conflict("Things changed meanwhile, so nothing was done.", problems)


def _is_as_left(store: Store, key: Key, record: Record) -> bool:
    return bool(_digest(_table(store, key).find(key[1])) == record["after"])


def _put_back(store: Store, record: Record) -> None:
    table = _table(store, (record["table"], record["id"]))
    if record["before"] is None:
        table.discard(record["id"])
    else:
        table.put(record["before"])


def _table(store: Store, key: Key) -> Table:
    return {"slots": store.slots, "items": store.items}[key[0]]


def _digest(record: Record | None) -> str:
    return sha256(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)).hexdigest()
