"""Preparation: a block in the working day before each slot."""

import itertools
from datetime import date, datetime, timedelta

import pytest

from companion.editorial.agreement import DEFAULT, set_agreement
from companion.editorial.busy import minute_of, moment_of
from companion.editorial.planning import calendar, placement
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.times import at
from tests.unit.planning import AMSTERDAM, MONDAY, NOW, SUNDAY, queue

TUESDAY, THURSDAY = "2026-11-24-tue", "2026-11-26-thu"


def busy(store, *meetings, name="work", days=()):
    edges = [minute_of(datetime.fromisoformat(f"2026-11-{edge}").replace(tzinfo=AMSTERDAM)) for edge in meetings]
    store.busy_calendars.put({"id": name, "busy": edges, "days": list(days)})


def found(store, slot_id=TUESDAY, now=NOW, last=SUNDAY):
    return get_schedule(store, AMSTERDAM, MONDAY, last, now).preparations[slot_id]


def wall(preparation):
    if preparation.block is None:
        return None
    starts, ends = (moment_of(edge).astimezone(AMSTERDAM) for edge in preparation.block)
    return f"{starts:%d %H:%M}-{ends:%H:%M}"


@pytest.mark.parametrize(
    ("meetings", "block", "fits"),
    [
        ([], "23 16:00-16:25", True),  # The day before, and not in its last hour.
        (["23T14:00", "23T16:10"], "23 13:30-13:55", True),
        (["23T08:30", "23T16:10"], "23 17:00-17:25", True),  # In the last hour rather than not at all.
        (["23T08:30", "23T17:05"], "23 17:05-17:30", True),  # Off the quarters where nothing else is left.
        (["23T08:30", "23T17:30"], None, False),  # Monday is the first day that is left.
    ],
)
def test_a_commentary_is_prepared_on_the_working_day_before(store, meetings, block, fits):
    busy(store, *meetings)
    preparation = found(store)
    assert (wall(preparation), preparation.fits) == (block, fits)


def test_where_the_day_before_and_the_day_itself_are_full_the_nearest_block_is_told(store):
    busy(store, "25T08:30", "25T17:30", days=["2026-11-26"])
    preparation = found(store, THURSDAY)
    assert (wall(preparation), preparation.fits) == ("24 16:00-16:25", False)


def test_the_day_itself_will_do_before_the_slot(store):
    busy(store, days=["2026-12-03"])
    assert wall(found(store, "2026-12-04-fri", last=date(2026, 12, 6))) == "04 11:45-12:10"


def test_over_a_weekend_and_a_holiday_it_is_the_last_day_worked(store):
    set_agreement(store, {**DEFAULT, "country": "NL"})
    slot = calendar.add_slot(store, {"starts_at": "2026-12-28T08:30:00Z", "kind": "commentary"}, AMSTERDAM)
    assert wall(found(store, slot["id"], last=date(2026, 12, 28))) == "24 16:00-16:25"  # Friday is Christmas.


@pytest.mark.parametrize(
    ("minutes", "block"), [(None, "23 15:30-16:30"), (90, "23 15:00-16:30"), (120, "23 14:30-16:30")]
)
def test_an_own_post_takes_an_hour_or_as_long_as_the_user_says(store, minutes, block):
    new = {"starts_at": "2026-11-24T09:00:00Z", "kind": "own", "topic": "AI"}
    slot = calendar.add_slot(store, new | ({"preparation_minutes": minutes} if minutes else {}), AMSTERDAM)
    calendar.edit_slot(store, TUESDAY, {"status": "skipped"}, AMSTERDAM)
    assert wall(found(store, slot["id"])) == block


def test_two_slots_never_share_a_block(store):
    calendar.add_slot(store, {"starts_at": "2026-11-24T10:00:00Z", "kind": "commentary", "channel": "X"}, AMSTERDAM)
    blocks = [one.block for one in get_schedule(store, AMSTERDAM, MONDAY, SUNDAY, NOW).preparations.values()]
    edges = sorted(block for block in blocks if block)
    assert all(earlier[1] <= later[0] for earlier, later in itertools.pairwise(edges))
    assert len(set(edges)) == len(edges)


def test_the_block_of_a_planned_post_stays_when_others_come(store):
    before = wall(found(store))
    placement.place(store, queue(store), TUESDAY, AMSTERDAM, NOW)
    # A slot earlier that day would otherwise be served first.
    calendar.add_slot(store, {"starts_at": "2026-11-24T07:00:00Z", "kind": "commentary", "channel": "X"}, AMSTERDAM)
    assert wall(found(store)) == before


def test_a_meeting_moves_the_block_and_that_is_told(store):
    placement.place(store, queue(store), TUESDAY, AMSTERDAM, NOW)
    busy(store, "23T15:30", "23T16:30")
    preparation = found(store)
    assert (wall(preparation), preparation.fits, preparation.was_moved) == ("23 15:00-15:25", True, True)


def test_a_block_that_is_under_way_or_over_stays(store):
    placement.place(store, queue(store), TUESDAY, AMSTERDAM, NOW)
    busy(store, "23T15:30", "23T16:30")
    assert wall(found(store, now=datetime(2026, 11, 23, 15, 10, tzinfo=NOW.tzinfo))) == "23 16:00-16:25"


def test_a_block_that_the_user_accepted_fits_wherever_it_lies(store):
    busy(store, days=["2026-11-25", "2026-11-26"])
    calendar.edit_slot(store, THURSDAY, {"prepare_at": "2026-11-23T10:00:00Z"}, AMSTERDAM)
    preparation = found(store, THURSDAY)
    assert (wall(preparation), preparation.fits) == ("23 11:00-11:25", True)


def test_a_slot_that_moves_is_prepared_anew_before_its_new_time(store):
    placement.place(store, queue(store), TUESDAY, AMSTERDAM, NOW)
    calendar.edit_slot(store, TUESDAY, {"starts_at": "2026-11-27T09:00:00Z"}, AMSTERDAM)
    assert wall(found(store)) == "26 16:00-16:25"


def test_the_same_block_is_found_whichever_days_are_asked_for(store):
    calendar.add_slot(store, {"starts_at": "2026-11-24T10:00:00Z", "kind": "own", "topic": "AI"}, AMSTERDAM)
    wide = get_schedule(store, AMSTERDAM, MONDAY - timedelta(weeks=8), SUNDAY + timedelta(weeks=8), NOW)
    narrow = get_schedule(store, AMSTERDAM, date(2026, 11, 26), date(2026, 11, 26), NOW)
    assert {slot: wide.preparations[slot] for slot in narrow.preparations} == narrow.preparations


def test_late_on_the_day_before_there_is_no_room_any_more(store):
    late = at(MONDAY, "17:20", AMSTERDAM)
    assert found(store, now=late).block is None


def test_an_empty_slot_does_not_take_the_room_of_a_post(store):
    busy(store, "23T08:30", "23T16:00", "23T16:30", "23T17:30")
    own = calendar.add_slot(
        store, {"starts_at": "2026-11-24T07:35:00Z", "kind": "own", "topic": "AI", "preparation_minutes": 25}, AMSTERDAM
    )
    calendar.add_slot(store, {"starts_at": "2026-11-24T07:31:00Z", "kind": "commentary", "channel": "X"}, AMSTERDAM)
    assert wall(found(store, own["id"])) == "23 16:00-16:25"


def test_what_was_accepted_goes_before_the_daily_quarter(store):
    placement.place(store, queue(store), TUESDAY, AMSTERDAM, NOW)
    set_agreement(store, {**DEFAULT, "quarter_at": "16:05"})
    assert wall(found(store)) == "23 16:00-16:25"
    quarter = get_schedule(store, AMSTERDAM, MONDAY, MONDAY, NOW).quarters[MONDAY]
    assert moment_of(quarter[0]).astimezone(AMSTERDAM).strftime("%H:%M") in ("15:45", "16:25")


def test_a_longer_preparation_does_not_go_on_after_the_post(store):
    slot = calendar.add_slot(
        store, {"starts_at": "2026-11-24T10:00:00Z", "kind": "commentary", "channel": "X"}, AMSTERDAM
    )
    calendar.edit_slot(store, slot["id"], {"prepare_at": "2026-11-24T09:15:00Z"}, AMSTERDAM)
    assert wall(found(store, slot["id"])) == "24 10:15-10:40"
    calendar.edit_slot(store, slot["id"], {"preparation_minutes": 120}, AMSTERDAM)
    assert wall(found(store, slot["id"])) == "23 14:00-16:00"  # Beside that of the first slot of the day.


def test_a_block_that_the_user_chose_comes_back_with_the_post(store):
    item = queue(store)
    placement.place(store, item, THURSDAY, AMSTERDAM, NOW)
    calendar.edit_slot(store, THURSDAY, {"prepare_at": "2026-11-24T10:00:00Z"}, AMSTERDAM)
    placement.release(store, item, NOW)
    placement.place(store, item, THURSDAY, AMSTERDAM, NOW)
    assert wall(found(store, THURSDAY)) == "24 11:00-11:25"


def test_an_open_slot_whose_block_is_found_anew_is_the_cadence_s_again(store):
    calendar.edit_slot(store, THURSDAY, {"prepare_at": "2026-11-24T10:00:00Z"}, AMSTERDAM)
    assert store.slots.find(THURSDAY)
    calendar.edit_slot(store, THURSDAY, {"prepare_at": None}, AMSTERDAM)
    assert store.slots.find(THURSDAY) is None
