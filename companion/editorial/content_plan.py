"""The content plan: the calendar as the marketer reads it, then what still waits for a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from companion.editorial.planning.preparation import minutes_of
from companion.editorial.times import moment
from companion.records import Item, Slot


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the plan, with typed values; a format turns them into text.

    A line without `day` is an item that waits for a slot: it has no hour, channel, kind or preparation yet.
    `id` is the slot's for a dated line and the item's for one without a date.
    """

    id: str
    status: str
    day: date | None = None
    clock: time | None = None
    zone: str = ""
    channel: str = ""
    kind: str = ""
    topic: str = ""
    title: str = ""
    source: str = ""
    link: str = ""
    commentary: str = ""
    creation_needed: str = ""
    people: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    preparation: int | None = None


def plan_rows(slots: Iterable[Slot], items_by_id: Mapping[str, Item], queued: Iterable[Item]) -> list[PlanRow]:
    """A row for each slot that is not skipped, by time, then one for each queued item without a slot."""
    shown = sorted((slot for slot in slots if slot["status"] != "skipped"), key=_order)
    dated = [_dated(slot, items_by_id.get(slot["item_id"] or "")) for slot in shown]
    return dated + [_undated(item) for item in queued if _waits(item)]


def _order(slot: Slot) -> tuple[datetime, str]:
    return moment(slot["starts_at"]), slot["id"]


def _waits(item: Item) -> bool:
    return item["status"] == "queued" and item["slot_id"] is None


def _dated(slot: Slot, item: Item | None) -> PlanRow:
    row = _undated(item) if item else PlanRow(id="", status="")
    return replace(
        row,
        id=slot["id"],
        status=slot["status"],
        day=date.fromisoformat(slot["date"]),
        clock=time.fromisoformat(slot["time"]),
        zone=slot["zone"],
        channel=slot["channel"],
        kind=slot["kind"],
        topic=row.topic or slot["topic"],
        preparation=minutes_of(slot),
    )


def _undated(item: Item) -> PlanRow:
    article = item["article"]
    return PlanRow(
        id=item["id"],
        status=item["status"],
        topic=item["topic"],
        title=article["title"],
        source=article["site_name"],
        link=article["url"],
        commentary=item["commentary"],
        creation_needed=item["creation_needed"],
        people=tuple(item["people"]),
        hashtags=tuple(item["hashtags"]),
    )
