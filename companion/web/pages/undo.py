"""Taking an act back. Each has its own way; an act whose ground has changed says so."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for

from companion.editorial import calendar, curation, placement
from companion.errors import NotFound
from companion.web.context import now, store, zone
from companion.web.pages import pages
from companion.web.pages.said import calmly, done


def _back_in_slot(item_id: str, slot_id: str) -> str:
    if slot_id:
        placement.place(store(), item_id, slot_id, zone(), now())
        return "placed"
    return _queued(item_id, slot_id)


def _queued(item_id: str, slot_id: str) -> str:
    item = curation.get_item(store(), item_id)
    if item["status"] != "queued":
        curation.edit_item(store(), item_id, {"status": "queued"}, now())
    return "queued"


def _not_published(item_id: str, slot_id: str) -> str:
    _queued(item_id, slot_id)
    return _back_in_slot(item_id, slot_id)


def _not_declined(item_id: str, slot_id: str) -> str:
    declined = curation.get_item(store(), item_id)["declined_slots"]
    changes = [slot for slot in declined if slot != slot_id]
    curation.edit_item(store(), item_id, {"declined_slots": changes}, now())
    return ""


def _not_skipped(item_id: str, slot_id: str) -> str:
    calendar.edit_slot(store(), slot_id, {"status": "open"}, zone())
    return "slot_restored"


_WAYS_BACK: dict[str, Callable[[str, str], str]] = {
    "placed": _back_in_slot,
    "released": _back_in_slot,
    "dropped": _back_in_slot,
    "published": _not_published,
    "declined": _not_declined,
    "slot_skipped": _not_skipped,
}


@pages.post("/undo")
@calmly
def undo() -> Any:
    """Takes back the act that the line on the page told of."""
    form = request.form
    way_back = _WAYS_BACK.get(form.get("act", ""))
    if way_back is None:
        raise NotFound("There is nothing to undo.")
    item_id, slot_id = form.get("item", ""), form.get("slot", "")
    # Where an article ends up is said, so that it is never undone twice by mistake.
    said = way_back(item_id, slot_id)
    return done(said or "undone", url_for("pages.week"), item=item_id)
