"""Replanning: shown before anything moves, carried out as one act, and taken back as one."""

from datetime import timedelta

import pytest

from companion.editorial import curation
from companion.editorial.busy import minute_of
from companion.editorial.planning import placement, replan
from companion.editorial.planning.cadence import set_cadence
from companion.editorial.planning.calendar import add_slot, get_slot
from companion.editorial.planning.suggestions import propose
from companion.editorial.planning.suggestions.kept import keep_proposed
from companion.editorial.times import at
from companion.errors import Conflict
from tests.unit.planning import AMSTERDAM, MONDAY, NOW, queue

TUESDAY, THURSDAY, NEXT_TUESDAY = "2026-11-24-tue", "2026-11-26-thu", "2026-12-01-tue"


def preview(store):
    return replan.preview(store, AMSTERDAM, NOW)


def steps(moves):
    return [
        replan.Step(move.item["id"], move.before and move.before["id"], move.after and move.after["id"])
        for move in moves
    ]


def place(store, item, slot):
    placement.place(store, item, slot, AMSTERDAM, NOW)


def where(store, *items):
    return [curation.get_item(store, item)["slot_id"] for item in items]


def test_it_begins_with_what_is_suggested_beside_it(store):
    for number in range(6):
        queue(store, number, site=f"s{number}.example")
    shown = {item["id"]: slot for slot, (item, _) in propose(store, AMSTERDAM, NOW, {}).items()}
    keep_proposed(store, shown)
    assert {move.item["id"]: move.after["id"] for move in preview(store).moves} == shown


def test_two_posts_that_the_user_put_on_one_day_both_keep_a_place(store):
    one, other = queue(store, 1), queue(store, 2)
    late = add_slot(store, {"starts_at": "2026-11-24T14:00:00Z", "kind": "commentary"}, AMSTERDAM)
    place(store, one, TUESDAY)
    place(store, other, late["id"])
    set_cadence(store, {"entries": []})
    assert [move.after["id"] for move in preview(store).moves if move.item["id"] in (one, other)] == []
    assert preview(store).stays == 2


def test_what_was_dropped_meanwhile_is_not_planned_by_an_old_page(store):
    item = queue(store)
    asked = steps(preview(store).moves)
    curation.edit_item(store, item, {"status": "dropped"}, NOW)
    with pytest.raises(Conflict):
        replan.carry_out(store, asked, AMSTERDAM, NOW)
    assert curation.get_item(store, item)["status"] == "dropped"


def test_without_a_queue_and_with_a_good_plan_nothing_would_move(store):
    place(store, queue(store), TUESDAY)
    assert preview(store) == replan.Preview([], 1)


def test_the_queue_would_get_places_and_nothing_is_changed_by_looking(store):
    items = [queue(store, 1), queue(store, 2, site="b.example")]
    moves = preview(store).moves
    assert [(move.before, move.after["id"]) for move in moves] == [(None, TUESDAY), (None, NEXT_TUESDAY)]
    assert all(move.reasons for move in moves)
    assert where(store, *items) == [None, None]


def test_a_second_post_in_a_week_would_move_to_a_week_without_one(store):
    stays, moves = queue(store, 1), queue(store, 2, site="b.example")
    place(store, stays, TUESDAY)
    place(store, moves, THURSDAY)
    [move] = preview(store).moves
    assert move.item["id"] in (stays, moves)
    assert (move.before["id"] in (TUESDAY, THURSDAY), move.after["id"]) == (True, NEXT_TUESDAY)
    assert preview(store).stays == 1


def test_a_post_whose_slot_is_in_a_meeting_by_now_would_move(store):
    item = queue(store)
    place(store, item, THURSDAY)
    eight = minute_of(at(MONDAY + timedelta(days=3), "08:00", AMSTERDAM))
    store.busy_calendars.put({"id": "work", "busy": [eight, eight + 120], "days": []})
    [move] = preview(store).moves
    assert (move.before["id"], move.after["id"]) == (THURSDAY, TUESDAY)


def test_what_was_accepted_keeps_a_place_however_stale_it_is(store):
    old = queue(store, 1)
    for number in range(2, 30):
        queue(store, number, site=f"s{number}.example")
    curation.edit_item(store, old, {"freshness": "news"}, NOW)
    last = "2027-02-11-thu"
    place(store, old, last)
    moves = {move.item["id"]: move.after for move in preview(store).moves}
    assert len(moves) > 5
    assert moves.get(old, {"date": last})["date"] <= last


@pytest.mark.parametrize("kind", ["own", "ad_hoc"])
def test_what_was_put_in_a_slot_of_the_day_or_of_one_s_own_stays(store, kind):
    slot = add_slot(store, {"starts_at": "2026-11-26T12:00:00Z", "kind": kind, "channel": "Bluesky"}, AMSTERDAM)
    place(store, queue(store, 1), TUESDAY)
    item = queue(store, 2)
    place(store, item, slot["id"])
    assert item not in [move.item["id"] for move in preview(store).moves]


def test_what_is_written_or_goes_out_within_two_days_stays(store):
    written, near = queue(store, 1, commentary="Mijn kijk."), queue(store, 2, site="b.example")
    place(store, near, TUESDAY)
    place(store, written, THURSDAY)
    assert preview(store).stays == 2
    curation.edit_item(store, written, {"commentary": ""}, NOW)
    assert preview(store).stays == 1


def test_two_posts_can_change_places(store):
    one, other = queue(store, 1), queue(store, 2)
    place(store, one, TUESDAY)
    place(store, other, THURSDAY)
    asked = [replan.Step(one, TUESDAY, THURSDAY), replan.Step(other, THURSDAY, TUESDAY)]
    assert replan.carry_out(store, asked, AMSTERDAM, NOW) == asked
    assert where(store, one, other) == [THURSDAY, TUESDAY]


def test_carried_out_and_taken_back_everything_is_where_it_was(store):
    planned, waiting = queue(store, 1), queue(store, 2, site="b.example")
    place(store, planned, THURSDAY)
    asked = steps(preview(store).moves)
    assert replan.carry_out(store, asked, AMSTERDAM, NOW) == asked
    assert where(store, waiting) != [None]
    replan.take_back(store, AMSTERDAM, NOW)
    assert where(store, planned, waiting) == [THURSDAY, None]
    assert get_slot(store, TUESDAY, AMSTERDAM)["status"] == "open"
    with pytest.raises(Conflict):
        replan.take_back(store, AMSTERDAM, NOW)


def test_a_step_into_a_slot_whose_post_stays_after_all_is_left_out_with_all_that_follows(store):
    one, other, third = (queue(store, number) for number in (1, 2, 3))
    place(store, one, TUESDAY)
    place(store, other, THURSDAY)
    place(store, third, NEXT_TUESDAY)
    chain = [replan.Step(third, NEXT_TUESDAY, THURSDAY), replan.Step(other, THURSDAY, TUESDAY)]
    assert replan.carry_out(store, chain, AMSTERDAM, NOW) == []
    assert where(store, one, other, third) == [TUESDAY, THURSDAY, NEXT_TUESDAY]


def test_what_was_moved_in_the_meantime_stops_it_all(store):
    one, other = queue(store, 1), queue(store, 2)
    asked = [replan.Step(one, None, TUESDAY), replan.Step(other, None, THURSDAY)]
    place(store, other, NEXT_TUESDAY)
    with pytest.raises(Conflict):
        replan.carry_out(store, asked, AMSTERDAM, NOW)
    assert where(store, one, other) == [None, NEXT_TUESDAY]


def test_it_is_not_taken_back_over_something_newer(store):
    one, other = queue(store, 1), queue(store, 2)
    replan.carry_out(store, [replan.Step(one, None, TUESDAY)], AMSTERDAM, NOW)
    placement.release(store, one, NOW)
    place(store, other, TUESDAY)
    with pytest.raises(Conflict):
        replan.take_back(store, AMSTERDAM, NOW)
    assert where(store, one, other) == [None, TUESDAY]
