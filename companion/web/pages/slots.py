"""What can be done to a slot: added, changed, moved, prepared at another time, skipped, opened again, deleted.

Each act can be undone: the store keeps what was there before.
"""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask import request, url_for

from companion import contract
from companion.editorial import changes as kept_changes
from companion.editorial.planning import calendar
from companion.errors import Invalid
from companion.records import Slot, SlotEdit
from companion.web.context import store, zone
from companion.web.formats import as_date
from companion.web.pages import calendar_range, pages
from companion.web.pages.calendar import calendar_page
from companion.web.pages.said import calmly_at, done
from companion.web.pages.slot_form import ChangedElsewhere, changes, new_slot, problems, starts_at, why_not
from companion.web.pages.slot_panel import in_the_way


@pages.post("/slots")
def add_slot() -> Any:
    """Adds a slot at a date and time."""
    try:
        with store().transaction():
            slot = calendar.add_slot(store(), new_slot(request.form), zone())
            change = kept_changes.note(store(), {("slots", slot["id"]): None})
    except Invalid as error:
        return calendar_page(request.form.to_dict(), problems(request.form, error)), 422
    return done("slot_added", _calendar_of(slot), change=change)


@pages.post("/slots/<slot_id>")
@calmly_at("pages.calendar")
def save_slot(slot_id: str) -> Any:
    """Moves a slot or files it otherwise, as far as the user changed it; an article in it stays in it."""
    try:
        with store().transaction():
            slot = calendar.get_slot(store(), slot_id, zone())
            change = None
            if changed := changes(request.form, slot):
                slot, change = _edit(slot_id, changed)
    except Invalid as error:
        return calendar_page(request.form.to_dict(), problems(request.form, error)), 422
    except ChangedElsewhere as clash:
        return calendar_page(clash.typed, clash.said), 409
    return done("slot_saved", _calendar_of(slot), change=change)


@pages.post("/slots/<slot_id>/move")
@calmly_at("pages.calendar")
def move_slot(slot_id: str) -> Any:
    """Moves a slot to another day, at its own time unless another is named. Says why where no post can stand then."""
    slot = calendar.get_slot(store(), slot_id, zone())
    there = ZoneInfo(slot["zone"])
    starts = starts_at(request.form.get("date", ""), request.form.get("time") or slot["time"], there)
    if starts == slot["starts_at"]:
        return done("stays", _calendar_of(slot))
    if reason := why_not(starts, there):
        return done(f"stays_{reason}", _calendar_of(slot))
    moved, change = _edit(slot_id, {"starts_at": starts})
    act = "_".join(filter(None, ("slot_moved", in_the_way(moved))))
    return done(act, _calendar_of(moved), slot=slot_id, change=change)


@pages.post("/slots/<slot_id>/prepare")
@calmly_at("pages.calendar")
def prepare_slot(slot_id: str) -> Any:
    """Keeps the preparation at the time that was offered; without one it is found anew."""
    edit: SlotEdit = {"prepare_at": request.form.get("prepare_at") or None}
    contract.require("slot_edit", edit)
    slot, change = _edit(slot_id, edit)
    return done("prepared", _calendar_of(slot), change=change)


@pages.post("/slots/<slot_id>/skip")
@calmly_at("pages.calendar")
def skip_slot(slot_id: str) -> Any:
    """Leaves a slot out, without touching the cadence."""
    return _turned(slot_id, {"status": "skipped"}, "slot_skipped")


@pages.post("/slots/<slot_id>/publish")
@calmly_at("pages.calendar")
def publish_slot(slot_id: str) -> Any:
    """Marks an own post, which has no article, as published."""
    return _turned(slot_id, {"status": "published"}, "slot_published")


@pages.post("/slots/<slot_id>/restore")
@calmly_at("pages.calendar")
def restore_slot(slot_id: str) -> Any:
    """Opens a skipped slot again."""
    return _turned(slot_id, {"status": "open"}, "slot_restored")


@pages.post("/slots/<slot_id>/delete")
@calmly_at("pages.calendar")
def delete_slot(slot_id: str) -> Any:
    """Takes away a slot that was added by hand."""
    change = _noted(slot_id, lambda: calendar.delete_slot(store(), slot_id, zone()))
    return done("slot_deleted", url_for("pages.calendar"), change=change)


def _turned(slot_id: str, status: SlotEdit, act: str) -> Any:
    _, change = _edit(slot_id, status)
    return done(act, url_for("pages.calendar"), change=change)


def _edit(slot_id: str, changed: SlotEdit) -> tuple[Slot, str]:
    """The slot as it became, and the id of the change."""
    change = _noted(slot_id, lambda: calendar.edit_slot(store(), slot_id, changed, zone()))
    return calendar.get_slot(store(), slot_id, zone()), change


def _noted(slot_id: str, act: Callable[[], object]) -> str:
    """Does it and keeps what there was before; the id of the change."""
    with store().transaction():
        before = kept_changes.found(store(), [("slots", slot_id)])
        act()
        return kept_changes.note(store(), before)


def _calendar_of(slot: Slot) -> str:
    """The view that was asked for: the days that it shows where they have the slot, else those of the slot."""
    shown, day = calendar_range.asked(), as_date(slot["date"])
    return (shown if shown.first <= day <= shown.last else calendar_range.around(shown.view, day)).address()
