"""Items: the editorial decision about each article, from the queue to the post."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from companion.editorial.calendar import fill, vacate
from companion.editorial.ports import Store
from companion.editorial.times import instant
from companion.errors import Conflict, Invalid, NotFound
from companion.records import Item


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


def every_item(store: Store) -> list[Item]:
    """All items, newest first."""
    return cast(list[Item], sorted(store.items, key=lambda item: -item["number"]))


def find_items(
    store: Store, status: str | None = None, query: str = "", limit: int = 50, cursor: str | None = None
) -> tuple[list[Item], str | None]:
    """Items of a status, newest first, that hold every word of `query`; and the cursor of the next page, if any."""
    before = _number(cursor)
    words = query.casefold().split()
    found = [item for item in store.items if _is_wanted(item, status, words, before)]
    found.sort(key=lambda item: -item["number"])
    page = found[:limit]
    return cast(list[Item], page), str(page[-1]["number"]) if len(found) > limit else None


def _number(cursor: str | None) -> float:
    if cursor is None:
        return float("inf")
    if not (cursor.isascii() and cursor.isdecimal()):
        raise Invalid.field("cursor", "is not one that a list gave")
    return int(cursor[:20])


def _is_wanted(item: Mapping[str, Any], status: str | None, words: list[str], before: float) -> bool:
    if (status and item["status"] != status) or item["number"] >= before:
        return False
    return not words or _holds(item, words)


def _holds(item: Mapping[str, Any], words: list[str]) -> bool:
    article = item["article"]
    fields = [article["title"], article["site_name"], item["commentary"], item["topic"]]
    searched = " ".join([*fields, *article["authors"], *item["people"], *item["hashtags"]]).casefold()
    return all(word.lstrip("#") in searched for word in words)


def edit_item(store: Store, item_id: str, changes: Mapping[str, Any], now: datetime) -> Item:
    """Change fields of an item; a new status moves it through its life."""
    with store.transaction():
        item = get_item(store, item_id)
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
        _discard_texts(store, item)


def _discard_texts(store: Store, item: Item) -> None:
    """For good means: the text and the page too, unless another item has the same."""
    names = {name for name in (item["text_hash"], item["page_hash"]) if name}
    still_needed = {name for other in store.items for name in (other["text_hash"], other["page_hash"])}
    for name in names - still_needed:
        store.texts.discard(name)


def require_unpublished(item: Item) -> None:
    """Raise Conflict for an item whose post is out."""
    if item["status"] == "published":
        raise Conflict("This item is published already.", [{"path": "status", "message": "is published"}])


def revised(item: Item, changes: Mapping[str, Any], now: datetime) -> Item:
    """The item with these fields changed and its revision one higher."""
    return cast(Item, {**item, **changes, "updated_at": instant(now), "revision": item["revision"] + 1})
