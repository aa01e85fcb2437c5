"""A line of the content plan, changed: what of it goes to the slot, and what to the item in it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from companion.editorial.agreement import get_agreement
from companion.editorial.changes import Key, Record, found
from companion.editorial.content_plan.brief import EMPTY, spread
from companion.editorial.content_plan.standing import turn
from companion.editorial.curation import edit_item, get_item
from companion.editorial.planning import calendar, placement
from companion.editorial.planning.slots import has_passed, has_post
from companion.editorial.ports import Store
from companion.editorial.times import at, instant, moment
from companion.errors import Invalid
from companion.records import Item, NewSlot, PlanEdit, Slot, SlotEdit

# What is a slot's alone.
_OF_SLOT = ("zone", "channel", "kind", "preparation_minutes")

Before = dict[Key, Record | None]


def edit_row(store: Store, row_id: str, edit: PlanEdit, zone: ZoneInfo, now: datetime) -> Before:
    """Change a line, which goes by its slot or its item: an item without a slot that is given a date takes its place.

    Returns what the store had before of all that it changed. Raises NotFound, Invalid naming the field, and Conflict;
    nothing is changed then.
    """
    with store.transaction():
        slot = calendar.find_slot(store, row_id, zone)
        item = _item_of(store, slot, row_id)
        if slot is None and item and item["slot_id"]:
            slot = calendar.find_slot(store, item["slot_id"], zone)
        before = found(store, _keys(slot, item))
        if slot is None and item and edit.keys() & {"date", "time"}:
            slot, before_of_slot = _take_place(store, item, edit, zone, now)
            item, before = get_item(store, item["id"]), {**before, **before_of_slot}
            edit = _without(edit, "date", "time")
        _edit(store, slot, item, edit, zone, now)
    return before


def add_row(store: Store, edit: PlanEdit, zone: ZoneInfo, now: datetime) -> Before:
    """Add a line for a post of the user's own, unless it names another kind. Returns and raises as `edit_row`."""
    with store.transaction():
        slot = _add_slot(store, {"kind": "own", **edit}, zone, now)
        _edit(store, slot, None, _without(edit, "date", "time"), zone, now)
    return {("slots", slot["id"]): None}


def _item_of(store: Store, slot: Slot | None, row_id: str) -> Item | None:
    if slot is None:
        return get_item(store, row_id)
    return get_item(store, slot["item_id"]) if slot["item_id"] else None


def _keys(slot: Slot | None, item: Item | None) -> list[Key]:
    slots = [("slots", slot["id"])] if slot else []
    return slots + ([("items", item["id"])] if item else [])


def _without(edit: PlanEdit, *names: str) -> PlanEdit:
    return cast(PlanEdit, {name: value for name, value in edit.items() if name not in names})


def _take_place(store: Store, item: Item, edit: PlanEdit, zone: ZoneInfo, now: datetime) -> tuple[Slot, Before]:
    """The slot that the item now stands in, one that was open or else a new one, and what there was of it before."""
    slot = _open_slot(store, edit, zone, now)
    if slot is None:
        slot = _add_slot(store, {"kind": "commentary", **edit}, zone, now)
        before: Before = {("slots", slot["id"]): None}
    else:
        before = found(store, [("slots", slot["id"])])
    placement.place(store, item["id"], slot["id"], zone, now)
    return calendar.get_slot(store, slot["id"], zone), before


def _open_slot(store: Store, edit: PlanEdit, zone: ZoneInfo, now: datetime) -> Slot | None:
    """The first slot of the day that is open, lies ahead and, where a time or channel is named, goes by it."""
    day = date.fromisoformat(_named(edit, "date"))
    wanted = {name: edit[name] for name in ("time", "channel") if name in edit}
    return next(
        (
            slot
            for slot in calendar.calendar(store, zone, day, day)
            if slot["status"] == "open" and not has_post(slot) and not has_passed(slot, now)
            if wanted.items() <= slot.items()
        ),
        None,
    )


def _add_slot(store: Store, edit: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> Slot:
    wall = ZoneInfo(edit.get("zone", zone.key))
    starts = instant(at(date.fromisoformat(_named(edit, "date")), _named(edit, "time"), wall))
    _require_ahead(starts, now)
    channel = edit.get("channel") or next(iter(get_agreement(store)["channels"]), "LinkedIn")
    new: NewSlot = {"starts_at": starts, "zone": wall.key, "kind": edit["kind"], "channel": channel}
    return calendar.add_slot(store, new, zone)


def _named(edit: Mapping[str, Any], name: str) -> str:
    if name not in edit:
        raise Invalid.field(name, "is missing")
    return str(edit[name])


def _edit(store: Store, slot: Slot | None, item: Item | None, edit: PlanEdit, zone: ZoneInfo, now: datetime) -> None:
    """First what the post says, then where it goes, then what became of it."""
    brief = {name: value for name, value in edit.items() if name in EMPTY}
    of_item, of_slot = spread(brief, slot, item)
    if item and of_item:
        edit_item(store, item["id"], of_item, now)
    if slot:
        of_slot |= _of_slot(slot, edit, now)
        if of_slot:
            slot = calendar.edit_slot(store, slot["id"], cast(SlotEdit, of_slot), zone)
    elif out_of_place := edit.keys() & {*_OF_SLOT}:
        raise Invalid.field(min(out_of_place), "needs a date first")
    turn(store, slot, item, edit, zone, now)


def _of_slot(slot: Slot, edit: PlanEdit, now: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {name: value for name, value in edit.items() if name in _OF_SLOT}
    day, wall = date.fromisoformat(edit.get("date", slot["date"])), ZoneInfo(edit.get("zone", slot["zone"]))
    starts = instant(at(day, edit.get("time", slot["time"]), wall))
    if starts != slot["starts_at"]:
        _require_ahead(starts, now)
        changes["starts_at"] = starts
    return changes


def _require_ahead(starts_at: str, now: datetime) -> None:
    if moment(starts_at) <= now:
        raise Invalid.field("date", "has passed")
