"""The calendar: four weeks of slots, and one of them to change."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask_babel import gettext

from companion import contract
from companion.editorial import calendar as slots
from companion.editorial import curation
from companion.editorial.cadence import DAY_ENDS, DAY_STARTS
from companion.editorial.times import at, instant, monday
from companion.errors import Conflict, Invalid, NotFound
from companion.records import NewSlot, Slot, SlotEdit
from companion.web.context import store, zone
from companion.web.pages import pages, spans
from companion.web.pages.item_form import one_line
from companion.web.pages.said import calmly, done

WEEKS = 4


@pages.get("/calendar")
def calendar() -> str:
    """Four weeks from the one asked for."""
    return _page({}, "")


def _page(typed: dict[str, str], problem: str) -> str:
    first = spans.asked_monday(request.args.get("week"), spans.this_monday())
    shown = slots.calendar(store(), zone(), first, first + timedelta(weeks=WEEKS, days=-1))
    return render_template(
        "calendar.html",
        first=first,
        last=first + timedelta(weeks=WEEKS, days=-1),
        weeks=[_days(first + timedelta(weeks=number), shown) for number in range(WEEKS)],
        items=curation.items_of(store(), shown),
        today_date=spans.today(),
        earlier=spans.week_name(first - timedelta(weeks=WEEKS)),
        later=spans.week_name(first + timedelta(weeks=WEEKS)),
        is_now=first == spans.this_monday(),
        chosen=_chosen(request.args.get("slot")),
        typed=typed,
        problem=problem,
        working_day=(DAY_STARTS, DAY_ENDS),
    )


def _days(week: date, shown: list[Slot]) -> list[tuple[date, list[Slot]]]:
    days = [week + timedelta(days=number) for number in range(7)]
    return [(day, [slot for slot in shown if slot["date"] == day.isoformat()]) for day in days]


def _chosen(slot_id: str | None) -> Slot | None:
    if not slot_id:
        return None
    try:
        return slots.get_slot(store(), slot_id, zone())
    except NotFound:
        return None


@pages.post("/slots")
def add_slot() -> Any:
    """Adds a slot at a date and time."""
    try:
        new = _new_slot(_parts(request.form))
        contract.require("new_slot", new)
        slot = slots.add_slot(store(), new, zone())
    except Invalid:
        return _page(request.form.to_dict(), _advice()), 422
    return done("slot_added", _calendar_of(slot))


def _new_slot(typed: Mapping[str, str]) -> NewSlot:
    return cast(
        NewSlot,
        {
            "starts_at": _starts_at(typed["moment"], zone()),
            "kind": typed["kind"],
            "topic": typed["topic"],
            "channel": one_line(request.form.get("channel", "")) or "LinkedIn",
        },
    )


@pages.post("/slots/<slot_id>")
@calmly
def save_slot(slot_id: str) -> Any:
    """Moves a slot or files it otherwise, as far as the user changed it; an article in it stays in it."""
    try:
        with store().transaction():
            slot = slots.get_slot(store(), slot_id, zone())
            if changes := _changes(slot):
                contract.require("slot_edit", changes)
                slot = slots.edit_slot(store(), slot_id, changes, zone())
    except Invalid:
        return _page(request.form.to_dict(), _advice()), 422
    return done("slot_saved", _calendar_of(slot))


def _changes(slot: Slot) -> SlotEdit:
    """What the user changed. Raises Conflict where that was changed elsewhere too since the form was shown."""
    stored = _parts({name: str(value) for name, value in slot.items()})
    shown = _parts({name: request.form.get(f"shown_{name}", str(value)) for name, value in slot.items()})
    typed = _parts(request.form)
    touched = {name for name in typed if typed[name] not in (shown[name], stored[name])}
    if any(shown[name] != stored[name] for name in touched):
        raise Conflict("This slot was changed elsewhere too.")
    changes = {name: typed[name] for name in touched - {"moment"}}
    if "moment" in touched:
        changes["starts_at"] = _starts_at(typed["moment"], ZoneInfo(slot["zone"]))
    return cast(SlotEdit, changes)


def _parts(fields: Mapping[str, str]) -> dict[str, str]:
    """What a form is about: one moment, as `2026-11-24 08:40`, and the rest; browsers may send a time with seconds."""
    line = {name: one_line(fields.get(name, "")) for name in ("date", "time", "kind", "topic")}
    return {"moment": f"{line['date']} {line['time'][:5]}", "kind": line["kind"], "topic": line["topic"]}


def _starts_at(wall_moment: str, wall: ZoneInfo) -> str:
    """The moment that a wall clock shows there so. Raises Invalid where it cannot be read."""
    day, _, clock = wall_moment.partition(" ")
    try:
        time = datetime.strptime(clock, "%H:%M").time()  # noqa: DTZ007 - a time on the wall
    except ValueError as error:
        raise Invalid.field("starts_at", "cannot be read") from error
    if (date_there := spans.read_date(day)) is None:
        raise Invalid.field("starts_at", "cannot be read")
    return instant(at(date_there, time, wall))


def _advice() -> str:
    return gettext(
        "Choose a working day, Monday to Friday, and a time from %(first)s to %(last)s.",
        first=DAY_STARTS,
        last=DAY_ENDS,
    )


def _calendar_of(slot: Slot) -> str:
    week = monday(date.fromisoformat(slot["date"]))
    asked = spans.asked_monday(request.args.get("week"), spans.this_monday())
    inside = timedelta(0) <= week - asked < timedelta(weeks=WEEKS)
    return url_for("pages.calendar", week=spans.week_name(asked if inside else week))


@pages.post("/slots/<slot_id>/skip")
@calmly
def skip_slot(slot_id: str) -> Any:
    """Leaves a slot out, without touching the cadence."""
    slots.edit_slot(store(), slot_id, {"status": "skipped"}, zone())
    return done("slot_skipped", url_for("pages.calendar"), slot=slot_id)


@pages.post("/slots/<slot_id>/restore")
@calmly
def restore_slot(slot_id: str) -> Any:
    """Opens a skipped slot again."""
    slots.edit_slot(store(), slot_id, {"status": "open"}, zone())
    return done("slot_restored", url_for("pages.calendar"), slot=slot_id)


@pages.post("/slots/<slot_id>/delete")
@calmly
def delete_slot(slot_id: str) -> Any:
    """Takes away a slot that was added by hand."""
    slots.delete_slot(store(), slot_id, zone())
    return done("slot_deleted", url_for("pages.calendar"))
