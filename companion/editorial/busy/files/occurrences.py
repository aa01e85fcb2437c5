"""When events take place: those that recur, with what was moved, added and left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from companion.editorial.busy.files.events import (
    MIDNIGHT,
    UNREADABLE,
    Event,
    Span,
    When,
    day_of,
    moment,
    period,
)
from companion.editorial.busy.files.lines import Line
from companion.editorial.busy.files.rules import Rule, read_rule
from companion.editorial.busy.files.zones import Zones

# Days are counted where the event is; a moment in range there lies at most a day beside it here.
MARGIN = timedelta(days=2)
# Far more than anyone moves by hand; each costs time.
MOST_DATES = 5_000


@dataclass(frozen=True)
class Range:
    """From the first up to and including the last day."""

    first: date
    last: date

    def may_hold(self, event: Event) -> bool:
        """Whether it lies near the range, so that it has to be looked at."""
        return _day(event.end) >= self.first - MARGIN and _day(event.start) <= self.last + MARGIN


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when


def occurrences(events: Sequence[Event], zones: Zones, days: Range) -> tuple[set[Span], int]:
    """The times in, or near, the range at which the events of one UID keep the user busy.

    And how many of them could be read in part only: of those stays busy what is known.
    """
    if not any(event.recurs for event in events):
        return _own_times(_current(events), days), 0
    overrides = [event for event in events if event.instead_of is not None]
    series = [Series([event, *overrides], zones, days) for event in _current(events)]
    series = series or [Series(overrides, zones, days)]
    spans = {span for one in series for span in one.times()}
    return spans, sum(not one.is_whole for one in series)


def _own_times(events: Iterable[Event], days: Range) -> set[Span]:
    return {(event.start, event.end) for event in events if event.is_busy and days.may_hold(event)}


def _current(events: Sequence[Event]) -> list[Event]:
    """Of the versions of an event the last; some programs give all of their events one UID, and those are all meant."""
    masters = [event for event in events if event.instead_of is None]
    newest = max((event.sequence for event in masters), default=0)
    return [event for event in masters if event.sequence == newest]


class Series:
    """An event that recurs, with those that stand in the place of its occurrences; or these alone."""

    def __init__(self, events: Sequence[Event], zones: Zones, days: Range) -> None:
        self._events, self._zones, self._days = events, zones, days
        # Whether all of it could be read, as far as it was looked at.
        self.is_whole = True

    def times(self) -> set[Span]:
        """Its times in, or near, the range. Where its rule cannot be read, the times that it names itself."""
        try:
            return set(self._expanded())
        except UNREADABLE:
            self.is_whole = False
            return _own_times(self._events, self._days)

    def _expanded(self) -> Iterator[Span]:
        components = [self._component(number, event) for number, event in enumerate(self._events)]
        for found in _between(components, self._days.first - MARGIN, self._days.last + MARGIN):
            event = self._events[int(found["SUMMARY"])]
            start, end = found["DTSTART"].dt, found["DTEND"].dt
            if event.is_busy:
                yield start, event.end_of(start, end)

    def _component(self, number: int, event: Event) -> Any:
        """The event for the library that knows rules, which hands its number back."""
        rule = self._rule(event)
        later = rule.skipped(event.start, self._days.first) if rule else timedelta(0)
        component = _component(event.start + later, event.end + later, rule)
        component.add("SUMMARY", str(number))
        component.add("SEQUENCE", event.sequence)
        if event.instead_of is not None:
            parameters = {"RANGE": "THISANDFUTURE"} if event.is_for_all_later else {}
            component.add("RECURRENCE-ID", self._occurrence(event.instead_of), parameters)
        for name in ("EXDATE", "RDATE"):
            if dates := self._dates(event, name):
                component.add(name, dates)
        return component

    def _rule(self, event: Event) -> Rule | None:
        line = event.part.first("RRULE")
        return read_rule(line.value, event.start, self._zones.floating) if line else None

    def _dates(self, event: Event, name: str) -> list[When | Span]:
        """The days and moments on the lines of this name; what cannot be read is left out."""
        texts = [(text, line) for line in event.part.all(name) for text in line.value.split(",") if text.strip()]
        if len(texts) > MOST_DATES:
            raise ValueError("more dates than anyone wrote down")
        found: list[When | Span] = []
        for text, line in texts:
            try:
                found.append(self._date(name, text, line))
            except UNREADABLE:
                self.is_whole = False
        return found

    def _date(self, name: str, text: str, line: Line) -> When | Span:
        if "/" in text:
            return period(text, line, self._zones)
        when = moment(text, line, self._zones)
        is_added = name == "RDATE" and isinstance(self._events[0].start, datetime)
        return when if is_added else self._occurrence(when)

    def _occurrence(self, when: When) -> When:
        """The occurrence that is meant, where some programs write its day alone, or midnight of it."""
        start = self._events[0].start
        if not isinstance(start, datetime):
            return day_of(when, self._zones.floating)
        is_moment = isinstance(when, datetime) and (
            when.time() != MIDNIGHT or when.astimezone(start.tzinfo).time() == start.time()
        )
        return when if is_moment else datetime.combine(when, start.timetz())


def _component(start: When, end: When, rule: Rule | None) -> Any:
    from icalendar import Event as Component
    from icalendar import vRecur

    component = Component()
    component.add("UID", "one")
    component.add("DTSTART", start)
    component.add("DTEND", end)
    if rule:
        component.add("RRULE", vRecur.from_ical(rule.text))
    return component


def _between(components: Iterable[Any], first: date, last: date) -> Any:
    import recurring_ical_events
    from icalendar import Calendar

    calendar = Calendar()
    for component in components:
        calendar.add_component(component)
    return recurring_ical_events.of(calendar).between(first, last)
