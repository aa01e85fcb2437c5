"""An event of a calendar file: its times, its rule, and whether it keeps the user busy."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

from companion.editorial.busy import OWN_UIDS
from companion.editorial.busy.files.lines import Line, Part
from companion.editorial.busy.files.zones import Zones

When: TypeAlias = date | datetime
Span: TypeAlias = tuple[When, When]

WRITTEN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
DAY = timedelta(days=1)
# Of how Outlook shows a time, these two leave the user to be asked.
AT_HAND = {"FREE", "WORKINGELSEWHERE"}
AWAY = "OOF"
# What recurs lasts, and is moved by, no longer than this; each day of it costs time for each occurrence.
LONGEST = timedelta(days=366)
MIDNIGHT, LAST_SECOND = time(), time(23, 59, 59)

# What the libraries raise over values that they did not expect.
UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError)


@dataclass(frozen=True)
class Event:
    """One VEVENT. Whole days are dates, and `end` is the first moment after it.

    `instead_of` is the occurrence of another event in whose place it stands; `lasts` is its length where that is told.
    """

    part: Part
    start: When
    end: When
    is_busy: bool
    instead_of: When | None
    lasts: timedelta | None

    @property
    def uid(self) -> str:
        return self.part.value("UID")

    @property
    def sequence(self) -> int:
        found = self.part.value("SEQUENCE")
        return int(found) if found.isdecimal() else 0

    @property
    def is_for_all_later(self) -> bool:
        """Whether it stands in the place of the occurrences after that one, too."""
        line = self.part.first("RECURRENCE-ID")
        return line is not None and line.parameter("RANGE").upper() == "THISANDFUTURE"

    @property
    def recurs(self) -> bool:
        return self.instead_of is not None or any(self.part.first(name) for name in ("RRULE", "RDATE"))

    def end_of(self, start: When, end: When) -> When:
        """The end of an occurrence that ends then by the clock on the wall; a told length runs through its changes."""
        return after(start, self.lasts) if self.lasts and _length(start, end) == _length(self.start, self.end) else end


def read_event(part: Part, zones: Zones, owner: str) -> Event:
    """The event as it stands there; `owner` is who the calendar is named after.

    Raises ValueError or OverflowError where its times cannot be read.
    """
    line = part.first("DTSTART") or _cancelled(part)
    if line is None or not part.is_whole:
        raise ValueError("an event without a start, or broken off")
    start = moment_in(line, zones)
    length = part.value("DURATION") if not part.first("DTEND") else ""
    lasts = length_in(length) if length else None
    end = _end(part, start, lasts, zones)
    if part.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE":
        start, end = _as_dates(start, end, zones.floating)
    if isinstance(start, datetime) != isinstance(end, datetime) or _before(end, start):
        raise ValueError("an end that does not fit its start")
    event = Event(part, start, end, _keeps_busy(part, owner), _instead_of(part, zones), lasts)
    if event.recurs and (_length(start, end) > LONGEST or _is_moved_far(event, zones)):
        raise ValueError("longer, or moved further, than anyone's")
    return event


def _cancelled(part: Part) -> Line | None:
    """One occurrence that does not take place may be told by itself alone."""
    return part.first("RECURRENCE-ID") if part.value("STATUS").upper() == "CANCELLED" else None


def _instead_of(part: Part, zones: Zones) -> When | None:
    # Outlook writes it into series that were copied from another, which recur by themselves.
    line = None if part.first("RRULE") else part.first("RECURRENCE-ID")
    return moment_in(line, zones) if line else None


def _is_moved_far(event: Event, zones: Zones) -> bool:
    if not event.instead_of or not event.is_for_all_later:
        return False
    return abs(day_of(event.start, zones.floating) - day_of(event.instead_of, zones.floating)) > LONGEST


def moment_in(line: Line, zones: Zones) -> When:
    """The one moment or day on this line."""
    return moment(line.value, line, zones)


def periods_in(line: Line, zones: Zones) -> Iterator[Span]:
    """The stretches on this line."""
    for text in line.value.split(","):
        yield period(text, line, zones)


def period(text: str, line: Line, zones: Zones) -> Span:
    """A stretch that stands on this line, with its end or its length."""
    first, _, last = text.partition("/")
    start = moment(first, line, zones)
    is_length = last.strip().upper().startswith(("P", "+P"))
    return start, after(start, length_in(last)) if is_length else moment(last, line, zones)


def moment(text: str, line: Line, zones: Zones) -> When:
    """A moment or a day that stands on this line. Raises ValueError where it is none."""
    found = WRITTEN.fullmatch(text.strip().upper())
    if found is None:
        raise ValueError("no moment as calendars write it")
    year, month, day, hour, minute, second, utc = found.groups()
    if hour is None:
        return date(int(year), int(month), int(day))
    zone = UTC if utc else zones.get(name) if (name := line.parameter("TZID")) else zones.floating
    return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=zone)


def day_of(when: When, own: tzinfo) -> date:
    """The day that a moment stands for where whole days are meant.

    Outlook writes it as the user's midnight in UTC, others as the first or the last second of that day in UTC.
    """
    if not isinstance(when, datetime):
        return when
    is_meant_here = when.tzinfo is UTC and when.time() not in (MIDNIGHT, LAST_SECOND)
    return when.astimezone(own).date() if is_meant_here else when.date()


def _end(part: Part, start: When, lasts: timedelta | None, zones: Zones) -> When:
    if line := part.first("DTEND"):
        end = moment_in(line, zones)
        # Some write a whole day with its own date as its end.
        return end + DAY if end == start and not isinstance(end, datetime) else end
    if lasts is not None:
        return after(start, lasts)
    return start if isinstance(start, datetime) else start + DAY


def length_in(text: str) -> timedelta:
    """A length such as `PT1H30M`. Raises ValueError where it is none."""
    from icalendar import vDuration

    lasts: timedelta = vDuration.from_ical(text.strip().upper())  # type: ignore[no-untyped-call]
    return lasts


def after(start: When, lasts: timedelta) -> When:
    """The moment so much later: whole days by the calendar, hours by the clock that runs through."""
    if not isinstance(start, datetime) or not lasts % DAY:
        return start + lasts
    return (start.astimezone(UTC) + lasts).astimezone(start.tzinfo)


def _as_dates(start: When, end: When, own: tzinfo) -> Span:
    """The days that Outlook wrote as moments, from midnight to midnight."""
    days = [_midnight(when, own) for when in (start, end)]
    return (days[0], max(days[1], days[0] + DAY)) if days[0] and days[1] else (start, end)


def _midnight(when: When, own: tzinfo) -> date | None:
    if not isinstance(when, datetime):
        return when
    local = when.astimezone(own) if when.tzinfo is UTC else when
    return None if local.hour or local.minute else local.date()


def _before(one: When, other: When) -> bool:
    return one < other


def _length(start: When, end: When) -> timedelta:
    return end - start  # type: ignore[operator]  # Both are days, or both are moments.


def _keeps_busy(part: Part, owner: str) -> bool:
    shown = part.value("X-MICROSOFT-CDO-BUSYSTATUS").upper()
    if part.value("STATUS").upper() == "CANCELLED" or part.value("UID").endswith(OWN_UIDS) or _declined(part, owner):
        return False
    # Outlook writes a whole day away as transparent, too.
    return shown == AWAY or (part.value("TRANSP").upper() != "TRANSPARENT" and shown not in AT_HAND)


def _declined(part: Part, owner: str) -> bool:
    """Whether the owner will not come. Google names a calendar by its owner's address."""
    answers = (line for line in part.all("ATTENDEE") if line.parameter("PARTSTAT").upper() == "DECLINED")
    return any(line.value.strip().casefold() == f"mailto:{owner.casefold()}" for line in answers)
