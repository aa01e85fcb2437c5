"""A weekly pattern that fits what was agreed: so many posts a week, within the working hours, well apart."""

from collections.abc import Sequence
from math import ceil
from typing import TypeAlias

from companion.records import Agreement, Cadence, CadenceEntry, WorkingHours

Minutes: TypeAlias = tuple[int, int]

DAY, HOUR = 24 * 60, 60
# Two posts within a working day compete for the same readers: the advice quoted most is 18 hours.
APART = 18 * HOUR
# Before the day fills up, and at the end of the morning for what the morning brought.
COMMENTARY_AT, AD_HOC_AT = 8 * HOUR + 40, 12 * HOUR + 10
# Nobody posts in the first or the last minute of a working day.
MARGIN = 10
# As the contract limits it.
MOST_WEEKS = 8
# One post every three weeks is agreed on as 0.33.
ROUNDED = 0.05
NAMES = ("mon", "tue", "wed", "thu", "fri")


def fitted(agreement: Agreement) -> Cadence:
    """The weekly pattern of this agreement: commentaries over the week, and every other week room for the topical.

    There is at most one post on each working day. Where the hours leave no 18 hours between two posts, it has less.
    """
    pace, days = agreement["posts_a_week"], _days(agreement["hours"])
    rhythms = _rhythms(pace)[: len(days)]
    chosen = [list(days)[_position(number, len(rhythms), len(days))] for number in range(len(rhythms))]
    times = _times(chosen, days)
    channel = agreement["channels"][0]
    kept = zip(chosen, rhythms, strict=True)
    entries = [_entry(day, times[day], "commentary", channel, weeks) for day, weeks in kept if day in times]
    # Below one post a week, room for something topical would double the pace.
    topical = _topical(days, times) if pace >= 1 else None
    return {"entries": [*entries, _entry(*topical, "ad_hoc", channel, 2)] if topical else entries}


def pace(cadence: Cadence) -> float:
    """How many posts a week the pattern has, apart from the room that it keeps for something topical."""
    return sum(1 / entry["every_weeks"] for entry in cadence["entries"] if entry["kind"] != "ad_hoc")


def outside(cadence: Cadence, hours: Sequence[WorkingHours]) -> list[CadenceEntry]:
    """The entries that lie outside these hours, and so yield no slot."""
    days = _days(hours)
    return [entry for entry in cadence["entries"] if not _lies_in(days.get(entry["weekday"], []), entry["time"])]


def _lies_in(stretches: Sequence[Minutes], clock: str) -> bool:
    return any(starts <= _minutes(clock) < ends for starts, ends in stretches)


def _days(hours: Sequence[WorkingHours]) -> dict[int, list[Minutes]]:
    days: dict[int, list[Minutes]] = {}
    for one in sorted(hours, key=lambda one: (one["weekday"], one["starts"])):
        days.setdefault(one["weekday"], []).append((_minutes(one["starts"]), _minutes(one["ends"])))
    return days


def _minutes(clock: str) -> int:
    return int(clock[:2]) * HOUR + int(clock[3:])


def _rhythms(pace: float) -> list[int]:
    """Every how many weeks each post goes out, together never more than agreed.

    Three a fortnight are one each week and one every other.
    """
    whole, rest = divmod(pace, 1)
    weeks = ceil(1 / rest - ROUNDED) if rest else 0
    return [1] * int(whole) + ([weeks] if 0 < weeks <= MOST_WEEKS else [])


def _position(number: int, posts: int, days: int) -> int:
    """Which of the working days the post gets, so that all lie evenly over them."""
    return int((number + 0.5) * days / posts)


def _times(chosen: Sequence[int], days: dict[int, list[Minutes]]) -> dict[int, int]:
    times: dict[int, int] = {}
    for day in chosen:
        earliest = times[day - 1] + APART - DAY if day - 1 in times else 0
        time = _time_near(COMMENTARY_AT, days[day], earliest, DAY)
        if time is not None:
            times[day] = time
    return times


def _topical(days: dict[int, list[Minutes]], times: dict[int, int]) -> tuple[int, int] | None:
    """The last working day without a post, and the time on it that is far enough from those around."""
    for day in reversed([day for day in days if day not in times]):
        earliest = times[day - 1] + APART - DAY if day - 1 in times else 0
        latest = times[day + 1] + DAY - APART if day + 1 in times else DAY
        time = _time_near(AD_HOC_AT, days[day], earliest, latest)
        if time is not None:
            return day, time
    return None


def _time_near(wanted: int, stretches: Sequence[Minutes], earliest: int, latest: int) -> int | None:
    """The time in the working hours nearest to the one wanted, from `earliest` up to and including `latest`."""
    if any(starts <= wanted < ends for starts, ends in stretches) and earliest <= wanted <= latest:
        return wanted
    inner = [(max(starts + MARGIN, earliest), min(ends - MARGIN, latest)) for starts, ends in stretches]
    nearest = [min(max(wanted, first), last) for first, last in inner if first <= last]
    return min(nearest, key=lambda time: abs(time - wanted), default=None)


def _entry(day: int, time: int, kind: str, channel: str, weeks: int) -> CadenceEntry:
    return {
        "id": NAMES[day - 1],
        "weekday": day,
        "time": f"{time // HOUR:02}:{time % HOUR:02}",
        "kind": kind,  # type: ignore[typeddict-item]
        "channel": channel,
        "every_weeks": weeks,
    }
