"""The zones that calendar files name, each program in its own way."""

import re
from collections.abc import Mapping
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from companion.editorial.busy.files.lines import Part

# What Windows shows in its list of zones, which some programs write instead of a name.
DISPLAYED = re.compile(r"\((?:UTC|GMT)(?:([+-])(\d\d):?(\d\d))?\)\s*(.*)")
# Windows lets the rules of a zone begin in 1601, and each look-up would walk from there. In 2000, a
# leap year too, they may as well begin: what is told are busy times of now.
SINCE_LONG_AGO = re.compile(r"^(DTSTART:)(?:0\d|1[0-7])\d\d", re.MULTILINE)
# The few of that list that name no city.
REGIONS = {
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "atlantic time": "America/Halifax",
    "coordinated universal time": "UTC",
}


class Zones:
    """The zones of one calendar: by name, else as it describes them itself, else `own`, the user's."""

    def __init__(self, calendar: Part, own: ZoneInfo) -> None:
        self._described = {part.value("TZID").strip('"'): part for part in calendar.inside("VTIMEZONE")}
        self._known: dict[str, tzinfo] = {}
        # Of times without a zone: the calendar's, where it says one, as Google and Apple write it.
        self.floating: tzinfo = named(calendar.value("X-WR-TIMEZONE")) or own

    def get(self, name: str) -> tzinfo:
        """The zone of this name. Raises ValueError where the file describes one that cannot be."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> tzinfo:
        return named(name) or self._as_described(name) or displayed(name) or self.floating

    def _as_described(self, name: str) -> tzinfo | None:
        part = self._described.get(name)
        if part is None:
            return None
        from icalendar import Timezone

        described = Timezone.from_ical(SINCE_LONG_AGO.sub(r"\g<1>2000", part.text()))
        return described.to_tz(lookup_tzid=False) if isinstance(described, Timezone) else None


def named(name: str) -> ZoneInfo | None:
    """A zone by its name in the zone database, with or without something before it, or by its name on Windows."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    parts = name.strip("/").split("/")
    # `/example.org/2026_1/Europe/Amsterdam`: what comes before the name is the writer's own.
    spellings = ["/".join(parts[start:]) for start in range(min(len(parts), 5))]
    known = next((spelling for spelling in [WINDOWS_TO_OLSON.get(name, ""), *spellings] if spelling in _names()), None)
    return ZoneInfo(known) if known else None


def displayed(name: str) -> tzinfo | None:
    """A zone by how Windows shows it: `(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna`."""
    found = DISPLAYED.match(name)
    if found is None:
        return None
    sign, hours, minutes, places = found.groups()
    for place in places.split(","):
        words = place.partition("(")[0].strip().casefold()
        if words in REGIONS or words in _cities():
            return ZoneInfo(REGIONS.get(words) or _cities()[words])
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset)


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _cities() -> Mapping[str, str]:
    places = sorted(name for name in _names() if "/" in name and not name.startswith("Etc/"))
    return {name.rpartition("/")[2].replace("_", " ").casefold(): name for name in places}
