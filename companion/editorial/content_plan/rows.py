"""The lines of the content plan: the slots by time, then what still waits for a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from companion.editorial.content_plan.brief import brief_of
from companion.editorial.planning.preparation import minutes_of
from companion.editorial.planning.slots import has_post
from companion.editorial.times import moment
from companion.records import Item, Slot


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the plan, with typed values; a format turns them into text.

    A line without `day` is an item that waits for a slot: it has no hour, channel, kind or preparation yet.
    `status` is the slot's or the item's; an own post that is made counts as planned, since no item tells so.
    `id` is the slot's for a dated line and the item's for one without a date. `item_id` is empty for a slot without an
    item. `preparation` is in minutes; `published_at` is the moment at which the post went out, where it is known.
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
    creation_ready: bool = False
    creation_link: str = ""
    people: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    preparation: int | None = None
    item_id: str = ""
    published_at: datetime | None = None
    post_url: str = ""


def plan_rows(slots: Iterable[Slot], items_by_id: Mapping[str, Item], queued: Iterable[Item]) -> list[PlanRow]:
    """A row for each slot that is not skipped, by time, then one for each queued item without a slot."""
    shown = sorted((slot for slot in slots if slot["status"] != "skipped"), key=_order)
    dated = [row_of(slot, items_by_id.get(slot["item_id"] or "")) for slot in shown]
    return dated + [row_of(None, item) for item in queued if _waits(item)]


def _order(slot: Slot) -> tuple[datetime, str]:
    return moment(slot["starts_at"]), slot["id"]


def _waits(item: Item) -> bool:
    return item["status"] == "queued" and item["slot_id"] is None


def row_of(slot: Slot | None, item: Item | None) -> PlanRow:
    """The line of a slot, with the item in it if there is one, or of an item without a slot."""
    row = PlanRow(id="", status="", **_post(slot, item))
    row = _of_item(row, item) if item else row
    return _in_slot(row, slot) if slot else row


def _post(slot: Slot | None, item: Item | None) -> dict[str, Any]:
    brief = brief_of(slot, item)
    # An empty slot asks for nothing yet, which is something else than a post that needs nothing.
    needed = brief["creation_needed"] if item or brief["creation_needed"] != "none" else ""
    lists = {name: tuple(brief[name]) for name in ("people", "hashtags")}
    return {**brief, **lists, "creation_needed": needed}


def _of_item(row: PlanRow, item: Item) -> PlanRow:
    article = item["article"]
    return replace(
        row,
        id=item["id"],
        item_id=item["id"],
        status=item["status"],
        title=article["title"],
        source=article["site_name"],
        link=article["url"],
        **_posted(item),
    )


def _in_slot(row: PlanRow, slot: Slot) -> PlanRow:
    posted = {} if row.item_id else _posted(slot)
    return replace(
        row,
        id=slot["id"],
        status="planned" if has_post(slot) and slot["status"] == "open" else slot["status"],
        day=date.fromisoformat(slot["date"]),
        clock=time.fromisoformat(slot["time"]),
        zone=slot["zone"],
        channel=slot["channel"],
        kind=slot["kind"],
        preparation=minutes_of(slot),
        **posted,
    )


def _posted(record: Item | Slot) -> dict[str, Any]:
    at = record.get("published_at")
    return {"published_at": moment(at) if at else None, "post_url": record.get("post_url") or ""}
