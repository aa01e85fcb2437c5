"""The calendar, its slots, and the cadence behind them."""

from flask import Response, jsonify

from companion.editorial import cadence
from companion.editorial import calendar as slots
from companion.web.api.blueprints import api
from companion.web.api.decoding import body, local_date
from companion.web.context import store, zone


@api.get("/calendar")
def get_calendar() -> Response:
    """The slots of a range of days, both included."""
    return jsonify(slots=slots.calendar(store(), zone(), local_date("from"), local_date("to")))


@api.post("/slots")
def post_slot() -> tuple[Response, int]:
    """Add a slot by hand."""
    return jsonify(slots.add_slot(store(), body("new_slot"), zone())), 201


@api.patch("/slots/<slot_id>")
def patch_slot(slot_id: str) -> Response:
    """Move, skip or refile a slot."""
    return jsonify(slots.edit_slot(store(), slot_id, body("slot_edit"), zone()))


@api.delete("/slots/<slot_id>")
def delete_slot(slot_id: str) -> tuple[str, int]:
    """Take a slot away."""
    slots.delete_slot(store(), slot_id, zone())
    return "", 204


@api.get("/cadence")
def get_cadence() -> Response:
    """The weekly pattern."""
    return jsonify(cadence.get_cadence(store()))


@api.put("/cadence")
def put_cadence() -> Response:
    """Replace the weekly pattern."""
    return jsonify(cadence.set_cadence(store(), body("cadence")))
