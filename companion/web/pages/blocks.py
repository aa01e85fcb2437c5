"""Stretches of time as the wall shows them, and the preparation of a slot among them."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from companion.editorial.busy import Stretch, moment_of
from companion.editorial.planning.preparation import Preparation
from companion.editorial.times import instant
from companion.web.context import zone

MIDNIGHT = "24:00"


@dataclass(frozen=True)
class Block:
    """A preparation on the wall; `instant` is when it begins, as it is sent back to accept it."""

    day: date
    starts: str
    ends: str
    instant: str


def block_of(preparation: Preparation | None) -> Block | None:
    """The block of a preparation; None where there is no room for it, or nothing to prepare any more."""
    if preparation is None or preparation.block is None:
        return None
    begins = moment_of(preparation.block[0])
    day = begins.astimezone(zone()).date()
    return Block(day, *on_the_wall(preparation.block, day, zone()), instant(begins))


def on_the_wall(stretch: Stretch, day: date, there: ZoneInfo) -> tuple[str, str]:
    """The part of a stretch that lies in this day, as clocks there show it."""
    starts, ends = (moment_of(minute).astimezone(there) for minute in stretch)
    return (
        "00:00" if starts.date() < day else f"{starts:%H:%M}",
        MIDNIGHT if ends.date() > day else f"{ends:%H:%M}",
    )
