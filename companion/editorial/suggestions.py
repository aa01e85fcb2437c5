"""Which slot suits an item, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from companion.editorial.articles import FINAL, OTHER_PAGES
from companion.editorial.calendar import calendar, has_passed
from companion.editorial.curation import items_of
from companion.editorial.ports import Store
from companion.editorial.times import local_day, moment, monday
from companion.records import Item, Slot

HORIZON = timedelta(weeks=7)
# Room for something topical stays free until this long before.
AD_HOC_RELEASE = timedelta(hours=48)
# The day on which half of an article's worth as news is gone; news, with 3, needs the freshness class to be known.
HALF_LIFE_DAYS = 14
FIRST_POST_IN_WEEK = 1.0
SAME_SOURCE_IN_WEEK = -0.4


@dataclass(frozen=True)
class Reason:
    """Why a slot suits: a code, and the values that its sentence needs."""

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Suggested:
    """A slot with its score, the higher the better, and the reasons that the score is made of."""

    slot: Slot
    score: float
    reasons: list[Reason]


def suggest_slots(store: Store, item: Item, zone: ZoneInfo, now: datetime, most: int = 3) -> list[Suggested]:
    """The slots that suit the item best, best first. None for an item that is out or set aside."""
    if item["status"] in ("published", "dropped"):
        return []
    today = local_day(now, zone)
    # Whole weeks, since a slot is judged by what else stands in its week.
    slots = calendar(store, zone, monday(today), monday(today) + HORIZON - timedelta(days=1))
    return rank(item, slots, items_of(store, slots), now)[:most]


def rank(item: Item, slots: Sequence[Slot], neighbours: Mapping[str, Item], now: datetime) -> list[Suggested]:
    """The open slots by how well they suit the item; `slots` are whole weeks, `neighbours` the items in them."""
    usable = [slot for slot in slots if is_usable(slot, now) and slot["id"] not in item["declined_slots"]]
    scored = [_score(item, slot, _same_week(slot, slots), neighbours, now) for slot in usable]
    return sorted(scored, key=lambda suggested: (-suggested.score, suggested.slot["starts_at"]))


def is_bare(item: Item) -> bool:
    """Whether it is a link for want of an article, about which nothing is written: anything else goes first."""
    return item["link_only"] and item.get("fetch") in FINAL | OTHER_PAGES and not item["commentary"].strip()


def is_usable(slot: Slot, now: datetime) -> bool:
    """Whether an item can be suggested for it: open, ahead, and not held free for a commentary of the day."""
    if slot["status"] != "open" or has_passed(slot, now) or slot["kind"] == "own":
        return False
    return slot["kind"] != "ad_hoc" or opens_at(slot) <= now


def opens_at(slot: Slot) -> datetime:
    """When a slot kept free for something topical comes free for the queue."""
    return moment(slot["starts_at"]) - AD_HOC_RELEASE


def _same_week(slot: Slot, slots: Sequence[Slot]) -> list[Slot]:
    week = _week(slot)
    return [other for other in slots if _week(other) == week and other["id"] != slot["id"]]


def _week(slot: Slot) -> tuple[int, int]:
    return moment(slot["date"]).isocalendar()[:2]


def _score(item: Item, slot: Slot, others: Sequence[Slot], neighbours: Mapping[str, Item], now: datetime) -> Suggested:
    terms = [_freshness(item, slot), *_week_terms(item, slot, others, neighbours, now), *_view(item)]
    return Suggested(slot, round(sum(score for score, _ in terms), 3), [reason for _, reason in terms])


def _freshness(item: Item, slot: Slot) -> tuple[float, Reason]:
    days = max(0, round((moment(slot["starts_at"]) - _appeared(item)) / timedelta(days=1)))
    return 0.5 ** (days / HALF_LIFE_DAYS), Reason("age", {"days": days})


def _appeared(item: Item) -> datetime:
    """When the article came out, as far as it says so believably; else when it was captured."""
    captured_at = moment(item["captured_at"])
    try:
        published = moment(item["article"]["published"] or item["captured_at"])
    except ValueError:
        return captured_at
    return min(captured_at, published if published.tzinfo else published.replace(tzinfo=UTC))


def _week_terms(
    item: Item, slot: Slot, others: Sequence[Slot], neighbours: Mapping[str, Item], now: datetime
) -> list[tuple[float, Reason]]:
    terms = []
    planned = [other for other in others if other["item_id"] not in (None, item["id"])]
    if not planned:
        terms.append((FIRST_POST_IN_WEEK, Reason("first_in_week", {})))
    if not any(is_usable(other, now) for other in others):
        terms.append((0.0, Reason("only_slot_in_week", {"kind": slot["kind"]})))
    site = item["article"]["site_name"]
    if any(_source(neighbours.get(other["item_id"] or "")) == site for other in planned):
        terms.append((SAME_SOURCE_IN_WEEK, Reason("same_source", {"site": site})))
    return terms


def _source(item: Item | None) -> str | None:
    return item["article"]["site_name"] if item else None


def _view(item: Item) -> list[tuple[float, Reason]]:
    words = len(item["commentary"].split())
    return [(0.0, Reason("view_written", {"words": words}))] if words else []
