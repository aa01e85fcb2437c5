"""An item and a slot: put together and taken apart. Both records always change in one transaction."""

from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo

from companion.editorial.busy import Stretch, moment_of
from companion.editorial.curation import get_item, require_unpublished, revised, set_status
from companion.editorial.planning.calendar import fill, get_slot, vacate
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.planning.slots import has_post
from companion.editorial.ports import Store
from companion.editorial.times import instant
from companion.errors import Conflict
from companion.records import Item, Slot


def place(
    store: Store, item_id: str, slot_id: str, zone: ZoneInfo, now: datetime, block: Stretch | None = None
) -> Item:
    """Put the item in the slot; it leaves the slot it was in. Raises Conflict where the slot is not free.

    `block` is the preparation that was found for the slot; without it, it is found now.
    """
    with store.transaction():
        item, slot = get_item(store, item_id), get_slot(store, slot_id, zone)
        require_unpublished(item)
        _require_free(slot, item)
        if item["slot_id"] and item["slot_id"] != slot_id:
            vacate(store, item["slot_id"])
        fill(store, _with_preparation(store, slot, block, zone, now), item_id, "planned")
        placed = revised(item, {"status": "planned", "slot_id": slot_id}, now)
        store.items.put(placed)
    return placed


def _with_preparation(store: Store, slot: Slot, block: Stretch | None, zone: ZoneInfo, now: datetime) -> Slot:
    """The slot with its block, so that it stays where the user saw it."""
    if block is None:
        day = date.fromisoformat(slot["date"])
        found = get_schedule(store, zone, day, day, now).preparations.get(slot["id"])
        block = found.block if found and found.fits else None
    return {**slot, "prepare_at": instant(moment_of(block[0]))} if block else slot


def _require_free(slot: Slot, item: Item) -> None:
    is_own_post = slot["item_id"] is None and has_post(slot)
    if is_own_post or slot["item_id"] not in (None, item["id"]) or slot["status"] in ("skipped", "published"):
        raise Conflict("This slot is not free.", [{"path": "slot_id", "message": "is taken or skipped"}])


def unpublish(store: Store, item_id: str, now: datetime) -> Item:
    """Take back that a post is out: planned again in its slot where it has one, else queued."""
    with store.transaction():
        item = get_item(store, item_id)
        if item["status"] != "published":
            raise Conflict("This item is not published.", [{"path": "status", "message": "is not published"}])
        slot = store.slots.find(item["slot_id"]) if item["slot_id"] else None
        if slot is None:
            return set_status(store, item, "queued", now)
        fill(store, cast(Slot, slot), item_id, "planned")
        planned = revised(item, {"status": "planned", "published_at": None, "post_url": None}, now)
        store.items.put(planned)
    return planned


def release(store: Store, item_id: str, now: datetime) -> Item:
    """Take the item out of its slot and back into the queue. One without a slot stays as it is."""
    with store.transaction():
        item = get_item(store, item_id)
        require_unpublished(item)
        return set_status(store, item, "queued", now) if item["slot_id"] else item
