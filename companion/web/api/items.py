"""Items: read, changed, placed in a slot, deleted."""

from typing import Any

from flask import Response, jsonify, request

from companion.editorial import curation
from companion.editorial.planning import placement
from companion.editorial.planning.suggestions import suggest_slots
from companion.web.api.blueprints import api
from companion.web.api.decoding import body, limit, one_of
from companion.web.context import now, store, zone
from companion.web.reasons import suggestion

STATUSES = ("queued", "planned", "published", "dropped")


@api.get("/items")
def list_items() -> Response:
    """A page of items, newest first; where snippets are asked for, by item the passage that the query finds.

    They are made from the texts, which takes several times as long as the search itself.
    """
    status, query = one_of("status", STATUSES), request.args.get("q", "")
    items, cursor = curation.find_items(store(), status, query, limit(), request.args.get("cursor"))
    is_asked = one_of("snippets", ("0", "1")) == "1"
    snippets: dict[str, Any] = {"snippets": store().search.snippets(query, items)} if is_asked else {}
    return jsonify(items=items, next_cursor=cursor, **snippets)


@api.get("/items/<item_id>")
def get_item(item_id: str) -> Response:
    """One item, with its article's text."""
    return jsonify(curation.item_with_text(store(), item_id))


@api.patch("/items/<item_id>")
def patch_item(item_id: str) -> Response:
    """Change fields of an item."""
    return jsonify(curation.edit_item(store(), item_id, body("item_edit"), now()))


@api.delete("/items/<item_id>")
def delete_item(item_id: str) -> tuple[str, int]:
    """Remove an item for good."""
    curation.delete_item(store(), item_id)
    return "", 204


@api.put("/items/<item_id>/slot")
def put_item_slot(item_id: str) -> Response:
    """Place the item in a slot."""
    return jsonify(placement.place(store(), item_id, body("placement")["slot_id"], zone(), now()))


@api.delete("/items/<item_id>/slot")
def delete_item_slot(item_id: str) -> Response:
    """Take the item out of its slot."""
    return jsonify(placement.release(store(), item_id, now()))


@api.get("/items/<item_id>/suggestions")
def get_suggestions(item_id: str) -> Response:
    """The slots that suit the item best."""
    item = curation.get_item(store(), item_id)
    return jsonify(suggestions=[suggestion(one) for one in suggest_slots(store(), item, zone(), now())])
