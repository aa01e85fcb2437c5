"""The last two weeks of measured time, a line a day."""

from datetime import timedelta

from flask import render_template

from companion.editorial import time_log
from companion.web.context import store, zone
from companion.web.pages import pages, spans

DAYS = 14


@pages.get("/time")
def time() -> str:
    """Two weeks of days, today first."""
    last = spans.today()
    days = time_log.days(store(), last - timedelta(days=DAYS - 1), last)
    measured = any(day["browse"] or day["read"] or day["react"] or day["create"] for day in days)
    return render_template("time.html", days=days[::-1], measured=measured, zone_name=zone().key)
