"""Items: the editorial decision about each article, from the queue to the post."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, cast

from companion.editorial.planning.calendar import fill, vacate
from companion.editorial.ports import Store
from companion.editorial.published import require_out, require_over
from companion.editorial.times import instant
from companion.errors import Conflict, Invalid, NotFound
from companion.records import Item, Slot

# The key under which the index of statuses has every item.
ANY_STATUS = ""
# The key under which the index of filed items has those that the user put under a topic.
FILED = ""


def get_item(store: Store, item_id: str) -> Item:
    """The item of this id. Raises NotFound."""
    item = store.items.find(item_id)
    if item is None:
        raise NotFound("There is no such item.")
    return cast(Item, dict(item))


def item_with_text(store: Store, item_id: str) -> Item:
    """The item with its article's text."""
    item = get_item(store, item_id)
    text = store.texts.get(item["text_hash"]) if item["text_hash"] else ""
    return {**item, "article": {**item["article"], "text": text}}


def every_item(store: Store, status: str = ANY_STATUS, most: int | None = None) -> list[Item]:
    """All items, or all of a status, newest first; at most so many."""
    return cast(list[Item], store.items.newest("status", status, limit=most))


def items_of(store: Store, slots: Iterable[Slot]) -> dict[str, Item]:
    """By id the items that stand in these slots."""
    ids = (slot["item_id"] for slot in slots if slot["item_id"])
    return {item_id: cast(Item, item) for item_id in ids if (item := store.items.find(item_id))}


def find_items(
    store: Store, status: str | None = None, query: str = "", limit: int = 50, cursor: str | None = None
) -> tuple[list[Item], str | None]:
    """Items of a status, newest first, that `query` finds; and the cursor of the next page, if any.

    Without a query it finds all of them.
    """
    before, most = _number(cursor), limit + 1
    if query.strip():
        found = list(islice(_matching(store, status, query, before), most))
    else:
        found = cast(list[Item], store.items.newest("status", status or ANY_STATUS, before, most))
    page = found[:limit]
    return page, str(page[-1]["number"]) if len(found) > limit else None


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdecimal()):
        raise Invalid.field("cursor", "is not one that a list gave")
    return int(cursor[:20])


def _matching(store: Store, status: str | None, query: str, before: int | None) -> Iterator[Item]:
    """Read as far as they are taken: the index has no status, which changes more often than what is searched."""
    for item_id in store.search.find(query, before):
        item = store.items.find(item_id)
        if item is not None and (not status or item["status"] == status):
            yield cast(Item, item)


def edit_item(store: Store, item_id: str, changes: Mapping[str, Any], now: datetime) -> Item:
    """Change fields of an item; a new status moves it through its life.

    When and where its post went out is for one that is out: Invalid otherwise, and where that moment is still to come.
    """
    with store.transaction():
        item = get_item(store, item_id)
        require_out(changes, changes.get("status", item["status"]))
        require_over(changes, now)
        fields = {name: value for name, value in changes.items() if name != "status"}
        if fields:
            item = revised(item, fields, now)
            store.items.put(item)
        return set_status(store, item, changes["status"], now) if "status" in changes else item


def set_status(store: Store, item: Item, status: str, now: datetime) -> Item:
    """Move an item through its life. Published it keeps its slot; otherwise it gives it up."""
    is_published = status == "published"
    with store.transaction():
        if item["slot_id"] and not is_published:
            vacate(store, item["slot_id"])
        elif item["slot_id"] and (slot := store.slots.find(item["slot_id"])):
            fill(store, cast(Any, slot), item["id"], status)
        changes = {
            "status": status,
            "slot_id": item["slot_id"] if is_published else None,
            "published_at": (item["published_at"] or instant(now)) if is_published else None,
            **({} if is_published or not item.get("post_url") else {"post_url": None}),
        }
        changed = revised(item, changes, now)
        store.items.put(changed)
    return changed


def delete_item(store: Store, item_id: str) -> None:
    """Remove an item for good, as the undo of its capture does; its slot is free again."""
    with store.transaction():
        item = get_item(store, item_id)
        if item["slot_id"]:
            vacate(store, item["slot_id"])
        store.items.discard(item_id)
        # For good means: the text and the page too.
        store.forget_texts([item["text_hash"], item["page_hash"], item.get("markup_hash")])


def require_unpublished(item: Item) -> None:
    """Raise Conflict for an item whose post is out."""
    if item["status"] == "published":
        raise Conflict("This item is published already.", [{"path": "status", "message": "is published"}])


def revised(item: Item, changes: Mapping[str, Any], now: datetime) -> Item:
    """The item with these fields changed and its revision one higher."""
    return cast(Item, {**item, **changes, "updated_at": instant(now), "revision": item["revision"] + 1})
