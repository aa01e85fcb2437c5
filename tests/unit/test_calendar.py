"""Cadence and calendar: from the weekly pattern to the slots of any range of days."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion import contract
from companion.editorial.planning import placement
from companion.editorial.planning.cadence import DEFAULT, cadence_slots, get_cadence, set_cadence
from companion.editorial.planning.calendar import add_slot, calendar, delete_slot, edit_slot
from companion.errors import Invalid
from tests.unit.planning import AMSTERDAM, MONDAY, NOW, SUNDAY, ids, queue, week


def test_the_default_week_has_a_commentary_on_tuesday_and_thursday(store):
    assert [(slot["date"], slot["time"], slot["kind"]) for slot in week(store)] == [
        ("2026-11-24", "08:40", "commentary"),
        ("2026-11-26", "08:40", "commentary"),
    ]


def test_one_slot_a_fortnight_is_kept_for_something_topical(store):
    slots = calendar(store, AMSTERDAM, MONDAY, MONDAY + timedelta(weeks=8, days=-1))
    ad_hoc = [date.fromisoformat(slot["date"]) for slot in slots if slot["kind"] == "ad_hoc"]
    assert {day.isoweekday() for day in ad_hoc} == {5}
    assert [(later - day).days for day, later in pairwise(ad_hoc)] == [14, 14, 14]


def test_a_slot_keeps_its_wall_time_when_the_clocks_change():
    slots = cadence_slots(DEFAULT, AMSTERDAM, date(2027, 3, 22), date(2027, 4, 4))
    assert {(slot["time"], slot["starts_at"][11:16]) for slot in slots if slot["kind"] == "commentary"} == {
        ("08:40", "07:40"),
        ("08:40", "06:40"),
    }


entries = st.lists(
    st.tuples(
        st.integers(1, 5), st.integers(7, 18), st.sampled_from(["commentary", "own", "ad_hoc"]), st.integers(1, 8)
    ),
    max_size=5,
)


@given(
    entries,
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Tokyo"]),
)
def test_any_range_has_the_same_slots_as_its_days_one_by_one(entries, first, length, zone_name):
    zone = ZoneInfo(zone_name)
    cadence = {
        "entries": [
            {
                "id": f"e{n}",
                "weekday": day,
                "time": f"{hour:02}:00",
                "kind": kind,
                "channel": "LinkedIn",
                "every_weeks": every,
            }
            for n, (day, hour, kind, every) in enumerate(entries)
        ]
    }
    days = [first + timedelta(days=n) for n in range(length)]
    whole = list(cadence_slots(cadence, zone, days[0], days[-1]))
    assert sorted(ids(whole)) == sorted(id for day in days for id in ids(cadence_slots(cadence, zone, day, day)))
    assert len(set(ids(whole))) == len(whole)
    for slot in whole:
        assert contract.check("slot", slot) == []
        local = datetime.fromisoformat(slot["starts_at"]).astimezone(zone)
        assert local.strftime("%H:%M") == slot["time"]
        assert local.isoweekday() <= 5


@pytest.mark.parametrize(("first", "last"), [(SUNDAY, MONDAY), (MONDAY, MONDAY + timedelta(days=400))])
def test_a_range_is_in_order_and_at_most_400_days(store, first, last):
    with pytest.raises(Invalid):
        calendar(store, AMSTERDAM, first, last)
    assert calendar(store, AMSTERDAM, MONDAY, MONDAY + timedelta(days=399))


def test_a_new_cadence_leaves_what_is_planned_where_it_is(store):
    item = queue(store)
    placement.place(store, item, "2026-11-24-tue", AMSTERDAM, NOW)
    set_cadence(store, {"entries": [{**DEFAULT["entries"][0], "id": "wed", "weekday": 3}]})
    assert ids(week(store)) == ["2026-11-24-tue", "2026-11-25-wed"]
    assert week(store)[0]["item_id"] == item


@pytest.mark.parametrize(
    ("starts_at", "is_fine"),
    [
        ("2026-11-25T06:00:00Z", True),
        ("2026-11-25T05:59:00Z", False),
        ("2026-11-25T17:59:00Z", True),
        ("2026-11-25T18:00:00Z", False),
        ("2026-11-28T10:00:00Z", False),
    ],
)
def test_no_slot_lies_in_the_evening_or_the_weekend(store, starts_at, is_fine):
    new = {"starts_at": starts_at, "kind": "own"}
    if is_fine:
        assert contract.check("slot", add_slot(store, new, AMSTERDAM)) == []
    else:
        with pytest.raises(Invalid) as refusal:
            add_slot(store, new, AMSTERDAM)
        assert refusal.value.problems[0]["path"] == "starts_at"
        assert len(week(store)) == 2


@pytest.mark.parametrize(
    ("entry", "path"),
    [({"time": "21:00"}, "entries[0].time"), ({"id": "thu"}, "entries[1].id")],
)
def test_a_cadence_in_the_evening_or_with_an_id_twice_is_refused(store, entry, path):
    first, second, _ = DEFAULT["entries"]
    with pytest.raises(Invalid) as refusal:
        set_cadence(store, {"entries": [{**first, **entry}, second]})
    assert refusal.value.problems[0]["path"] == path
    assert get_cadence(store) == DEFAULT


def test_a_moved_slot_stays_moved_and_a_skipped_one_can_be_restored(store):
    edit_slot(store, "2026-11-24-tue", {"starts_at": "2026-11-25T10:00:00Z"}, AMSTERDAM)
    delete_slot(store, "2026-11-26-thu", AMSTERDAM)
    assert [(slot["date"], slot["time"], slot["status"]) for slot in week(store)] == [
        ("2026-11-25", "11:00", "open"),
        ("2026-11-26", "08:40", "skipped"),
    ]
    edit_slot(store, "2026-11-26-thu", {"status": "open"}, AMSTERDAM)
    assert week(store)[1]["status"] == "open"


def test_a_slot_that_is_restored_is_the_cadences_again(store):
    delete_slot(store, "2026-11-24-tue", AMSTERDAM)
    edit_slot(store, "2026-11-24-tue", {"status": "open"}, AMSTERDAM)
    set_cadence(store, {"entries": []})
    assert week(store) == []


def test_a_slot_in_another_zone_keeps_its_wall_time(store):
    moved = edit_slot(store, "2026-11-24-tue", {"zone": "America/New_York"}, AMSTERDAM)
    assert (moved["time"], moved["starts_at"]) == ("08:40", "2026-11-24T13:40:00Z")
