"""Moments in UTC and days where the user is: the few conversions that everything else shares."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# A clock that shows an earlier year has never been set: 1970 is where computers begin to count.
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)

# Beyond these days the calendars of the libraries end before ours does.
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)


def instant(moment: datetime) -> str:
    """A moment as the contract writes it: UTC, whole seconds where it has no parts, ending in Z."""
    text = (
        moment.astimezone(UTC)
        .replace(tzinfo=None)
        .isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
    )
    return f"{text}Z"


def moment(text: str) -> datetime:
    """The moment that the contract writes so."""
    return datetime.fromisoformat(text)


def at(day: date, clock: time | str, zone: ZoneInfo) -> datetime:
    """The moment at which the clock on the wall shows this on this day; in a doubled hour, the first time."""
    wall = time.fromisoformat(clock) if isinstance(clock, str) else clock
    return datetime.combine(day, wall, zone).astimezone(UTC)


def local_day(when: datetime, zone: ZoneInfo) -> date:
    """The day it is there and then."""
    return when.astimezone(zone).date()


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())
