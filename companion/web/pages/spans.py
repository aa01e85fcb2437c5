"""Days, weeks and open slots as the pages ask for them."""

from datetime import date, timedelta

from flask import request

from companion.editorial import curation
from companion.editorial.agreement import posting_hours
from companion.editorial.planning import calendar
from companion.editorial.times import local_day, moment, monday
from companion.errors import NotFound
from companion.records import Item, Slot
from companion.web.context import now, store, zone

_WEEKS_OFFERED = 4
# Days beyond these name no plan, and come near the ends of what a date can be.
_YEARS = range(2000, 2101)


def today() -> date:
    """The date where the user is."""
    return local_day(now(), zone())


def this_monday() -> date:
    """The first day of the current week."""
    return monday(today())


def end_of_week(day: date) -> date:
    """The Sunday after a Monday."""
    return day + timedelta(days=6)


def week_ahead() -> date:
    """The first day of the week that matters now: in the weekend, when no slot is left in this one, the next."""
    return this_monday() + timedelta(weeks=1 if today().isoweekday() > 5 else 0)


def day_bounds() -> tuple[str, str]:
    """The earliest and the latest hour of any day in which a post may go out."""
    hours = posting_hours(store())
    return min((one["starts"] for one in hours), default=""), max((one["ends"] for one in hours), default="")


def asked_monday(text: str | None, default: date) -> date:
    """The Monday of a week written as `2026-W48`; the default for anything else."""
    return read_date(f"{text}-1") or default


def week_name(day: date) -> str:
    """The ISO week a day is in, as `2026-W48`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def asked_date(name: str, default: date) -> date:
    """The date in the query under this name, or the default where there is none that can be read."""
    return read_date(request.args.get(name, "")) or default


def read_date(text: str) -> date | None:
    """The day written so, if it is one that somebody may plan for."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def asked_range(weeks: int) -> tuple[date, date]:
    """The days `from` and `to` of the query, in order and no more than the calendar answers for."""
    first = asked_date("from", this_monday())
    last = max(first, asked_date("to", first + timedelta(weeks=weeks, days=-1)))
    return first, min(last, first + timedelta(days=calendar.MAX_DAYS - 1))


def open_slots() -> list[Slot]:
    """The slots of the coming weeks that nothing stands in yet."""
    slots = calendar.calendar(store(), zone(), today(), today() + timedelta(weeks=_WEEKS_OFFERED))
    return [slot for slot in slots if slot["status"] == "open" and moment(slot["starts_at"]) > now()]


def item_of(slot: Slot) -> Item | None:
    """The article in a slot."""
    if not slot["item_id"]:
        return None
    try:
        return curation.get_item(store(), slot["item_id"])
    except NotFound:
        return None
