"""What the daily quarter of an hour opens on: what to read that fits, and which views are missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log

from companion.editorial.classes import find_freshness
from companion.editorial.planning.slots import has_passed
from companion.editorial.planning.suggestions.worth import HALF_LIFE_DAYS, appeared
from companion.editorial.times import moment
from companion.records import Item, Slot

DAY = timedelta(days=1)
# A view for a post within this time is for now; later ones have their time.
SOON = timedelta(days=7)
MOST_VIEWS = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A planned post without the user's view."""

    slot: Slot
    item: Item


@dataclass(frozen=True, slots=True)
class Pile:
    """Articles that together fit in the minutes left, and how many others would fit in their place.

    `react` are the posts of the coming week without a view, `later` those after it.
    """

    left: int
    read: list[Item]
    others: int
    react: list[Waiting]
    later: list[Waiting]


def find_pile(
    queued: Sequence[Item], slots: Sequence[Slot], items: Mapping[str, Item], left: int, now: datetime
) -> Pile:
    """What fits in `left` minutes. `slots` are those ahead in order of time, `items` what stands in them."""
    unread = [item for item in queued if not item["commentary"].strip()]
    fitting = [item for item in unread if 0 < item["article"]["reading_minutes"] <= left]
    read = _together(sorted(fitting, key=lambda item: -_lost_in_a_day(item, now)), left)
    waiting = [Waiting(slot, item) for slot in slots if (item := _viewless(slot, items, now))]
    react = [one for one in waiting if moment(one.slot["starts_at"]) - now <= SOON]
    return Pile(left, read, len(fitting) - len(read), react[:MOST_VIEWS], waiting[len(react) :][:MOST_VIEWS])


def _together(items: Sequence[Item], left: int) -> list[Item]:
    """The first of them that fit in the minutes one after the other, short ones where a long one does not."""
    chosen = []
    for item in items:
        minutes = item["article"]["reading_minutes"]
        if minutes <= left:
            chosen.append(item)
            left -= minutes
    return chosen


def _lost_in_a_day(item: Item, now: datetime) -> float:
    """How fast its worth goes now: news of today goes first, what lasts can wait, and so can old news."""
    half_life = HALF_LIFE_DAYS[find_freshness(item, now).value]
    age = (now - (appeared(item) or moment(item["captured_at"]))) / DAY
    return log(2) / half_life * 0.5 ** (max(age, 0.0) / half_life)


def _viewless(slot: Slot, items: Mapping[str, Item], now: datetime) -> Item | None:
    if slot["status"] != "planned" or has_passed(slot, now):
        return None
    item = items.get(slot["item_id"] or "")
    return item if item and not item["commentary"].strip() else None
