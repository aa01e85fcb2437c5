"""The agreement: how often, about what and in which hours the user sets out to post."""

from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from companion.editorial.agreement import days_off
from companion.editorial.ports import Store
from companion.errors import Invalid
from companion.records import Agreement, WorkingHours

WORKING_WEEK = range(1, 6)


def every_day(starts: str, ends: str) -> list[WorkingHours]:
    """The same hours from Monday to Friday."""
    return [{"weekday": weekday, "starts": starts, "ends": ends} for weekday in WORKING_WEEK]


# Two posts a week is the pace most often advised, and one that holds beside full work. Of the presets for the mix,
# 5-3-2 (McCann, 2011): five posts about what others wrote, three of one's own, two of promotion at the most.
DEFAULT: Agreement = {
    "posts_a_week": 2,
    "hours": every_day("08:30", "17:30"),
    "channels": ["LinkedIn"],
    "topics": [],
    "goal": "",
    "starts_on": None,
    "country": None,
    "quarter_at": None,
    "own_domains": [],
    "mix": {"external": 50, "own": 30, "promotion": 20},
}
# Until the user has said when they work, a post may stand in any hour that somebody's working day has.
ANYBODYS_HOURS = every_day("07:00", "19:00")


def get_agreement(store: Store) -> Agreement:
    """The user's agreement, or the default."""
    kept = store.singletons.find("agreement")
    if kept is None:
        return DEFAULT
    return cast(Agreement, {name: kept.get(name, value) for name, value in DEFAULT.items()})


def is_made(store: Store) -> bool:
    """Whether the user has made an agreement, instead of the default."""
    return store.singletons.find("agreement") is not None


def set_agreement(store: Store, agreement: Agreement) -> Agreement:
    """Keep the agreement. What was accepted before stays where it is. Raises Invalid naming the field."""
    _require_hours(agreement["hours"])
    _require_quarter_within(agreement)
    if agreement["country"] and not days_off.is_known(agreement["country"]):
        raise Invalid.field("country", "is not one whose public holidays are known")
    names = [topic["name"].strip().casefold() for topic in agreement["topics"]]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise Invalid.field(f"topics[{number}].name", "stands here twice")
    if sum(cast(dict[str, int], agreement["mix"]).values()) != 100:
        raise Invalid.field("mix", "does not add up to 100")
    store.singletons.put({"id": "agreement", **agreement})
    return agreement


def _require_quarter_within(agreement: Agreement) -> None:
    """The quarter is moved around meetings, but never out of the working hours."""
    hours, quarter_at = agreement["hours"], agreement["quarter_at"]
    if quarter_at and not any(one["starts"] <= quarter_at < one["ends"] for one in hours):
        raise Invalid.field("quarter_at", "lies outside the working hours")


def _require_hours(hours: Sequence[WorkingHours]) -> None:
    if not hours:
        raise Invalid.field("hours", "has no day")  # Nothing could be planned.
    for number, stretch in enumerate(hours):
        if stretch["ends"] <= stretch["starts"]:
            raise Invalid.field(f"hours[{number}].ends", "does not lie after its start")
    ordered = sorted(hours, key=lambda stretch: (stretch["weekday"], stretch["starts"]))
    for earlier, later in pairwise(ordered):
        if earlier["weekday"] == later["weekday"] and later["starts"] < earlier["ends"]:
            raise Invalid.field(f"hours[{hours.index(later)}].starts", "lies within another stretch of that day")


def posting_hours(store: Store) -> Sequence[WorkingHours]:
    """The hours in which a post may go out."""
    return get_agreement(store)["hours"] if is_made(store) else ANYBODYS_HOURS
