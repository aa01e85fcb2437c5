"""The calendar: four weeks of slots, and one of them to change."""

from datetime import date, datetime, timedelta
from typing import Any, cast

from flask import render_template, request, url_for
from flask_babel import gettext

from companion import contract
from companion.editorial import calendar as slots
from companion.editorial.times import at, instant, monday
from companion.errors import Invalid, NotFound
from companion.records import NewSlot, Slot, SlotEdit
from companion.web.context import store, zone
from companion.web.pages import pages, spans
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
        items=spans.items_of(shown),
        today_date=spans.today(),
        earlier=spans.week_name(first - timedelta(weeks=WEEKS)),
        later=spans.week_name(first + timedelta(weeks=WEEKS)),
        is_now=first == spans.this_monday(),
        chosen=_chosen(request.args.get("slot")),
        typed=typed,
        problem=problem,
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
        new = cast(NewSlot, {**_typed_slot(), "channel": request.form.get("channel", "").strip() or "LinkedIn"})
        contract.require("new_slot", new)
        slot = slots.add_slot(store(), new, zone())
    except Invalid:
        return _page(request.form.to_dict(), _advice()), 422
    return done("slot_added", _calendar_of(slot))


@pages.post("/slots/<slot_id>")
@calmly
def save_slot(slot_id: str) -> Any:
    """Moves a slot or files it otherwise; an article in it stays in it."""
    before = slots.get_slot(store(), slot_id, zone())
    try:
        changes = cast(SlotEdit, _typed_slot())
        if changes.get("starts_at") == before["starts_at"]:
            del changes["starts_at"]
        contract.require("slot_edit", changes)
        slot = slots.edit_slot(store(), slot_id, changes, zone())
    except Invalid:
        return _page(request.form.to_dict(), _advice()), 422
    return done("slot_saved", _calendar_of(slot))


def _typed_slot() -> dict[str, Any]:
    """What the form says. Raises Invalid for a date or time that cannot be read."""
    form = request.form
    try:
        day = date.fromisoformat(form.get("date", ""))
        clock = datetime.strptime(form.get("time", "")[:5], "%H:%M").time()  # noqa: DTZ007 - a time on the wall
    except ValueError as error:
        raise Invalid.field("starts_at", "cannot be read") from error
    return {
        "starts_at": instant(at(day, clock, zone())),
        "kind": form.get("kind", ""),
        "topic": form.get("topic", "").strip(),
    }


def _advice() -> str:
    return gettext(
        "Choose a working day, Monday to Friday, and a time from %(first)s to %(last)s.",
        first="07:00",
        last="18:59",
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
