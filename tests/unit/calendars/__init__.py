"""Calendar files as programs write them, and their busy times as a person would tell them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from companion.editorial.busy import moment_of
from companion.editorial.busy.files import BusyTimes, busy_times_in

FOLDER = Path(__file__).parent
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
THERE = "TZID=Europe/Amsterdam"
# Over both changes of the clock and the turn of the year.
FIRST, LAST = date(2026, 10, 19), date(2027, 4, 4)


def event(*lines: str, uid: str = "1") -> str:
    """A VEVENT with these lines."""
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def nine(*more: str, day: str = "20261124", zone: str = THERE, uid: str = "1") -> str:
    """Half an hour at nine, and more lines."""
    return event(f"DTSTART;{zone}:{day}T090000", f"DTEND;{zone}:{day}T093000", *more, uid=uid)


def instead(*more: str, of: str, at: str = "20261203T140000") -> str:
    """What stands in the place of one occurrence: a quarter of an hour."""
    return event(f"RECURRENCE-ID;{THERE}:{of}", f"DTSTART;{THERE}:{at}", "DURATION:PT15M", *more)


def days(text: str, clock: str = "09:00-09:30") -> list[str]:
    """`24 Nov, 1 Dec` as `told` tells it, each at this time."""
    return [f"{day.strip()} {clock}" for day in text.split(",")]


def calendar(*parts: str) -> bytes:
    """A calendar with these parts in it."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *"\n".join(parts).split("\n"), "END:VCALENDAR", ""]).encode()


def read(*parts: str, zone: ZoneInfo = AMSTERDAM, first: date = FIRST, last: date = LAST) -> BusyTimes:
    """The busy times of such a calendar."""
    return busy_times_in(calendar(*parts), zone, first, last)


def told(found: BusyTimes, zone: ZoneInfo = AMSTERDAM) -> list[str]:
    """Each stretch as `26 Oct 09:00-09:30`, and each whole day as `4 Dec`."""
    return [*_stretches(found, zone), *(f"{_day(day)}" for day in found.days)]


def _stretches(found: BusyTimes, zone: ZoneInfo) -> Iterator[str]:
    edges = iter(moment_of(minute).astimezone(zone) for minute in found.busy)
    for start, end in zip(edges, edges, strict=True):
        yield f"{start.day} {start:%b %H:%M}-{end:%H:%M}"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%b}"
