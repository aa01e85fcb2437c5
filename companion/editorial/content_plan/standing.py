"""What became of a line of the content plan: planned, posted, back in the queue, left out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from companion.editorial.curation import edit_item
from companion.editorial.planning import calendar, placement
from companion.editorial.ports import Store
from companion.editorial.published import require_over
from companion.errors import Conflict, Invalid
from companion.records import Item, PlanEdit, Slot, SlotEdit

_POSTED = ("status", "published_at", "post_url")


def turn(store: Store, slot: Slot | None, item: Item | None, edit: PlanEdit, zone: ZoneInfo, now: datetime) -> None:
    """Let the line be what `status` says, with when and where its post can be seen.

    Raises Invalid or Conflict where a line of its sort cannot be that.
    """
    changes = {name: value for name, value in edit.items() if name in _POSTED}
    require_over(changes, now)
    if item:
        _turn_item(store, slot, item, changes, now)
    elif slot and changes:
        _turn_slot(store, slot, changes, zone)


def _turn_slot(store: Store, slot: Slot, changes: Mapping[str, Any], zone: ZoneInfo) -> None:
    """A slot without an item is planned by what it says, and open otherwise; it keeps no word for that itself."""
    status = changes.get("status")
    if status not in (None, "open", "planned", "skipped", "published"):
        raise Invalid.field("status", "is only for a line with an article")
    if status == "planned" and slot["kind"] != "own":
        raise Invalid.field("status", "is only for a line with an article")
    kept = {**changes, "status": "open"} if status == "planned" else dict(changes)
    if kept != {"status": slot["status"]}:
        calendar.edit_slot(store, slot["id"], cast(SlotEdit, kept), zone)


def _turn_item(store: Store, slot: Slot | None, item: Item, changes: Mapping[str, Any], now: datetime) -> None:
    status = changes.get("status", item["status"])
    if status == item["status"] or status in ("published", "dropped"):
        said = changes if status != item["status"] else {k: v for k, v in changes.items() if k != "status"}
        if said:
            edit_item(store, item["id"], said, now)
    elif status == "skipped":
        raise Conflict("An article stands in this slot.", [{"path": "status", "message": "has an article"}])
    elif status == "planned":
        _plan_again(store, slot, item, now)
    elif item["status"] == "published":
        raise Conflict("This post is out already.", [{"path": "status", "message": "is published"}])
    elif slot is None:
        edit_item(store, item["id"], {"status": "queued"}, now)
    else:
        placement.release(store, item["id"], now)


def _plan_again(store: Store, slot: Slot | None, item: Item, now: datetime) -> None:
    if slot is None:
        raise Invalid.field("status", "needs a date first")
    placement.unpublish(store, item["id"], now)
