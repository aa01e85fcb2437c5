"""Days and times of day as people and spreadsheets write them."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal

from companion.editorial.times import FIRST_DAY, LAST_DAY

Order = Literal["dmy", "mdy"]
Cell = Any

# Where the day of a date and time was meant alone.
_NO_TIME = r"(?:[T ]0?0:00(?::00)?(?:\.0+)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_NO_TIME}", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_NO_TIME}", re.ASCII)
# "Tue 24 Nov 2026", "24. november 2026", "November 24, 2026".
_DAY_NAMED = r"(?:[^\W\d_]+\.?,?[ \xa0]+)?"
_MONTH_NAMED = re.compile(
    rf"{_DAY_NAMED}(?P<day>[0-9]{{1,2}})\.?[ \xa0-](?P<month>[^\W\d_]+)\.?,?[ \xa0-](?P<year>[0-9]{{4}})"
)
_MONTH_FIRST = re.compile(
    rf"{_DAY_NAMED}(?P<month>[^\W\d_]+)\.?[ \xa0](?P<day>[0-9]{{1,2}}),?[ \xa0](?P<year>[0-9]{{4}})"
)
# The newer clocks of systems put a narrow blank that does not break before "AM".
_TIME = re.compile(
    r"(\d{1,2})[:.hu](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?[\s\xa0\u2009\u202f]*(?:(a|p)\.?m\.?|uur|u|h)?",
    re.ASCII | re.IGNORECASE,
)
# Numbers that a CSV holds of cells whose look was lost; two places after the point would be minutes.
_NUMBER_OF_DAY, _PART_OF_DAY = re.compile(r"[0-9]{5}(?:[.,]0+)?"), re.compile(r"0?[.,][0-9]{3,}")
# Spreadsheets count days from here; these numbers lie in the years 2000 to 2173.
_DAY_ZERO, _FIRST, _LAST = date(1899, 12, 30), 36_526, 99_999
_MINUTES = 24 * 60


class Unclear(Exception):
    """A cell that cannot be read for sure; `fault` says why."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def read_day(cell: Cell, order: Order | None, months: Mapping[str, str] = MappingProxyType({})) -> str:
    """The day as the contract writes it; `months` are the numbers of their names, without capitals.

    Raises Unclear, also where its order is not known and matters.
    """
    day = _in_words(cell, months) if isinstance(cell, str) else ""
    day = day or _day(cell, order)
    if not FIRST_DAY.isoformat() < day < LAST_DAY.isoformat():
        raise Unclear("date")
    return day


def _in_words(text: str, months: Mapping[str, str]) -> str:
    """Empty where the text names no month, or no such day is there."""
    found = _MONTH_NAMED.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    month = months.get(found["month"].casefold(), "") if found else ""
    if found and month:
        with suppress(ValueError):
            return date(int(found["year"]), int(month), int(found["day"])).isoformat()
    return ""


def _day(cell: Cell, order: Order | None) -> str:
    if isinstance(cell, Mapping) and "day" in cell:
        return str(cell["day"])
    if isinstance(cell, str) and _NUMBER_OF_DAY.fullmatch(cell):
        cell = int(cell[:5])
    if isinstance(cell, int | float) and _FIRST <= cell <= _LAST:
        return (_DAY_ZERO + timedelta(days=int(cell))).isoformat()
    found = readings(cell) if isinstance(cell, str) else {}
    if order in found:
        return found[order]
    if order or not found:
        raise Unclear("date")
    if len(set(found.values())) > 1:
        raise Unclear("date_order")
    return next(iter(found.values()))


def readings(text: str) -> dict[Order, str]:
    """The day that a text names, by the order in which it is read; without those that give none."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = found.groups()
        return _days({"dmy": (year, month, day), "mdy": (year, month, day)})
    if found := _YEAR_LAST.fullmatch(text):
        one, _, other, year = found.groups()
        year = year if len(year) == 4 else f"20{year}"
        return _days({"dmy": (year, other, one), "mdy": (year, one, other)})
    return {}


def _days(parts: Mapping[Order, tuple[str, str, str]]) -> dict[Order, str]:
    days: dict[Order, str] = {}
    for order, numbers in parts.items():
        with suppress(ValueError):  # There is no such day, so it was not meant.
            days[order] = date(*map(int, numbers)).isoformat()
    return days


def order_of(days: Iterable[tuple[str, str]]) -> Order | None:
    """The order in which a file writes its days, from texts and the days that their lines have now.

    That is the one by which most lines keep their day; where that does not tell, the one by which more of the texts
    are days at all. None where neither tells.
    """
    scores: dict[Order, list[int]] = {"dmy": [0, 0], "mdy": [0, 0]}
    for text, now in days:
        for order, day in readings(text).items():
            scores[order][0] += day == now
            scores[order][1] += 1
    if scores["dmy"] == scores["mdy"]:
        return None
    return "dmy" if scores["dmy"] > scores["mdy"] else "mdy"


def read_time(cell: Cell) -> str:
    """The time of day as the contract writes it. Raises Unclear."""
    if isinstance(cell, Mapping) and "time" in cell:
        return str(cell["time"])
    if isinstance(cell, str) and _PART_OF_DAY.fullmatch(cell):
        cell = float(cell.replace(",", "."))
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 1:
        return _clock(*divmod(round(cell * _MINUTES) % _MINUTES, 60))
    found = _TIME.fullmatch(cell) if isinstance(cell, str) else None
    if found is None:
        raise Unclear("time")
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        raise Unclear("time")
    return _clock(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)


def _clock(hour: int, minute: int) -> str:
    if hour > 23 or minute > 59:
        raise Unclear("time")
    return f"{hour:02}:{minute:02}"
