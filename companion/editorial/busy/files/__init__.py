"""Busy times from calendar files as Outlook, Google, Apple and others write them: when, and never what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from companion.editorial.busy import EPOCH, MINUTE, Stretch, merged, minute_of, whole_day
from companion.editorial.busy.files.events import UNREADABLE, Event, Span, periods_in, read_event
from companion.editorial.busy.files.lines import Part, calendars_in
from companion.editorial.busy.files.occurrences import Range, occurrences
from companion.editorial.busy.files.zones import Zones

Fault: TypeAlias = Literal["not_a_calendar", "too_many_events"]

# As many as the record holds. The fullest working year has about 3,000.
MOST_STRETCHES = 50_000
MOST_EVENTS = MOST_UNREAD = 200_000
FREE = "FREE"
LONGEST_NAME = 100


class Unreadable(Exception):
    """A file gives no busy times; `fault` says why, in the codes of a busy calendar's `problem`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


@dataclass
class BusyTimes:
    """What is kept of a calendar file.

    `busy` has starts and ends in turn, in minutes since 1970-01-01T00:00Z; `days` are whole days, wherever the user
    is; `events` counts what they come from, and `unread` those of the file that could not be read, or in part only.
    """

    name: str
    busy: list[int]
    days: list[str]
    events: int
    unread: int


@dataclass
class _Found:
    """What has been found so far."""

    window: Stretch
    days: Range
    stretches: list[Stretch] = field(default_factory=list)
    dates: set[date] = field(default_factory=set)
    events: int = 0
    unread: int = 0

    def add(self, spans: Iterable[Span]) -> None:
        """Count these where they lie in the range. Raises Unreadable for too many, OverflowError for odd ones."""
        for start, end in spans:
            is_there = self._add_time(start, end) if isinstance(start, datetime) else self._add_days(start, end)
            self.events += is_there
        if self.events > MOST_EVENTS:
            raise Unreadable("too_many_events")

    def _add_time(self, start: datetime, end: date) -> bool:
        assert isinstance(end, datetime)
        first = max(minute_of(start.astimezone(UTC)), self.window[0])
        # A minute of which a second is busy is busy.
        last = min(-((EPOCH - end.astimezone(UTC)) // MINUTE), self.window[1])
        if start.astimezone(UTC) < end.astimezone(UTC) and first < last:
            self.stretches.append((first, last))
            return True
        return False

    def _add_days(self, start: date, end: date) -> bool:
        first, last = max(start, self.days.first), min(end - timedelta(days=1), self.days.last)
        self.dates.update(first + timedelta(days=number) for number in range((last - first).days + 1))
        return first <= last


def busy_times_in(ics: bytes, zone: ZoneInfo, first: date, last: date) -> BusyTimes:
    """When the events of a calendar file keep the user busy, from the first up to and including the last day.

    Times without a zone are in `zone`. An event that cannot be read is left out and counted; of one that can be read in
    part, what is known keeps busy. Raises Unreadable where the file is no calendar, or has more than anyone's.
    """
    calendars = calendars_in(ics)
    if not calendars:
        raise Unreadable("not_a_calendar")
    found = _Found((whole_day(first, zone)[0], whole_day(last, zone)[1]), Range(first, last))
    for calendar in calendars:
        _read(calendar, Zones(calendar, zone), found)
    stretches = merged(found.stretches)
    if len(stretches) > MOST_STRETCHES:
        raise Unreadable("too_many_events")
    days = [day.isoformat() for day in sorted(found.dates)]
    return BusyTimes(
        _name(calendars), list(chain.from_iterable(stretches)), days, found.events, min(found.unread, MOST_UNREAD)
    )


def _name(calendars: Iterable[Part]) -> str:
    names = (shown_name(calendar.value("X-WR-CALNAME").replace("\\", "")) for calendar in calendars)
    return next((name for name in names if name), "")[:LONGEST_NAME]


def shown_name(text: str) -> str:
    """A name without what cannot be seen, or turns the letters around it."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _read(calendar: Part, zones: Zones, found: _Found) -> None:
    owner = calendar.value("X-WR-CALNAME")
    by_uid: dict[str, list[Event]] = {}
    for number, part in enumerate(calendar.inside("VEVENT")):
        try:
            event = read_event(part, zones, owner)
        except UNREADABLE:
            found.unread += 1
        else:
            by_uid.setdefault(event.uid or f"{number} ", []).append(event)
    for events in by_uid.values():
        try:
            spans, in_part = occurrences(events, zones, found.days)
            found.add(spans)
            found.unread += in_part
        except UNREADABLE:
            found.unread += len(events)
    for part in calendar.inside("VFREEBUSY"):
        _read_free_busy(part, zones, found)


def _read_free_busy(part: Part, zones: Zones, found: _Found) -> None:
    for line in part.all("FREEBUSY"):
        if line.parameter("FBTYPE").upper() != FREE:
            try:
                found.add(periods_in(line, zones))
            except UNREADABLE:
                found.unread += 1
