"""The calendar: the cadence's slots and the user's own, over a range of days."""

from datetime import date, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from companion.editorial.agreement import get_agreement, posting_hours
from companion.editorial.agreement.working_days import WorkingDays
from companion.editorial.planning.cadence import cadence_slots, get_cadence
from companion.editorial.planning.preparation import minutes_of, require_before
from companion.editorial.ports import Store
from companion.editorial.published import require_out
from companion.editorial.times import FIRST_DAY, LAST_DAY, at, instant, moment, monday
from companion.errors import Conflict, Invalid, NotFound
from companion.records import NewSlot, Slot, SlotEdit

MAX_DAYS = 400
_OPTIONAL = (
    *("commentary", "people", "hashtags", "creation_needed", "creation_ready", "creation_link"),
    *("published_at", "post_url"),
)
_NOTHING: tuple[object, ...] = ("", [], "none", False, None)


def calendar(store: Store, zone: ZoneInfo, first: date, last: date) -> list[Slot]:
    """All slots of these days, both included, skipped ones too, in order of time."""
    require_range(first, last)
    yielded = _yielded(store, zone, first, last)
    # One that was moved out of these days is kept elsewhere; the cadence does not yield it once more.
    as_yielded = [slot for slot in yielded if store.slots.find(slot["id"]) is None]
    return sorted(as_yielded + _kept_slots(store, first, last), key=lambda slot: (slot["starts_at"], slot["id"]))


def posting_days(store: Store) -> WorkingDays:
    """The days and hours in which a post may go out."""
    return WorkingDays(posting_hours(store), get_agreement(store)["country"])


def _yielded(store: Store, zone: ZoneInfo, first: date, last: date) -> list[Slot]:
    """What the cadence yields: nothing on a holiday, nor where the hours were changed since it was made."""
    days = posting_days(store)
    slots = cadence_slots(get_cadence(store), zone, first, last)
    return [slot for slot in slots if days.include(date.fromisoformat(slot["date"]), slot["time"])]


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
    slot = find_slot(store, slot_id, zone)
    if slot is None:
        raise NotFound("There is no such slot.")
    return slot


def find_slot(store: Store, slot_id: str | None, zone: ZoneInfo) -> Slot | None:
    """The slot of this id, kept or yielded by the cadence, if there is one."""
    slot = slot_id and (store.slots.find(slot_id) or _entry_slot(store, slot_id, zone))
    return cast(Slot, dict(slot)) if slot else None


def _entry_slot(store: Store, slot_id: str, zone: ZoneInfo) -> Slot | None:
    try:
        day = date.fromisoformat(slot_id[:10])
    except ValueError:
        return None
    return next((slot for slot in _yielded(store, zone, day, day) if slot["id"] == slot_id), None)


def add_slot(store: Store, new: NewSlot, zone: ZoneInfo) -> Slot:
    """Add a slot by hand."""
    slot = {"id": store.new_id(), "channel": "LinkedIn", "topic": "", "status": "open", "item_id": None,
            "origin": "manual", "edited": False, **new,
            **_when(store, new["starts_at"], new.get("zone", zone.key))}  # fmt: skip
    store.slots.put(slot)
    return cast(Slot, slot)


def edit_slot(store: Store, slot_id: str, changes: SlotEdit, zone: ZoneInfo) -> Slot:
    """Change a slot: move it, skip it, or file it otherwise. An item in it stays in it."""
    with store.transaction():
        slot = get_slot(store, slot_id, zone)
        _require_editable(slot, changes)
        changed = _changed(store, slot, changes)
        require_before(changed)
        _require_place_for_words(changed, changes)
        yielded = _entry_slot(store, slot_id, zone)
        is_touched = slot["edited"] or set(changes) != {"status"}
        changed["edited"] = _differs(changed, yielded) if yielded else is_touched
        _keep_or_forget(store, changed)
    return changed


def _changed(store: Store, slot: Slot, changes: SlotEdit) -> Slot:
    changed = _said({**slot, **changes})
    if "starts_at" in changes or "zone" in changes:
        changed = cast(Slot, changed | _when(store, _new_start(slot, changes), changed["zone"]))
    if changed["starts_at"] != slot["starts_at"] or minutes_of(changed) != minutes_of(slot):
        # Its preparation is found anew: before another time, or of another length.
        changed["prepare_at"] = changes.get("prepare_at")
    return changed


def _said(slot: dict[str, Any]) -> Slot:
    """Without the fields that say nothing, by which a slot would differ from the cadence's own for ever.

    What says when a post went out goes with it where it is not out after all.
    """
    is_out = slot["status"] == "published"
    posted = () if is_out else ("published_at", "post_url")
    empty = [name for name in _OPTIONAL if slot.get(name) in _NOTHING]
    return cast(Slot, {name: value for name, value in slot.items() if name not in (*empty, *posted)})


def _differs(slot: Slot, yielded: Slot) -> bool:
    """Whether it is another slot than the cadence yields, whatever stands in it."""
    own = {"status", "item_id", "edited"}
    return any(value != yielded.get(name) for name, value in slot.items() if name not in own)


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
    require_out(changes, changes.get("status", slot["status"]))
    if changes.get("status") == "published" and slot["kind"] == "commentary":
        raise Invalid.field("status", "is for an own post: mark the article as published instead")
    for field in ("starts_at", "kind"):
        if slot["status"] == "published" and field in changes:
            raise Conflict("This post is out already.", [{"path": field, "message": "is that of a published post"}])


def _require_place_for_words(changed: Slot, changes: SlotEdit) -> None:
    """Words are those of an own post: in another slot nobody would see them once an article stands there."""
    if changed.get("commentary") and changed["kind"] != "own" and {"commentary", "kind"} & changes.keys():
        field = "commentary" if changes.get("commentary") else "kind"
        raise Invalid.field(field, "is for a post of your own, or one with an article")


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
        # Whatever the user changed about the slot stays, its preparation too.
        prepare_at = slot.get("prepare_at") if slot["edited"] else None
        _keep_or_forget(store, cast(Slot, {**slot, "status": "open", "item_id": None, "prepare_at": prepare_at}))


def _when(store: Store, starts_at: str, zone_name: str) -> dict[str, str]:
    """Wall time first, since a 09:00 slot stays at 09:00 when the clocks change; the instant follows from it."""
    if not FIRST_DAY < moment(starts_at).date() < LAST_DAY:
        raise Invalid.field("starts_at", f"lies outside the years {FIRST_DAY.year} to {LAST_DAY.year}")
    local = moment(starts_at).astimezone(ZoneInfo(zone_name))
    clock = local.strftime("%H:%M")
    posting_days(store).require("starts_at", local.date(), clock)
    starts = instant(at(local.date(), clock, ZoneInfo(zone_name)))
    return {"starts_at": starts, "zone": zone_name, "date": local.date().isoformat(), "time": clock}
