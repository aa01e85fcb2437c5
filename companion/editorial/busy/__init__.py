"""When the user is busy, and what is left of a working day. Moments are minutes since 1970-01-01T00:00Z."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from companion.editorial.agreement.working_days import WorkingDays
from companion.editorial.ports import Store
from companion.editorial.times import at

Stretch: TypeAlias = tuple[int, int]

# The ids of our own events end so: in the user's calendars they are no meetings.
OWN_UIDS = "@kwartier"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def minute_of(when: datetime) -> int:
    """The minute that a moment lies in."""
    return (when - EPOCH) // MINUTE


def moment_of(minute: int) -> datetime:
    """The moment, in UTC, at which a minute begins."""
    return EPOCH + minute * MINUTE


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time in order, where stretches that overlap or touch are one; empty ones are left out."""
    found: list[Stretch] = []
    for starts, ends in sorted(stretch for stretch in stretches if stretch[0] < stretch[1]):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((starts, ends))
    return found


@dataclass(frozen=True)
class Busy:
    """Stretches in order that do not touch, as `merged` gives them."""

    stretches: list[Stretch]

    def within(self, starts: int, ends: int) -> list[Stretch]:
        """The stretches that share a minute with this one, in order."""
        if starts >= ends:
            return []
        first = bisect_right(self.stretches, starts, key=lambda stretch: stretch[1])
        return self.stretches[first : bisect_left(self.stretches, ends, key=lambda stretch: stretch[0])]

    def overlaps(self, starts: int, ends: int) -> bool:
        """Whether any minute of it is busy."""
        return bool(self.within(starts, ends))


def busy_times(store: Store, zone: ZoneInfo) -> Busy:
    """All busy times of the user's calendars; their whole days are those of where the user is."""
    found: list[Stretch] = []
    for calendar in store.busy_calendars:
        edges = iter(calendar["busy"])
        found += zip(edges, edges, strict=True)
        found += (whole_day(date.fromisoformat(day), zone) for day in calendar["days"])
    return Busy(merged(found))


def whole_day(day: date, zone: ZoneInfo) -> Stretch:
    """From midnight to midnight there; 23 or 25 hours where the clocks change."""
    return minute_of(at(day, "00:00", zone)), minute_of(at(day + timedelta(days=1), "00:00", zone))


@dataclass
class FreeTime:
    """What the working days have left beside busy times and what was taken of it."""

    working: WorkingDays
    busy: Busy
    zone: ZoneInfo
    _left: dict[date, list[Stretch]] = field(default_factory=dict)

    def of_day(self, day: date) -> list[Stretch]:
        """The free stretches of a day, in order."""
        if day not in self._left:
            hours = [self._hours(day, *stretch) for stretch in self.working.stretches(day)]
            self._left[day] = [gap for starts, ends in hours for gap in gaps(starts, ends, self.busy)]
        return self._left[day]

    def _hours(self, day: date, starts: str, ends: str) -> Stretch:
        return minute_of(at(day, starts, self.zone)), minute_of(at(day, ends, self.zone))

    def end_of_day(self, day: date) -> int:
        """When the working day ends; for a day off, long ago."""
        return max((self._hours(day, *stretch)[1] for stretch in self.working.stretches(day)), default=0)

    def take(self, starts: int, ends: int) -> None:
        """Let this time be free no more."""
        day = moment_of(starts).astimezone(self.zone).date()
        taken = Busy([(starts, ends)])
        self._left[day] = [gap for stretch in self.of_day(day) for gap in gaps(*stretch, taken)]

    def is_free(self, starts: int, ends: int) -> bool:
        """Whether all of it lies in one free stretch."""
        day = moment_of(starts).astimezone(self.zone).date()
        return any(first <= starts and ends <= last for first, last in self.of_day(day))


def gaps(starts: int, ends: int, busy: Busy) -> Iterator[Stretch]:
    """What is left between two moments."""
    for busy_from, busy_to in busy.within(starts, ends):
        if starts < busy_from:
            yield starts, busy_from
        starts = max(starts, busy_to)
    if starts < ends:
        yield starts, ends
