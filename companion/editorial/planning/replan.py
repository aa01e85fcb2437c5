"""Replanning: what would stand elsewhere if the plan were made anew, shown before anything moves."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from companion.editorial.busy import Stretch
from companion.editorial.curation import get_item
from companion.editorial.planning.calendar import get_slot
from companion.editorial.planning.placement import place, release
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.planning.suggestions.desk import Desk, lay_out
from companion.editorial.planning.suggestions.kept import proposed
from companion.editorial.planning.suggestions.proposals import WEEKS, explained, waiting
from companion.editorial.planning.suggestions.reasons import Reason
from companion.editorial.planning.suggestions.solver import solve
from companion.editorial.ports import Store
from companion.errors import Conflict
from companion.records import Item, Slot


@dataclass(frozen=True)
class Move:
    """An item that would get another slot, or, from the queue, its first one."""

    item: Item
    before: Slot | None
    after: Slot
    reasons: list[Reason]


@dataclass(frozen=True)
class Preview:
    """What would move, in order of time, and how many posts would stay."""

    moves: list[Move]
    stays: int


@dataclass(frozen=True)
class Step:
    """A move as it is carried out, by ids."""

    item_id: str
    before: str | None
    after: str | None


def preview(store: Store, zone: ZoneInfo, now: datetime) -> Preview:
    """The plan made anew over the coming twelve weeks, beside the one that stands. Nothing is changed.

    For what waits it begins with what is suggested. What was accepted keeps a place: a post for which no other can be
    found stays where it is.
    """
    desk, plan = _planned_anew(store, zone, now, set())
    after = {number: place for place, number in enumerate(plan) if place not in desk.board.fixed and number is not None}
    before = {desk.item_numbers[desk.slots[place]["item_id"] or ""]: place for place in desk.movable}
    moves = [
        _move(desk, plan, number, before.get(number), after[number])
        for number in after
        if before.get(number) != after[number]
    ]
    fixed = sum(desk.slots[place]["status"] == "planned" and desk.ahead[place] > 0 for place in desk.board.fixed)
    stays = sum(after.get(number) == place for number, place in before.items()) + fixed
    return Preview(sorted(moves, key=_when), stays)


def _planned_anew(store: Store, zone: ZoneInfo, now: datetime, stuck: set[str]) -> tuple[Desk, list[int | None]]:
    """The desk and the plan on it, where the slots in `stuck` keep their posts."""
    desk = lay_out(store, waiting(store), zone, now, WEEKS, proposed(store), lambda slot: slot["id"] not in stuck)
    plan = solve(desk.board, desk.start)
    lost = {desk.slots[place]["id"] for place in desk.movable} - _places_kept(desk, plan)
    return _planned_anew(store, zone, now, stuck | lost) if lost else (desk, plan)


def _places_kept(desk: Desk, plan: Sequence[int | None]) -> set[str]:
    """The slots whose post stands somewhere in the plan."""
    standing = {number for number in plan if number is not None}
    return {slot["id"] for slot in desk.slots if desk.item_numbers.get(slot["item_id"] or "") in standing}


def _move(desk: Desk, plan: Sequence[int | None], number: int, before: int | None, after: int) -> Move:
    left = None if before is None else desk.slots[before]
    return Move(desk.items[number], left, desk.slots[after], explained(desk, plan, after).reasons)


def _when(move: Move) -> str:
    return move.after["starts_at"]


def carry_out(store: Store, steps: Sequence[Step], zone: ZoneInfo, now: datetime) -> list[Step]:
    """Move the items, all in one transaction, and keep what was done for `last`; returns that.

    A step whose slot is not free, as the item in it stays after all, is left out. Raises Conflict where an item is not
    where its step begins.
    """
    with store.transaction():
        for step in steps:
            _require_there(get_item(store, step.item_id), step)
        possible = _possible(store, steps)
        blocks = _blocks(store, [step.after for step in possible if step.after], zone, now)
        for step in possible:
            release(store, step.item_id, now)
        for step in possible:
            if step.after:
                place(store, step.item_id, step.after, zone, now, blocks.get(step.after))
        store.singletons.put({"id": "last_replan", "steps": [asdict(step) for step in possible]})
    return possible


def _require_there(item: Item, step: Step) -> None:
    is_there = item["slot_id"] == step.before if step.before else item["status"] == "queued"
    if not is_there:
        raise Conflict("An item was moved in the meantime.")


def _blocks(store: Store, slot_ids: Sequence[str], zone: ZoneInfo, now: datetime) -> dict[str, Stretch]:
    """The preparation of these slots as the preview counted on it: before anything moves."""
    days = [date.fromisoformat(get_slot(store, slot_id, zone)["date"]) for slot_id in slot_ids]
    if not days:
        return {}
    found = get_schedule(store, zone, min(days), max(days), now).preparations
    return {slot_id: one.block for slot_id in slot_ids if (one := found.get(slot_id)) and one.fits and one.block}


def _possible(store: Store, steps: Sequence[Step]) -> list[Step]:
    """Without those whose slot somebody stays in; leaving one out can make another impossible."""
    leaving = {step.item_id for step in steps}
    possible = [step for step in steps if _is_free(store, step.after, leaving)]
    return possible if len(possible) == len(steps) else _possible(store, possible)


def _is_free(store: Store, slot_id: str | None, leaving: set[str]) -> bool:
    slot = store.slots.find(slot_id) if slot_id else None
    return slot is None or slot["item_id"] is None or slot["item_id"] in leaving


def last(store: Store) -> list[Step]:
    """The steps of the last replanning."""
    kept = store.singletons.find("last_replan")
    return [Step(**step) for step in kept["steps"]] if kept else []


def take_back(store: Store, zone: ZoneInfo, now: datetime) -> None:
    """Move everything of the last replanning back. Raises Conflict, changing nothing, where something moved since."""
    with store.transaction():
        steps = [Step(step.item_id, before=step.after, after=step.before) for step in last(store)]
        if not steps or len(carry_out(store, steps, zone, now)) < len(steps):
            raise Conflict("Things changed meanwhile, so nothing was done.")
        # Once: pressed again elsewhere, it would replan anew.
        store.singletons.discard("last_replan")
