"""Busy times, and what is left of a working day."""

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from companion.editorial.agreement import every_day
from companion.editorial.agreement.working_days import WorkingDays
from companion.editorial.busy import Busy, FreeTime, busy_times, gaps, merged, minute_of, moment_of, whole_day
from companion.editorial.times import at
from tests.unit.planning import AMSTERDAM, MONDAY

stretches = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40)).map(lambda one: (one[0], one[0] + one[1])))


def minutes(found):
    return {minute for starts, ends in found for minute in range(starts, ends)}


@given(stretches)
def test_merging_keeps_every_minute_in_stretches_that_do_not_touch(found):
    together = merged(found)
    assert minutes(together) == minutes(found)
    assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(together))


@given(stretches, st.integers(0, 200), st.integers(0, 60))
def test_what_is_left_between_two_moments_is_all_that_is_not_busy(found, starts, length):
    busy = Busy(merged(found))
    left = list(gaps(starts, starts + length, busy))
    assert minutes(left) == set(range(starts, starts + length)) - minutes(found)
    assert busy.overlaps(starts, starts + length) == bool(set(range(starts, starts + length)) & minutes(found))


def clock(day, time):
    return minute_of(at(day, time, AMSTERDAM))


def free_time(*meetings, hours=None, country=None):
    working = WorkingDays(hours or every_day("09:00", "17:00"), country)
    return FreeTime(working, Busy(merged(meetings)), AMSTERDAM)


def told(free, day):
    return [
        "-".join(moment_of(edge).astimezone(AMSTERDAM).strftime("%H:%M") for edge in gap) for gap in free.of_day(day)
    ]


def test_a_day_has_its_hours_without_its_meetings():
    meeting = (clock(MONDAY, "10:00"), clock(MONDAY, "11:30"))
    late = (clock(MONDAY, "16:30"), clock(MONDAY, "18:00"))
    assert told(free_time(meeting, late), MONDAY) == ["09:00-10:00", "11:30-16:30"]


def test_a_day_in_two_stretches_has_no_lunch():
    hours = [{"weekday": 1, "starts": "13:00", "ends": "17:00"}, {"weekday": 1, "starts": "09:00", "ends": "12:00"}]
    free = free_time(hours=hours)
    assert told(free, MONDAY) == ["09:00-12:00", "13:00-17:00"]
    assert told(free, date(2026, 11, 24)) == []


def test_what_was_taken_is_free_no_more():
    free = free_time()
    assert free.is_free(clock(MONDAY, "16:00"), clock(MONDAY, "16:30"))
    free.take(clock(MONDAY, "16:00"), clock(MONDAY, "16:30"))
    assert told(free, MONDAY) == ["09:00-16:00", "16:30-17:00"]
    assert not free.is_free(clock(MONDAY, "15:50"), clock(MONDAY, "16:10"))


def test_weekends_and_holidays_have_no_free_time():
    free = free_time(country="NL")
    assert [told(free, day) for day in (date(2026, 11, 28), date(2026, 12, 25))] == [[], []]


def test_a_whole_day_is_as_long_as_the_clocks_make_it():
    lengths = [whole_day(day, AMSTERDAM) for day in (date(2026, 10, 25), date(2026, 11, 25), date(2027, 3, 28))]
    assert [(ends - starts) // 60 for starts, ends in lengths] == [25, 24, 23]


def test_busy_times_are_those_of_all_calendars_and_their_whole_days(store):
    ten = clock(MONDAY, "10:00")
    store.busy_calendars.put({"id": "a", "busy": [ten, ten + 60], "days": ["2026-11-25"]})
    store.busy_calendars.put({"id": "b", "busy": [ten + 30, ten + 90], "days": []})
    wednesday = whole_day(date(2026, 11, 25), AMSTERDAM)
    assert busy_times(store, AMSTERDAM).stretches == [(ten, ten + 90), wednesday]
