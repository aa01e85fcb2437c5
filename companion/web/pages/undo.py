"""Taking an act back, if things still are as the act left them; otherwise nothing is done, and the page says so."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, request, url_for

from companion import contract
from companion.editorial import calendar, curation, placement
from companion.errors import Conflict
from companion.records import Item
from companion.web.context import now, store, zone
from companion.web.pages import pages
from companion.web.pages.said import ARRIVED, MOVES, calmly, done

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
    return "undone"


def _not_skipped(about: Fields) -> str:
    slot = calendar.get_slot(store(), about.get("slot", ""), zone())
    _require(slot["status"] == "skipped")
    calendar.edit_slot(store(), slot["id"], {"status": "open"}, zone())
    return "slot_restored"


def _require(is_as_left: bool) -> None:
    if not is_as_left:
        raise Conflict("Things changed meanwhile, so nothing was done.")


_WAYS_BACK: dict[str, Callable[[Fields], str]] = {
    **dict.fromkeys(MOVES, _back),
    "declined": _not_declined,
    "slot_skipped": _not_skipped,
}


@pages.post("/undo")
@calmly
def undo() -> Any:
    """Takes back the act that the line on the page told of."""
    way_back = _WAYS_BACK.get(request.form.get("act", ""))
    if way_back is None:
        abort(404)
    with store().transaction():
        said = way_back(request.form)
    return done(said, url_for("pages.week"), item=request.form.get("item"))
