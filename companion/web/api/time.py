"""Measured time: segments in, days out."""

from flask import Response, jsonify

from companion.editorial import time_log
from companion.editorial.planning.calendar import require_range
from companion.editorial.times import local_day
from companion.web.api.blueprints import api
from companion.web.api.decoding import body, local_date
from companion.web.context import now, store, zone


@api.post("/time/segments")
def post_segments() -> tuple[Response, int]:
    """Keep a browser's segments; each refused one is named."""
    batch = body("segment_batch")
    accepted, rejected = time_log.record(store(), batch["source"], batch["segments"], now())
    return jsonify(accepted=accepted, rejected=rejected), 202


@api.get("/time/days")
def get_days() -> Response:
    """Seconds by activity for each day of a range, with the entries they are made of."""
    today = local_day(now(), zone())
    first, last = local_date("from", today), local_date("to", today)
    require_range(first, last)
    return jsonify(days=time_log.days(store(), first, last))
