"""Taking an act back, if things still are as the act left them; otherwise nothing is done, and the page says so."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, request, url_for

from companion import contract
from companion.editorial import changes, corrections, curation
from companion.editorial.busy import calendars as busy_calendars
from companion.editorial.busy.calendars import Objectionable
from companion.editorial.planning import agree, placement, replan
from companion.editorial.planning.suggestions.kept import keep_proposed, proposed
from companion.errors import Conflict
from companion.records import Item
from companion.web.context import companion, now, store, zone
from companion.web.pages import pages
from companion.web.pages.said import ARRIVED, IMPORTED, MOVES, OF_AGREEMENT, SLOT_CHANGES, calmly, done

Fields = Mapping[str, str]


def _back(about: Fields) -> str:
    """Takes an article back to where it was, and says where that is."""
    item = curation.get_item(store(), about.get("item", ""))
    _require((item["status"], item["slot_id"] or "") == (about.get("now"), about.get("to", "")))
    return ARRIVED[_moved_back(item, about.get("was", ""), about.get("slot", ""))["status"]]


def _moved_back(item: Item, was: str, slot_id: str) -> Item:
    if item["status"] == "published":
        item = placement.unpublish(store(), item["id"], now())
        if was != "dropped":
            return item
    if was == "planned":
        return placement.place(store(), item["id"], slot_id, zone(), now())
    contract.require("item_edit", {"status": was})
    return curation.edit_item(store(), item["id"], {"status": was}, now())


def _not_declined(about: Fields) -> str:
    item, slot_id = curation.get_item(store(), about.get("item", "")), about.get("slot")
    _require(slot_id in item["declined_slots"])
    others = [slot for slot in item["declined_slots"] if slot != slot_id]
    curation.edit_item(store(), item["id"], {"declined_slots": others}, now())
    # Suggestions stay where they are while they may: without this it would stay where the refusal put it.
    elsewhere = {other: place for other, place in proposed(store()).items() if place != slot_id}
    keep_proposed(store(), {**elsewhere, item["id"]: str(slot_id)})
    return "undone"


def _slot_as_before(about: Fields) -> str:
    changes.take_back(store(), about.get("change", ""))
    return "undone"


def _import_back(about: Fields) -> str:
    changes.take_back(store(), about.get("change", ""), changes.IMPORTS)
    return "undone"


def _changed_since(conflict: Conflict) -> dict[str, str]:
    """The first record that keeps an act of many from being taken back, as far as it is there to be named."""
    for problem in conflict.problems:
        table, _, record_id = problem["path"].partition("/")
        if {"slots": store().slots, "items": store().items}[table].find(record_id):
            return {table.removesuffix("s"): record_id}
    return {}


def _agreement_back(_about: Fields) -> str:
    agree.take_back(store())
    return "undone"


def _calendar_back(about: Fields) -> str:
    calendar = companion().removed_calendars.get(about.get("calendar", ""))
    if calendar is None:
        raise Conflict("Only the companion that took it out can put it back.")
    try:
        busy_calendars.put_back(store(), calendar)
    except Objectionable as objection:
        raise Conflict("Another calendar came in its place.") from objection
    companion().removed_calendars.pop(calendar["id"], None)
    return "undone"


def _as_found_before(about: Fields) -> str:
    corrections.take_back(store(), about.get("item", ""), now())
    return "undone"


def _not_replanned(_: Fields) -> str:
    replan.take_back(store(), zone(), now())
    return "undone"


def _require(is_as_left: bool) -> None:
    if not is_as_left:
        raise Conflict("Things changed meanwhile, so nothing was done.")


_WAYS_BACK: dict[str, Callable[[Fields], str]] = {
    **dict.fromkeys(MOVES, _back),
    **dict.fromkeys(OF_AGREEMENT, _agreement_back),
    "calendar_removed": _calendar_back,
    "corrected": _as_found_before,
    "declined": _not_declined,
    **dict.fromkeys(SLOT_CHANGES, _slot_as_before),
    **dict.fromkeys(IMPORTED, _import_back),
    "replanned": _not_replanned,
}


@pages.post("/undo")
@calmly
def undo() -> Any:
    """Takes back the act that the line on the page told of."""
    way_back = _WAYS_BACK.get(request.form.get("act", ""))
    if way_back is None:
        abort(404)
    try:
        with store().transaction():
            said = way_back(request.form)
    except Conflict as conflict:
        named = _changed_since(conflict) if way_back is _import_back else {}
        if not named:
            raise
        return done(f"changed_since_{min(named)}", url_for("pages.week"), **named)
    return done(said, url_for("pages.week"), item=request.form.get("item"))
