"""The local pages: what the browser shows once it is let in."""

from typing import Any

from flask import Blueprint
from flask_babel import get_locale

from companion.editorial import time_log
from companion.records import Day
from companion.web import formats
from companion.web.context import store, zone
from companion.web.pages import spans

pages = Blueprint("pages", __name__)


@pages.record_once
def _register_filters(state: Any) -> None:
    filters = state.app.jinja_env.filters
    filters.update({helper.__name__: helper for helper in formats.PLAIN})
    filters["age"] = lambda instant: formats.age(instant, spans.today(), zone())
    filters["local_date"] = lambda instant: formats.local_date(instant, zone())
    filters["local_time"] = lambda instant: formats.local_time(instant, zone())


@pages.app_context_processor
def _for_every_page() -> dict[str, Any]:
    return {"language": str(get_locale() or "en"), "today_so_far": _today_so_far}


def _today_so_far() -> Day:
    return time_log.day(store(), spans.today())


# The modules add their routes to the blueprint above.
from companion.web.pages import (  # noqa: E402
    access,
    agreement,
    backups,
    busy_calendars,
    calendar,
    items,
    language,
    notices,
    people,
    plan_pages,
    posting,
    progress,
    quarter,
    replan,
    said,
    settings,
    slots,
    time,
    undo,
    week,
    welcome,
)

__all__ = [
    "access",
    "agreement",
    "backups",
    "busy_calendars",
    "calendar",
    "items",
    "language",
    "notices",
    "pages",
    "people",
    "plan_pages",
    "posting",
    "progress",
    "quarter",
    "replan",
    "said",
    "settings",
    "slots",
    "time",
    "undo",
    "week",
    "welcome",
]
