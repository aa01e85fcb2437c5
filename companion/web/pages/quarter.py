"""Your quarter: what fits in the minutes that today still has, in the order in which to use them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import render_template

from companion.editorial import curation
from companion.editorial.agreement import get_agreement
from companion.editorial.busy import Stretch, moment_of
from companion.editorial.planning.calendar import calendar
from companion.editorial.planning.pile import find_pile
from companion.editorial.planning.schedule import get_schedule
from companion.web.context import now, store, zone
from companion.web.pages import pages, spans
from companion.web.pages.week import minutes_left

_MOST_QUEUED = 300
_WEEKS_AHEAD = 4


@dataclass(frozen=True)
class Today:
    """The start and the end of today's quarter, None without one; and the agreed hour, None where there is none."""

    times: tuple[str, str] | None
    hour: str | None
    is_day_off: bool
    is_holiday: bool


@pages.get("/quarter")
def quarter() -> str:
    """When the quarter is today, and what it opens on."""
    today = spans.today()
    slots = calendar(store(), zone(), today, today + timedelta(weeks=_WEEKS_AHEAD))
    queued, _ = curation.find_items(store(), status="queued", limit=_MOST_QUEUED)
    pile = find_pile(queued, slots, curation.items_of(store(), slots), minutes_left(), now())
    return render_template("quarter.html", pile=pile, today=quarter_today())


def quarter_today() -> Today:
    """Where today's quarter lies, or why there is none."""
    schedule = get_schedule(store(), zone(), spans.today(), spans.today(), now())
    block = schedule.quarters.get(spans.today())
    return Today(
        times=_times(block) if block else None,
        hour=get_agreement(store())["quarter_at"],
        is_day_off=not schedule.working.stretches(spans.today()),
        is_holiday=schedule.working.is_holiday(spans.today()),
    )


def _times(block: Stretch) -> tuple[str, str]:
    starts, ends = (moment_of(minute).astimezone(zone()).strftime("%H:%M") for minute in block)
    return starts, ends


@pages.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {"quarter_today": quarter_today}
