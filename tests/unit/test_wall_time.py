"""A slot stays at its wall time: when clocks change, at the year's end, and when the user travels."""

import itertools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.editorial.agreement import DEFAULT, every_day, set_agreement
from companion.editorial.busy import moment_of
from companion.editorial.planning import placement
from companion.editorial.planning.cadence import set_cadence
from companion.editorial.planning.calendar import add_slot, calendar, edit_slot, get_slot
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.times import instant, monday
from companion.errors import Invalid, NotFound
from tests.unit.planning import AMSTERDAM, NOW, ids, queue

NEW_YORK = ZoneInfo("America/New_York")
DAILY = {
    "entries": [
        {
            "id": f"d{day}",
            "weekday": day,
            "time": "09:00",
            "kind": "commentary",
            "channel": "LinkedIn",
            "every_weeks": 1,
        }
        for day in range(1, 6)
    ]
}


@pytest.mark.parametrize(
    ("zone", "first", "instants"),
    [
        # The clocks go back on 25 October, and ahead on 28 March, in Europe.
        ("Europe/Amsterdam", date(2026, 10, 23), ["2026-10-23T07:00:00Z", "2026-10-26T08:00:00Z"]),
        ("Europe/Amsterdam", date(2027, 3, 26), ["2027-03-26T08:00:00Z", "2027-03-29T07:00:00Z"]),
        ("Europe/London", date(2026, 10, 23), ["2026-10-23T08:00:00Z", "2026-10-26T09:00:00Z"]),
        # In New York on 1 November and 14 March.
        ("America/New_York", date(2026, 10, 30), ["2026-10-30T13:00:00Z", "2026-11-02T14:00:00Z"]),
        ("America/New_York", date(2027, 3, 12), ["2027-03-12T14:00:00Z", "2027-03-15T13:00:00Z"]),
        # In the south the other way around; some zones never change.
        ("Australia/Sydney", date(2026, 10, 2), ["2026-10-01T23:00:00Z", "2026-10-04T22:00:00Z"]),
        ("Asia/Kolkata", date(2026, 10, 23), ["2026-10-23T03:30:00Z", "2026-10-26T03:30:00Z"]),
    ],
)
def test_a_friday_and_the_monday_after_it_over_a_change_of_clocks(store, zone, first, instants):
    set_cadence(store, DAILY)
    slots = calendar(store, ZoneInfo(zone), first, first + timedelta(days=3))
    assert [slot["starts_at"] for slot in slots] == instants
    assert {slot["time"] for slot in slots} == {"09:00"}


def test_the_preparation_on_friday_keeps_its_wall_time_too(store):
    set_cadence(store, {"entries": [DAILY["entries"][0]]})
    now = datetime(2026, 10, 19, 6, tzinfo=NOW.tzinfo)
    found = get_schedule(store, AMSTERDAM, date(2026, 10, 19), date(2026, 10, 26), now).preparations
    assert instant(moment_of(found["2026-10-26-d1"].block[0])) == "2026-10-23T14:00:00Z"  # 16:00 in summer time.


def test_a_planned_post_stays_where_it_is_when_the_clocks_change(store):
    set_cadence(store, DAILY)
    placement.place(store, queue(store), "2027-03-29-d1", AMSTERDAM, NOW)
    kept = get_slot(store, "2027-03-29-d1", AMSTERDAM)
    assert (kept["time"], kept["starts_at"]) == ("09:00", "2027-03-29T07:00:00Z")


def test_week_53_and_the_year_s_end_are_weeks_like_any_other(store):
    set_cadence(store, DAILY)
    slots = calendar(store, AMSTERDAM, date(2026, 12, 21), date(2027, 1, 10))
    weeks = [date.fromisoformat(slot["date"]).isocalendar()[:2] for slot in slots]
    assert sorted(set(weeks)) == [(2026, 52), (2026, 53), (2027, 1)]
    assert [weeks.count(week) for week in sorted(set(weeks))] == [5, 5, 5]
    assert (slots[9]["date"], slots[10]["date"]) == ("2027-01-01", "2027-01-04")


@pytest.mark.parametrize("every", [2, 3])
def test_every_second_or_third_week_goes_on_over_week_53(store, every):
    set_cadence(store, {"entries": [{**DAILY["entries"][0], "every_weeks": every}]})
    mondays = [
        date.fromisoformat(slot["date"]) for slot in calendar(store, AMSTERDAM, date(2026, 12, 1), date(2027, 2, 28))
    ]
    assert {(later - earlier).days for earlier, later in itertools.pairwise(mondays)} == {7 * every}


@pytest.mark.parametrize(
    ("country", "day", "has_slot"),
    [
        ("NL", date(2027, 4, 27), False),  # Koningsdag
        ("NL", date(2027, 5, 17), False),  # Whit Monday
        ("BE", date(2027, 4, 27), True),
        ("BE", date(2027, 7, 21), False),
        ("DE", date(2028, 10, 3), False),
        ("DE-BY", date(2027, 5, 27), False),  # Corpus Christi is one in Bavaria
        ("DE-BE", date(2027, 5, 27), True),  # and not in Berlin.
        ("GB", date(2027, 12, 27), False),  # Christmas Day is a Saturday: the Monday is given instead.
        (None, date(2026, 12, 25), True),
    ],
)
def test_the_cadence_yields_nothing_on_a_holiday_of_the_country_chosen(store, country, day, has_slot):
    set_agreement(store, {**DEFAULT, "country": country})
    set_cadence(store, DAILY)
    assert bool(calendar(store, AMSTERDAM, day, day)) is has_slot
    if not has_slot:
        with pytest.raises(NotFound):
            get_slot(store, f"{day}-d{day.isoweekday()}", AMSTERDAM)
        with pytest.raises(Invalid) as refusal:
            add_slot(store, {"starts_at": f"{day}T10:00:00Z", "kind": "own"}, AMSTERDAM)
        assert refusal.value.problems == [{"path": "starts_at", "message": "falls on a public holiday"}]


def test_a_post_that_was_planned_for_a_day_stays_when_that_becomes_a_holiday(store):
    item = queue(store)
    slot = add_slot(store, {"starts_at": "2026-12-25T09:00:00Z", "kind": "commentary"}, AMSTERDAM)
    placement.place(store, item, slot["id"], AMSTERDAM, NOW)
    set_agreement(store, {**DEFAULT, "country": "NL"})
    assert [one["item_id"] for one in calendar(store, AMSTERDAM, date(2026, 12, 25), date(2026, 12, 25))] == [item]


def test_other_hours_leave_planned_posts_and_hide_open_slots(store):
    placement.place(store, queue(store), "2026-11-24-tue", AMSTERDAM, NOW)
    set_agreement(store, {**DEFAULT, "hours": every_day("09:00", "17:00")})  # The slots are at 08:40.
    assert ids(calendar(store, AMSTERDAM, date(2026, 11, 23), date(2026, 11, 29))) == ["2026-11-24-tue"]


def test_who_travels_has_the_open_slots_at_the_same_hour_there_and_planned_ones_where_they_were(store):
    placement.place(store, queue(store), "2026-11-24-tue", AMSTERDAM, NOW)
    planned, still_open = calendar(store, NEW_YORK, date(2026, 11, 23), date(2026, 11, 27))
    assert (planned["time"], planned["zone"], planned["starts_at"]) == (
        "08:40",
        "Europe/Amsterdam",
        "2026-11-24T07:40:00Z",
    )
    assert (still_open["time"], still_open["zone"], still_open["starts_at"]) == (
        "08:40", "America/New_York", "2026-11-26T13:40:00Z")  # fmt: skip


def test_a_slot_can_be_taken_along_to_another_zone_at_its_wall_time(store):
    moved = edit_slot(store, "2026-11-24-tue", {"zone": "America/New_York"}, AMSTERDAM)
    assert (moved["time"], moved["starts_at"]) == ("08:40", "2026-11-24T13:40:00Z")


zones = st.sampled_from(
    ["Europe/Amsterdam", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
)


@settings(max_examples=25)
@given(st.dates(date(2024, 1, 1), date(2034, 1, 1)), zones)
def test_whatever_the_week_each_slot_is_at_nine_and_prepared_in_working_hours(tmp_path_factory, day, zone_name):
    from companion import store as stores

    zone, first = ZoneInfo(zone_name), monday(day)
    kept = stores.open(tmp_path_factory.mktemp("week"))
    set_cadence(kept, DAILY)
    now = datetime.combine(first - timedelta(days=3), datetime.min.time(), zone).astimezone(NOW.tzinfo)
    found = get_schedule(kept, zone, first, first + timedelta(days=13), now)
    kept.close()
    assert [slot["time"] for slot in found.slots] == ["09:00"] * 10
    for slot in found.slots:
        assert datetime.fromisoformat(slot["starts_at"]).astimezone(zone).strftime("%H:%M") == "09:00"
        starts, ends = (datetime.fromtimestamp(edge * 60, zone) for edge in found.preparations[slot["id"]].block)
        assert "08:30" <= starts.strftime("%H:%M") < ends.strftime("%H:%M") <= "17:30"
        assert starts.isoweekday() <= 5
