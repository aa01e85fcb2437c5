"""Preparation: the block in the working day before a slot in which its post is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from companion.editorial.busy import FreeTime, Stretch, minute_of
from companion.editorial.planning.slots import has_post
from companion.editorial.times import moment
from companion.errors import Invalid
from companion.records import Slot

# What the design asks for: 25 minutes for a commentary, 60 to 120 for an own post (practice says 1 to 2 hours,
# research included), of which the least is the default.
MINUTES = {"commentary": 25, "ad_hoc": 25, "own": 60}
# Blocks begin on a quarter, as calendars show it.
GRID = 15
# The last hour of a day runs over too often to plan in it, as long as there is other room.
LAST_HOUR = 60
# How far back to look for the nearest block where the working day before has no room.
MOST_DAYS_BACK = 14
MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Preparation:
    """The block for a slot; `block` is None where there is no room for it at all.

    `fits` says whether it lies where it belongs: on the working day before, on the day of the slot itself, or where
    the user put it. Otherwise it is the nearest one before. `was_moved` tells that something came in the way of the
    block that was accepted.
    """

    slot_id: str
    minutes: int
    block: Stretch | None
    fits: bool
    was_moved: bool = False


def minutes_of(slot: Slot) -> int:
    """How long the preparation of its post takes."""
    return slot.get("preparation_minutes") or MINUTES[slot["kind"]]


def take_accepted(slots: Iterable[Slot], free: FreeTime, now: datetime) -> dict[str, Stretch]:
    """By the slot's id the blocks that were accepted and can stay; they are free no more."""
    return {slot["id"]: block for slot in slots if (block := _accepted(slot)) and _take_if_free(block, free, now)}


def find_preparations(
    slots: Sequence[Slot], accepted: Mapping[str, Stretch], free: FreeTime, now: datetime
) -> dict[str, Preparation]:
    """By the slot's id its block. `slots` are those ahead that are open or planned, in order of time.

    Where nothing was accepted, each takes what `free` has left: posts before slots that are still empty, and the
    earlier one first.
    """
    posts_first = sorted(slots, key=lambda slot: not has_post(slot))
    return {slot["id"]: _preparation(slot, accepted.get(slot["id"]), free, now) for slot in posts_first}


def require_before(slot: Slot) -> None:
    """Raise Invalid where the preparation that was accepted for a slot does not lie in the weeks before it."""
    if slot.get("prepare_at") and _accepted(slot) is None:
        raise Invalid.field("prepare_at", f"does not lie in the {MOST_DAYS_BACK} days before the slot")


def _accepted(slot: Slot) -> Stretch | None:
    """The block that was accepted; None where there is none, or where a program of the user's wrote it elsewhere."""
    if not (start := slot.get("prepare_at")):
        return None
    starts, latest = minute_of(moment(start)), minute_of(moment(slot["starts_at"]))
    is_before = latest - (MOST_DAYS_BACK + 1) * MINUTES_A_DAY <= starts and starts + minutes_of(slot) <= latest
    return (starts, starts + minutes_of(slot)) if is_before else None


def _take_if_free(block: Stretch, free: FreeTime, now: datetime) -> bool:
    """What is under way or over stays what it was, whatever has come in the way since."""
    is_over = block[0] <= minute_of(now)
    if is_over or free.is_free(*block):
        free.take(*block)
        return True
    return False


def _preparation(slot: Slot, kept: Stretch | None, free: FreeTime, now: datetime) -> Preparation:
    minutes = minutes_of(slot)
    if kept:
        return Preparation(slot["id"], minutes, kept, fits=True)
    was_moved = _accepted(slot) is not None
    for number, day in enumerate(_days_before(slot, free)):
        if block := _block_on(day, slot, minutes, free, now):
            free.take(*block)
            return Preparation(slot["id"], minutes, block, fits=number < 2, was_moved=was_moved)
    return Preparation(slot["id"], minutes, None, fits=False, was_moved=was_moved)


def _days_before(slot: Slot, free: FreeTime) -> Iterator[date]:
    """The days to look at, best first: the working day before, the day itself, and back from there.

    For something topical the day itself goes first.
    """
    own = date.fromisoformat(slot["date"])
    back = (own - timedelta(days=number) for number in range(1, MOST_DAYS_BACK + 1))
    working = (day for day in back if free.working.stretches(day))
    before = next(working, own)
    yield from (own, before) if slot["kind"] == "ad_hoc" else (before, own)
    yield from working


def _block_on(day: date, slot: Slot, minutes: int, free: FreeTime, now: datetime) -> Stretch | None:
    """The latest block of the day that ends before the slot, by preference not in the day's last hour."""
    earliest, latest = minute_of(now) + 1, minute_of(moment(slot["starts_at"]))
    return next(
        (
            block
            for limit in (min(latest, free.end_of_day(day) - LAST_HOUR), latest)
            for starts, ends in reversed(free.of_day(day))
            if (block := _latest(max(starts, earliest), min(ends, limit), minutes))
        ),
        None,
    )


def _latest(starts: int, ends: int, minutes: int) -> Stretch | None:
    """The latest block between two moments that begins on the grid, or right at the start where none does."""
    start = (ends - minutes) // GRID * GRID
    if start < starts <= ends - minutes:
        start = starts
    return (start, start + minutes) if start >= starts else None
