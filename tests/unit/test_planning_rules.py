"""Whatever the queue and the calendar: no hard rule is broken, and what was accepted stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion import store as stores
from companion.editorial.busy import minute_of
from companion.editorial.planning import placement, replan
from companion.editorial.planning.calendar import get_slot
from companion.editorial.planning.suggestions import propose
from companion.editorial.times import moment
from scripts._planning_cases import AMSTERDAM, NOW, broken_rules, make_case, put_busy, put_case


def planned(store, before=None):
    return {slot: item["id"] for slot, (item, _) in propose(store, AMSTERDAM, NOW, before or {}).items()}


@pytest.mark.parametrize("seed", range(50))
def test_no_hard_rule_is_broken(store, seed):
    case = make_case(seed, items=80, meetings=540)
    put_case(store, case)
    plan = planned(store)
    assert len(plan) > 15
    assert broken_rules(store, case, plan) == []


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), meetings=st.integers(0, 1500), items=st.integers(0, 60))
def test_nor_with_a_calendar_that_is_empty_or_too_full(tmp_path_factory, seed, meetings, items):
    store, case = stores.open(tmp_path_factory.mktemp("case")), make_case(seed, items, meetings)
    put_case(store, case)
    broken = broken_rules(store, case, planned(store))
    store.close()
    assert broken == []


def test_the_look_at_the_rules_sees_what_is_broken(store):
    case = make_case(1, items=10)
    put_case(store, case)
    [slot, *_] = planned(store)
    starts = minute_of(moment(get_slot(store, slot, AMSTERDAM)["starts_at"]))
    case.meetings.append((starts, starts + 30))
    case.days_off.append(slot[:10])
    broken = broken_rules(store, case, {slot: "item0", "2026-12-31-thu": "item0"})
    assert {f"{slot}: lies in a meeting", f"{slot}: lies outside the working hours", "item0: two places"} <= set(broken)


def test_new_items_move_nothing_that_was_accepted_and_hardly_a_suggestion(store):
    put_case(store, make_case(7, items=80))
    plan = planned(store)
    for slot, item in list(plan.items())[::2]:
        placement.place(store, item, slot, AMSTERDAM, NOW)
    rest = {slot: item for slot, item in plan.items() if store.items.find(item)["status"] == "queued"}
    new = make_case(8, items=5).items
    store.items.put_all([{**item, "id": f"new{item['number']}", "number": 900 + item["number"]} for item in new])
    after = planned(store, {item: slot for slot, item in rest.items()})
    assert all(store.slots.find(slot)["item_id"] == item for slot, item in list(plan.items())[::2])
    assert not set(after) & set(list(plan)[::2])
    assert sum(after.get(slot) != item for slot, item in rest.items()) <= 1


@pytest.mark.parametrize("seed", range(5))
def test_replanning_keeps_the_rules_and_what_is_shown_is_what_comes(store, seed):
    case = make_case(seed, items=80)
    put_case(store, case)
    for slot, item in list(planned(store).items())[:12]:
        placement.place(store, item, slot, AMSTERDAM, NOW)
    # Two days later a busier calendar, and a queue that is new.
    case.meetings.extend(make_case(seed + 50, meetings=150).meetings)
    put_busy(store, case)
    new = make_case(seed + 100, items=40).items
    case.items.extend({**item, "id": f"new{item['number']}", "number": 900 + item["number"]} for item in new)
    store.items.put_all(case.items[-40:])
    moves = replan.preview(store, AMSTERDAM, NOW).moves
    steps = [replan.Step(move.item["id"], move.before and move.before["id"], move.after["id"]) for move in moves]
    assert len(moves) > 10
    assert replan.carry_out(store, steps, AMSTERDAM, NOW) == steps
    moved = {move.after["id"]: move.item["id"] for move in moves}
    assert broken_rules(store, case, moved) == []
    items = [store.items.find(item["id"]) for item in case.items]
    assert sum(item["status"] == "planned" for item in items) == 12 + sum(move.before is None for move in moves)
    assert replan.preview(store, AMSTERDAM, NOW).moves == []
