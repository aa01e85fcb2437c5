"""The rules of a time zone as a calendar tells them: when its clocks change each year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
# The fifth of its kind is the last one.
_LAST = -1


@dataclass(frozen=True)
class Change:
    """The clocks change at `wall`, which they show by then by the old offset from UTC."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def places(self) -> set[int]:
        """The number of its weekday in the month, from the start, and -1 where it is the last one."""
        is_last = (self.wall + 7 * _DAY).month != self.wall.month
        return {(self.wall.day - 1) // 7 + 1, *([_LAST] if is_last else [])}


def zone_rules(name: str, first: int, last: int) -> "Timezone":
    """The zone of this name, true from the first of these years to the last.

    Outlook reads one rule for winter and one for summer of a zone (MS-STANOICAL, 2.2.47). Only where the changes follow
    none, as those in Morocco for Ramadan, each is told by its date.
    """
    from icalendar import Timezone

    zone = ZoneInfo(name)
    # What holds in the first January began in the year before.
    changes = list(_changes(zone, first - 1, last))
    summer, winter = ([each for each in changes if (each.after > each.before) is is_on] for is_on in (True, False))
    yearly = [(each[0], rule) for each in (winter, summer) if (rule := _rule(each, last - first + 2))]
    by_date = [(change, "") for change in (_since(zone, first - 1), *changes)]
    rules = Timezone()
    rules.add("tzid", name)
    for change, rule in yearly if len(yearly) == 2 else by_date:
        _add(rules, change, rule)
    return rules


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[Change]:
    """Each moment of these years at which the offset from UTC becomes another."""
    day, until = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while day < until:
        before, after = _offset(zone, day), _offset(zone, day + _DAY)
        if before != after:
            moment = _first_with(zone, after, day)
            wall = (moment + before).replace(tzinfo=None)
            yield Change(wall, before, after, str(moment.astimezone(zone).tzname()))
        day += _DAY


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _first_with(zone: ZoneInfo, offset: timedelta, day: datetime) -> datetime:
    """The first minute of this day that has the offset, as all later ones have."""
    low, high = 0, _DAY // _MINUTE
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _offset(zone, day + middle * _MINUTE) == offset else (middle + 1, high)
    return day + low * _MINUTE


def _since(zone: ZoneInfo, year: int) -> Change:
    start = datetime(year, 1, 1, tzinfo=zone)
    offset = _offset(zone, start)
    return Change(start.replace(tzinfo=None), offset, offset, str(start.tzname()))


def _rule(changes: Sequence[Change], years: int) -> str:
    """`FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU` where one such rule has them all, one a year; else empty."""
    alike = {(each.wall.month, each.wall.weekday(), each.wall.time(), each.before, each.after) for each in changes}
    places = set.intersection(*(each.places for each in changes)) if changes else set()
    if len(changes) != years or len(alike) != 1 or not places:
        return ""
    wall = changes[0].wall
    return f"FREQ=YEARLY;BYMONTH={wall.month};BYDAY={min(places)}{_DAYS[wall.weekday()]}"


def _add(rules: "Timezone", change: Change, rule: str) -> None:
    from icalendar import TimezoneDaylight, TimezoneStandard, vRecur

    part = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    part.add("dtstart", change.wall)
    if rule:
        part.add("rrule", vRecur.from_ical(rule))
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    rules.add_component(part)
