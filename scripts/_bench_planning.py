"""The planner: how long it takes, whether it keeps the rules, and how near it comes to the best plan there is."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.util import find_spec
from statistics import mean

import companion.store
from companion.editorial.planning.calendar import add_slot
from companion.editorial.planning.placement import place
from companion.editorial.planning.replan import preview
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.planning.suggestions import propose, suggest_slots
from companion.editorial.planning.suggestions.desk import lay_out
from companion.editorial.planning.suggestions.proposals import WEEKS, waiting
from companion.editorial.planning.suggestions.solver import solve
from companion.editorial.planning.suggestions.value import value_of
from companion.editorial.times import monday
from companion.records import Item
from companion.store import Store
from scripts._bench_timing import Row, Timing, milliseconds, table_with_bars
from scripts._planning_cases import AMSTERDAM, NOW, broken_rules, make_case, put_case

REPEATS = 5
NEW_ITEMS = 5
BAR = "< 60 ms"
CP_SAT_SECONDS, CP_SAT_WORKERS = 10.0, 2


def bench_planning(seeds: int, compared: int) -> None:
    """Plan the cases of so many seeds; of the first of them compare the value with that of CP-SAT's plan."""
    times = {name: Timing(name, []) for name in ("the queue over the slots", "the slots for one item", "replanning")}
    broken: list[str] = []
    planned = moved = turned = 0
    for seed in range(seeds):
        with case_in_store(seed) as store:
            plan = proposed(store)
            broken += broken_rules(store, make_case(seed), plan)
            _time(store, times)
            planned += len(plan)
            turned += _turned(store, seed, plan)
            moved += _moved(store, seed, plan)
    print(f"300 items, 36 slots, 540 meetings, {seeds} seeds, {planned / seeds:.0f} slots filled on average\n")
    table_with_bars([Row.of(timing, bar=BAR if number == 0 else "") for number, timing in enumerate(times.values())])
    print(f"\nhard rules broken: {len(broken)}", *broken[:3])
    print(
        f"{NEW_ITEMS} new items: {moved} of {planned} accepted posts and preparations moved, "
        f"{turned} of {planned} suggestions changed"
    )
    if compared:
        _compare(compared)


@contextmanager
def case_in_store(seed: int) -> Iterator[Store]:
    """A store with the case of this seed."""
    with tempfile.TemporaryDirectory() as folder:
        store = companion.store.open(folder)
        put_case(store, make_case(seed))
        yield store
        store.close()


def proposed(store: Store, before: dict[str, str] | None = None) -> dict[str, str]:
    """By slot the item that is suggested for it; `before` has by item the slot of the last time."""
    found = propose(store, AMSTERDAM, NOW, before or {})
    return {slot_id: item["id"] for slot_id, (item, _) in found.items()}


def _time(store: Store, times: dict[str, Timing]) -> None:
    one: Item = waiting(store)[0]
    acts = [
        lambda: propose(store, AMSTERDAM, NOW, {}),
        lambda: suggest_slots(store, one, AMSTERDAM, NOW),
        lambda: preview(store, AMSTERDAM, NOW),
    ]
    for _ in range(REPEATS):
        for timing, act in zip(times.values(), acts, strict=True):
            timing.milliseconds.append(milliseconds(act))


def _turned(store: Store, seed: int, plan: dict[str, str]) -> int:
    """How many suggestions change when new items come in."""
    _add(store, seed, "more")
    after = proposed(store, {item: slot for slot, item in plan.items()})
    return sum(after.get(slot) != item for slot, item in plan.items())


def _add(store: Store, seed: int, name: str) -> None:
    items = make_case(seed + 1000, items=NEW_ITEMS).items
    store.items.put_all([{**item, "id": f"{name}{item['number']}", "number": 1000 + item["number"]} for item in items])


def _moved(store: Store, seed: int, plan: dict[str, str]) -> int:
    """How many accepted posts stand or are prepared elsewhere once new items, and a slot before each, have come."""
    for slot, item in plan.items():
        place(store, item, slot, AMSTERDAM, NOW)
    before = _standing(store, plan)
    _add(store, seed, "new")
    for slot in plan:
        add_slot(store, {"starts_at": f"{slot[:10]}T08:00:00Z", "kind": "commentary", "channel": "Other"}, AMSTERDAM)
    is_suggested = set(proposed(store).values())
    after = _standing(store, plan)
    return sum(before[slot] != after[slot] or item in is_suggested for slot, item in plan.items())


def _standing(store: Store, plan: dict[str, str]) -> dict[str, object]:
    """By slot the item in it and its preparation."""
    first = monday(NOW.date())
    found = get_schedule(store, AMSTERDAM, first, first + timedelta(weeks=WEEKS + 1), NOW)
    items = {slot["id"]: slot["item_id"] for slot in found.slots}
    return {slot: (items[slot], found.preparations[slot].block) for slot in plan}


def _compare(seeds: int) -> None:
    if find_spec("ortools") is None:
        print("value beside CP-SAT: not compared; pip install ortools")
        return
    from scripts._bench_cpsat import cp_sat_plan

    values = []
    for seed in range(seeds):
        with case_in_store(seed) as store:
            board = lay_out(store, waiting(store), AMSTERDAM, NOW, WEEKS, {}).board
            best = cp_sat_plan(board, CP_SAT_SECONDS, CP_SAT_WORKERS)
            values.append((value_of(board, solve(board)), value_of(board, best)))
    ours, theirs = (mean(column) for column in zip(*values, strict=True))
    worst = min(mine / other for mine, other in values)
    print(f"value, mean of {seeds} seeds: {ours:.3f}, CP-SAT in at most {CP_SAT_SECONDS:.0f} s each {theirs:.3f}")
    print(f"that is {ours / theirs - 1:+.2%}, at worst {worst - 1:+.2%} (bar: -1%)")
