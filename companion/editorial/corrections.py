"""What the user corrects about what was found: the topic of an item, how fast it ages, whose it is."""

from datetime import datetime

from companion.editorial.curation import edit_item, get_item
from companion.editorial.ports import Store
from companion.errors import Conflict

CORRECTED = ("topic", "freshness", "sourcing")


def correct(store: Store, item_id: str, name: str, value: str | None, now: datetime) -> None:
    """Set one of them; None, or an empty topic, lets what is found stand again. What stood before is kept beside it."""
    with store.transaction():
        before = get_item(store, item_id).get(name)
        edit_item(store, item_id, {name: value}, now)
        store.singletons.put({"id": "correction", "item": item_id, "name": name, "before": before, "after": value})


def take_back(store: Store, item_id: str, now: datetime) -> None:
    """Undo the last correction. Raises Conflict where it was of another item, or was changed since."""
    with store.transaction():
        last = store.singletons.find("correction")
        if last is None or last["item"] != item_id or get_item(store, item_id).get(last["name"]) != last["after"]:
            raise Conflict("Things changed meanwhile, so nothing was done.")
        edit_item(store, item_id, {last["name"]: last["before"]}, now)
        store.singletons.discard("correction")
