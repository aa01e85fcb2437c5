"""The content plan as a calendar file: an event per post, at its wall time in its zone."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from companion.editorial.content_plan import PlanRow
from companion.exports.plan import Format, Plan, Say, hashtag_line, people_line, printable, unchanged

if TYPE_CHECKING:
    from icalendar import Event
    from icalendar.prop import vInline

PRODID = "-//Kwartier//Content plan//EN"
LENGTH = timedelta(minutes=15)


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """A VCALENDAR with the slots that hold an item, the own posts that have a topic, and the daily quarters.

    Preparation is not among them yet.
    """
    from icalendar import Calendar  # 60 ms, so only where a calendar is asked for

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _text(f"Kwartier: {say('Content plan')}"))
    changes = _changes(plan)
    for row in plan.rows:
        if row.day and (row.link or (row.kind == "own" and row.topic)):
            calendar.add_component(_event(row, plan.generated_at, changes.get(row.id, 0), say))
    for quarter in plan.quarters:
        calendar.add_component(_quarter(quarter, plan.generated_at, say))
    # Rules for the whole years that the plan touches, and one more, as posts move.
    calendar.add_missing_timezones(date(plan.first.year, 1, 1), date(plan.last.year + 2, 1, 1))
    # The library adds them in no fixed order; the same plan is to give the same file.
    calendar.subcomponents.sort(key=lambda part: (part.name != "VTIMEZONE", str(part.get("tzid", ""))))
    return bytes(calendar.to_ical())


def _changes(plan: Plan) -> Mapping[str, int]:
    """How often the item in each slot was changed, by the slot's id."""
    revisions = {item["id"]: item["revision"] for item in plan.items}
    return {slot["id"]: revisions.get(slot["item_id"] or "", 0) for slot in plan.slots}


def _event(row: PlanRow, generated_at: datetime, sequence: int, say: Say) -> "Event":
    from icalendar import Event

    assert row.day and row.clock
    start = datetime.combine(row.day, row.clock, ZoneInfo(row.zone))
    event = Event()
    event.add("uid", f"{row.id}@kwartier")
    event.add("dtstamp", generated_at.astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", start + LENGTH)
    event.add("summary", _text(_summary(row)))
    event.add("description", _text(_description(row, say)))
    event.add("categories", _text(row.channel, say(row.kind)))
    event.add("status", "TENTATIVE" if row.status == "open" else "CONFIRMED")
    # A post keeps nobody from a meeting, and our own events must not come back as busy time.
    event.add("transp", "TRANSPARENT")
    event.add("sequence", sequence)
    if row.link:
        event.add("url", row.link)
    return event


def _quarter(quarter: tuple[datetime, datetime], generated_at: datetime, say: Say) -> "Event":
    """A day has one, so that it keeps its id when a meeting moves it."""
    from icalendar import Event

    starts, ends = quarter
    event = Event()
    event.add("uid", f"quarter-{starts.date().isoformat()}@kwartier")
    event.add("dtstamp", generated_at.astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", _text(say("Your quarter of an hour")))
    # It is time that the user keeps for it; reading calendars, Kwartier leaves out its own events by their ids.
    event.add("transp", "OPAQUE")
    return event


def _summary(row: PlanRow) -> str:
    """An own post goes by its topic, a commentary by the article's title."""
    names = (row.topic, row.title) if row.kind == "own" else (row.title, row.topic)
    return next((name for name in names if name), row.link)


def _description(row: PlanRow, say: Say) -> str:
    people = f"{say('People')}: {people_line(row)}" if row.people else ""
    return "\n\n".join(part for part in (row.commentary, row.link, hashtag_line(row), people) if part)


def _text(*values: str) -> "vInline":
    r"""A list of texts, escaped here: the library takes the letters `\N`, as in `C:\New`, for a new line."""
    from icalendar.prop import vInline

    escaped = (re.sub(r"([\\;,])", r"\\\1", printable(value)).replace("\n", r"\n") for value in values)
    return vInline(",".join(escaped))


FORMAT = Format("ics", "text/calendar; charset=utf-8", "ics", render)
