"""The panel of one slot: what stands in it, whether its time is free, and when its post is prepared."""

from collections.abc import Mapping
from dataclasses import dataclass

from companion.editorial.busy import FreeTime, moment_of
from companion.editorial.planning import calendar
from companion.editorial.planning.preparation import Preparation, minutes_of
from companion.editorial.planning.quarter import quarter_of
from companion.editorial.planning.schedule import Schedule, get_schedule
from companion.editorial.planning.slots import has_passed, has_post
from companion.records import Item, Slot
from companion.web.context import now, store, zone
from companion.web.formats import as_date
from companion.web.pages import spans
from companion.web.pages.blocks import Block, block_of, on_the_wall
from companion.web.pages.cards import Card, card_of, cards_of, waiting


@dataclass(frozen=True)
class Panel:
    """What is known of the slot that was chosen.

    `is_busy` tells that the user's calendar has something at its time; `free_at` is then the nearest time of that day
    that is free, if any. `is_beside` tells that another post goes out at its time, in the same channel.
    """

    card: Card
    is_over: bool
    is_busy: bool
    is_beside: bool
    free_at: str | None
    preparation: Preparation | None
    block: Block | None
    queue: list[Item]
    open_slots: list[Slot]
    minutes: int


def panel_of(slot_id: str | None, schedule: Schedule, cards: Mapping[str, Card]) -> Panel | None:
    """The panel of a slot, mostly one of the schedule that is shown; None where there is no such slot."""
    slot = calendar.find_slot(store(), slot_id, zone())
    if slot is None:
        return None
    day = as_date(slot["date"])
    if not schedule.first <= day <= schedule.last:
        schedule = get_schedule(store(), zone(), day, day, now())
        cards = cards_of(schedule)
    preparation = schedule.preparations.get(slot["id"])
    is_over = has_passed(slot, now())
    is_busy = not is_over and schedule.is_in_meeting(slot)
    return Panel(
        card=cards.get(slot["id"]) or card_of(slot),
        is_over=is_over,
        is_busy=is_busy,
        is_beside=not is_over and _is_beside(schedule, slot),
        free_at=_free_at(schedule, slot) if is_busy else None,
        preparation=preparation,
        block=block_of(preparation),
        queue=waiting(),
        open_slots=spans.open_slots(),
        minutes=minutes_of(slot),
    )


def in_the_way(slot: Slot) -> str:
    """What else the user has at the time of a slot: `beside` for another post, or `busy`; empty for nothing."""
    day = as_date(slot["date"])
    schedule = get_schedule(store(), zone(), day, day, now())
    if _is_beside(schedule, slot):
        return "beside"
    return "busy" if schedule.is_in_meeting(slot) else ""


def _is_beside(schedule: Schedule, slot: Slot) -> bool:
    others = [other for other in schedule.slots if other["id"] != slot["id"] and has_post(other)]
    when_and_where = (slot["starts_at"], slot["channel"].strip().casefold())
    return any((other["starts_at"], other["channel"].strip().casefold()) == when_and_where for other in others)


def _free_at(schedule: Schedule, slot: Slot) -> str | None:
    free = FreeTime(calendar.posting_days(store()), schedule.busy, zone())
    free_time = quarter_of(as_date(slot["date"]), slot["time"], free, zone())
    is_ahead = free_time is not None and moment_of(free_time[0]) > now()
    return on_the_wall(free_time, as_date(slot["date"]), zone())[0] if free_time and is_ahead else None
