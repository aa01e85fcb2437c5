"""The calendar: the cadence's slots and the user's own, over a range of days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from companion.editorial.cadence import cadence_slots, entry_slot, get_cadence, require_working_time
from companion.editorial.ports import Store
from companion.editorial.times import at, instant, moment, monday
from companion.errors import Conflict, Invalid, NotFound
from companion.records import NewSlot, Slot, SlotEdit

MAX_DAYS = 400


def calendar(store: Store, zone: ZoneInfo, first: date, last: date) -> list[Slot]:
    """All slots of these days, both included, skipped ones too, in order of time."""
    require_range(first, last)
    yielded = cadence_slots(get_cadence(store), zone, first, last)
    # One that was moved out of these days is kept elsewhere; the cadence does not yield it once more.
    as_yielded = [slot for slot in yielded if store.slots.find(slot["id"]) is None]
    return sorted(as_yielded + _kept_slots(store, first, last), key=lambda slot: (slot["starts_at"], slot["id"]))


def _kept_slots(store: Store, first: date, last: date) -> list[Slot]:
    weeks = (last - monday(first)).days // 7 + 1
    mondays = [(monday(first) + timedelta(weeks=number)).isoformat() for number in range(weeks)]
    kept = (cast(Slot, slot) for week in mondays for slot in store.slots.find_by("week", week))
    return [slot for slot in kept if first.isoformat() <= slot["date"] <= last.isoformat()]


def require_range(first: date, last: date) -> None:
    """Raise Invalid unless the days are in order and at most 400."""
    if last < first:
        raise Invalid.field("to", "lies before from")
    if (last - first).days >= MAX_DAYS:
        raise Invalid.field("to", f"lies more than {MAX_DAYS} days after from")


def get_slot(store: Store, slot_id: str, zone: ZoneInfo) -> Slot:
    """The slot of this id, kept or yielded by the cadence. Raises NotFound."""
    slot = store.slots.find(slot_id) or entry_slot(get_cadence(store), zone, slot_id)
    if slot is None:
        raise NotFound("There is no such slot.")
    return cast(Slot, dict(slot))


def add_slot(store: Store, new: NewSlot, zone: ZoneInfo) -> Slot:
    """Add a slot by hand."""
    slot = {"id": store.new_id(), "channel": "LinkedIn", "topic": "", "status": "open", "item_id": None,
            "origin": "manual", "edited": False, **new,
            **_when(new["starts_at"], new.get("zone", zone.key))}  # fmt: skip
    store.slots.put(slot)
    return cast(Slot, slot)


def edit_slot(store: Store, slot_id: str, changes: SlotEdit, zone: ZoneInfo) -> Slot:
    """Change a slot: move it, skip it, or file it otherwise. An item in it stays in it."""
    with store.transaction():
        slot = get_slot(store, slot_id, zone)
        _require_editable(slot, changes)
        changed: dict[str, Any] = {**slot, **changes, "edited": slot["edited"] or set(changes) != {"status"}}
        if "starts_at" in changes or "zone" in changes:
            changed |= _when(_new_start(slot, changes), changed["zone"])
        _keep_or_forget(store, cast(Slot, changed))
    return cast(Slot, changed)


def _new_start(slot: Slot, changes: SlotEdit) -> str:
    """The instant to move to; where only the zone changes, the wall time stays what it is."""
    wall = at(date.fromisoformat(slot["date"]), slot["time"], ZoneInfo(changes.get("zone", slot["zone"])))
    return changes.get("starts_at", instant(wall))


def _keep_or_forget(store: Store, slot: Slot) -> None:
    """Keep a slot that differs from what the cadence yields; one that does not would outlive its cadence."""
    if slot["status"] == "open" and slot["origin"] == "cadence" and not slot["edited"]:
        store.slots.discard(slot["id"])
    else:
        store.slots.put(slot)


def _require_editable(slot: Slot, changes: SlotEdit) -> None:
    if slot["item_id"] and "status" in changes:
        raise Conflict(
            "An item stands in this slot. Release it first.", [{"path": "status", "message": "slot is taken"}]
        )
    if slot["status"] == "published" and "starts_at" in changes:
        raise Conflict("This post is out already.", [{"path": "starts_at", "message": "is in the past"}])


def delete_slot(store: Store, slot_id: str, zone: ZoneInfo) -> None:
    """Take a slot away: one added by hand is gone, one of the cadence is skipped."""
    with store.transaction():
        slot = get_slot(store, slot_id, zone)
        _require_editable(slot, {"status": "skipped"})
        if slot["origin"] == "manual":
            store.slots.discard(slot_id)
        else:
            store.slots.put({**slot, "status": "skipped"})


def fill(store: Store, slot: Slot, item_id: str, status: str) -> None:
    """Let an item have the slot, as planned or published."""
    store.slots.put({**slot, "status": status, "item_id": item_id})


def vacate(store: Store, slot_id: str) -> None:
    """Free a slot again. One that the cadence yields anyway need not be kept."""
    slot = store.slots.find(slot_id)
    if slot is not None:
        _keep_or_forget(store, cast(Slot, {**slot, "status": "open", "item_id": None}))


def _when(starts_at: str, zone_name: str) -> dict[str, str]:
    """Wall time first, since a 09:00 slot stays at 09:00 when the clocks change; the instant follows from it."""
    local = moment(starts_at).astimezone(ZoneInfo(zone_name))
    clock = local.strftime("%H:%M")
    require_working_time("starts_at", local.isoweekday(), clock)
    starts = instant(at(local.date(), clock, ZoneInfo(zone_name)))
    return {"starts_at": starts, "zone": zone_name, "date": local.date().isoformat(), "time": clock}


def has_passed(slot: Slot, now: datetime) -> bool:
    """Whether its moment is over."""
    return moment(slot["starts_at"]) <= now.astimezone(UTC)
