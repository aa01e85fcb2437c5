"""The last changes to slots, kept so that each can be taken back to the very record that was there."""

from collections.abc import Mapping
from typing import Any

from companion.editorial.ports import Store
from companion.errors import Conflict

# As many as somebody may still have a line with "Undo" of, in all their tabs.
MOST = 10

Record = Mapping[str, Any]


def note(store: Store, slot_id: str, before: Record | None) -> str:
    """Keep what the store had of a slot before an act, None for nothing; call it in the act's own transaction.

    Returns the id by which the change is taken back.
    """
    change = {"id": store.new_id(), "slot_id": slot_id, "before": before, "after": store.slots.find(slot_id)}
    _keep(store, [*_changes(store), change][-MOST:])
    return str(change["id"])


def take_back(store: Store, change_id: str) -> None:
    """Put back what was there before this change. Raises Conflict where the slot changed since."""
    with store.transaction():
        changes = _changes(store)
        change = next((change for change in changes if change["id"] == change_id), None)
        if change is None or change["after"] != store.slots.find(change["slot_id"]):
            raise Conflict("The slot changed meanwhile, so nothing was done.")
        if change["before"] is None:
            store.slots.discard(change["slot_id"])
        else:
            store.slots.put(change["before"])
        _keep(store, [other for other in changes if other is not change])


def _changes(store: Store) -> list[Record]:
    kept = store.singletons.find("slot_changes")
    return list(kept["changes"]) if kept else []


def _keep(store: Store, changes: list[Record]) -> None:
    store.singletons.put({"id": "slot_changes", "changes": changes})
