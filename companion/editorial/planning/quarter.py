"""The daily quarter of an hour: a block in each working day, moved around meetings."""

from datetime import date
from zoneinfo import ZoneInfo

from companion.editorial.busy import FreeTime, Stretch, minute_of
from companion.editorial.times import at

MINUTES = 15
# Blocks begin on a round time, as calendars show it.
GRID = 5


def quarter_of(day: date, hour: str | None, free: FreeTime, zone: ZoneInfo) -> Stretch | None:
    """The free quarter of an hour of this day nearest to the user's hour, the later of two that are as near.

    None where none is planned, on a day off, and where the day has no free quarter left.
    """
    if hour is None:
        return None
    wanted = minute_of(at(day, hour, zone))
    starts = [_nearest(wanted, *gap) for gap in free.of_day(day) if _nearest(wanted, *gap) + MINUTES <= gap[1]]
    best = min(starts, key=lambda start: (abs(start - wanted), -start), default=None)
    return None if best is None else (best, best + MINUTES)


def _nearest(wanted: int, starts: int, ends: int) -> int:
    """The start on the grid, or at the wanted minute itself, that lies nearest to it in the gap."""
    if starts <= wanted <= ends - MINUTES:
        return wanted
    if wanted < starts:
        return -(-starts // GRID) * GRID
    return max(starts, (ends - MINUTES) // GRID * GRID)
