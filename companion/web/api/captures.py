"""Captures come in; a receipt goes out once everything is on the disk."""

from flask import Response, jsonify

from companion.editorial.articles import WAITING
from companion.editorial.captures import take_capture
from companion.web.api.blueprints import api
from companion.web.api.decoding import body
from companion.web.context import companion, now, store, zone
from companion.web.reasons import suggestion


@api.post("/captures")
def post_capture() -> tuple[Response, int]:
    """Take a capture: 201 for a new item, 200 for a known one."""
    taken = take_capture(store(), companion().reader, body("capture"), zone(), now())
    if taken.item.get("fetch") == WAITING:
        companion().links.ask(taken.item["id"])
    suggestions = [suggestion(suggested) for suggested in taken.suggestions]
    receipt = jsonify(
        item=taken.item,
        article=taken.item["article"],
        known=taken.known,
        suggestions=suggestions,
        today=taken.today,
    )
    return receipt, 200 if taken.known else 201
