"""The content plan as a calendar: an event per post, per block to write it in, and per daily quarter.

Each stands at its wall time in its zone, and the zone's rules come along. The same plan gives the same bytes.
"""

import re
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from companion.editorial.content_plan.events import PlanEvent
from companion.editorial.content_plan.ledger import Revision
from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.printable import printable
from companion.exports.plan import Format, Plan, Say, hashtag_line, people_line, unchanged
from companion.exports.zone_rules import zone_rules

if TYPE_CHECKING:
    from icalendar import Calendar, Event
    from icalendar.prop import vInline

PRODID = "-//Kwartier//Content plan//EN"
# How often a program that subscribes is asked to look. Outlook goes by the older of the two names.
LOOK_EVERY = timedelta(hours=1)
# Words of an own post that has no topic, as its name.
NAME_LENGTH = 80


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """The calendar as a file."""
    return bytes(_calendar(plan, say).to_ical())


def render_feed(plan: Plan, say: Say = unchanged) -> bytes:
    """The calendar for programs that subscribe to it: it says, besides, in which zone it is and how often to look."""
    from icalendar.prop import vDuration

    calendar = _calendar(plan, say)
    calendar.add("x-wr-timezone", plan.zone)
    calendar.add("refresh-interval", vDuration(LOOK_EVERY), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(LOOK_EVERY))
    return bytes(calendar.to_ical())


def _calendar(plan: Plan, say: Say) -> "Calendar":
    from icalendar import Calendar  # 60 ms, so only where a calendar is asked for

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _text(f"Kwartier: {say('Content plan')}"))
    for event in plan.events:
        revision = plan.revisions.get(event.uid, Revision(0, plan.generated_at))
        calendar.add_component(_event(event, revision, say))
    _add_zones(calendar, plan)
    # Readers want to know a zone before the first time in it.
    calendar.subcomponents.sort(key=lambda part: part.name != "VTIMEZONE")
    return calendar


def _add_zones(calendar: "Calendar", plan: Plan) -> None:
    """Rules for the whole years that the plan touches, and one more, as posts move."""
    first, last = plan.first.year, plan.last.year + 1
    for name in sorted(calendar.get_missing_tzids()):
        calendar.add_component(zone_rules(name, first, last))


def _event(planned: PlanEvent, revision: Revision, say: Say) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", planned.uid)
    event.add("dtstamp", revision.changed_at.astimezone(UTC))
    event.add("last-modified", revision.changed_at.astimezone(UTC))
    event.add("sequence", revision.sequence)
    event.add("dtstart", planned.starts)
    event.add("dtend", planned.ends)
    event.add("summary", _text(_summary(planned, say)))
    # A post keeps nobody from a meeting. Writing and reading take time that the user keeps for them.
    event.add("transp", "TRANSPARENT" if planned.kind == "post" else "OPAQUE")
    if planned.row:
        _add_post(event, planned, planned.row, say)
    return event


def _add_post(event: "Event", planned: PlanEvent, row: PlanRow, say: Say) -> None:
    event.add("description", _text(_description(row, say)))
    if row.link:
        event.add("url", row.link)
    if planned.kind == "post":
        event.add("categories", _text(row.channel, say(row.kind)))
        event.add("status", "TENTATIVE" if row.status == "open" else "CONFIRMED")


def _summary(planned: PlanEvent, say: Say) -> str:
    if planned.kind == "quarter":
        return say("Your quarter of an hour")
    name = _name(planned.row) if planned.row else ""
    parts = (say("Write") if planned.kind == "preparation" else "", name)
    return ": ".join(part for part in parts if part)


def _name(row: PlanRow) -> str:
    """An own post goes by its topic, a commentary by the article's title, and what has neither by what it has."""
    names = (row.topic, row.title) if row.kind == "own" else (row.title, row.topic)
    return next((name for name in (*names, row.link) if name), " ".join(row.commentary.split())[:NAME_LENGTH])


def _description(row: PlanRow, say: Say) -> str:
    people = f"{say('People')}: {people_line(row)}" if row.people else ""
    return "\n\n".join(part for part in (row.commentary, row.link, hashtag_line(row), people) if part)


def _text(*values: str) -> "vInline":
    r"""A list of texts, escaped here: the library takes the letters `\N`, as in `C:\New`, for a new line."""
    from icalendar.prop import vInline

    escaped = (re.sub(r"([\\;,])", r"\\\1", printable(value)).replace("\n", r"\n") for value in values)
    return vInline(",".join(escaped))


FORMAT = Format("ics", "text/calendar; charset=utf-8", "ics", render, with_queue=False, has_revisions=True)
