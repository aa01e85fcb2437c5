"""What an item is worth in a slot by itself: by its age then, and by what is written about it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from companion.editorial.planning.suggestions.rules import is_bare
from companion.editorial.times import moment
from companion.records import Item, Slot

DAY = timedelta(days=1)
# The days in which half of an article's worth is gone.
HALF_LIFE_DAYS = {"news": 3.0, "analysis": 14.0, "evergreen": 180.0}
# After so many half-lives an article is stale. Kept when it was that already, it may still be a week's only post; but
# no week is so empty that something would have to wait for it until it is stale.
STALE_AFTER, STALE, STALE_BY_WAITING = 3, -0.5, -1.25
# What is written is nearly done. A link without an article and without a view waits for anything else.
VIEW_WRITTEN, BARE = 0.25, -2.0
# Advice on the best hour contradicts itself; mornings from Tuesday to Thursday are named most often. A weak hint.
PRIOR, PRIOR_WEEKDAYS, PRIOR_HOURS = 0.05, range(2, 5), ("08:00", "12:00")


def appeared(item: Item) -> datetime | None:
    """When the article came out, as far as it says so believably: not after it was captured."""
    try:
        published = moment(item["article"]["published"] or "")
    except ValueError:
        return None
    published = published if published.tzinfo else published.replace(tzinfo=UTC)
    return min(published, moment(item["captured_at"]))


def prior_of(slot: Slot) -> float:
    """What speaks for the hour."""
    weekday = datetime.fromisoformat(slot["date"]).isoweekday()
    return PRIOR if weekday in PRIOR_WEEKDAYS and PRIOR_HOURS[0] <= slot["time"] < PRIOR_HOURS[1] else 0.0


def worths(item: Item, freshness: str, ahead: Sequence[float], priors: Sequence[float], now: datetime) -> list[float]:
    """What the item is worth at moments so many days ahead of `now`, of which the hours have these priors.

    Its age counts from its capture where the article does not tell it, and where it lasts: what was worth keeping years
    after it came out is so today.
    """
    half_life = HALF_LIFE_DAYS[freshness]
    came_out = None if freshness == "evergreen" else appeared(item)
    age = (now - (came_out or moment(item["captured_at"]))) / DAY
    extra = (VIEW_WRITTEN if item["commentary"].strip() else 0.0) + (BARE if is_bare(item) else 0.0)
    return [
        0.5 ** ((age + days) / half_life) + extra + prior + _staleness(age / half_life, days / half_life)
        for days, prior in zip(ahead, priors, strict=True)
    ]


def _staleness(age: float, wait: float) -> float:
    """What having aged costs, by its age and the wait until its slot in half-lives."""
    if wait > STALE_AFTER:
        return STALE_BY_WAITING
    return STALE if age + wait > STALE_AFTER else 0.0
