"""The content plan over a range of days, as a file: for the API, the page and the command alike."""

from datetime import date, datetime, timedelta

from flask import Response
from flask_babel import gettext

from companion import exports
from companion.editorial.busy import moment_of
from companion.editorial.content_plan import plan_rows
from companion.editorial.curation import every_item, items_of
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.times import local_day, monday
from companion.exports import Plan
from companion.web.context import now, store, zone

WEEKS = 12


def default_range() -> tuple[date, date]:
    """The twelve weeks from this Monday."""
    return range_from(monday(local_day(now(), zone())))


def range_from(first: date) -> tuple[date, date]:
    """Twelve weeks from this day."""
    return first, first + timedelta(weeks=WEEKS, days=-1)


def gather(first: date, last: date) -> Plan:
    """The plan of these days, both included, and the queued items behind it."""
    schedule = get_schedule(store(), zone(), first, last, now())
    slots = schedule.slots
    placed = items_of(store(), slots)
    queued = every_item(store(), "queued")
    return Plan(
        first=first,
        last=last,
        zone=zone().key,
        rows=plan_rows(slots, placed, queued),
        items=[*placed.values(), *queued],
        slots=slots,
        generated_at=now(),
        quarters=[_in_zone(quarter) for quarter in schedule.quarters.values() if quarter],
    )


def _in_zone(stretch: tuple[int, int]) -> tuple[datetime, datetime]:
    starts, ends = (moment_of(edge).astimezone(zone()) for edge in stretch)
    return starts, ends


def say(word: str) -> str:
    """A fixed word of the plan in the reader's language; in English the records' own, written as words."""
    return gettext(word).replace("_", " ")


def plan_file(name: str, first: date, last: date) -> Response:
    """The plan in the format of this name, as a download."""
    wanted = exports.lookup(name)
    content = wanted.render(gather(first, last), say)
    response = Response(content, content_type=wanted.media_type)
    file = exports.file_name(wanted.name, first, last, wanted.extension)
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
