"""The daily quarter of an hour: at the user's hour, moved around meetings."""

import pytest

from companion.editorial.agreement import DEFAULT, every_day, set_agreement
from companion.editorial.agreement.working_days import WorkingDays
from companion.editorial.busy import Busy, FreeTime, merged, minute_of, moment_of
from companion.editorial.planning.quarter import quarter_of
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.times import at
from tests.unit.planning import AMSTERDAM, MONDAY, NOW, SUNDAY


def clock(time, day=MONDAY):
    return minute_of(at(day, time, AMSTERDAM))


def wall(stretch):
    return stretch and moment_of(stretch[0]).astimezone(AMSTERDAM).strftime("%H:%M")


@pytest.mark.parametrize(
    ("hour", "meetings", "starts"),
    [
        ("08:45", [], "09:00"),  # Not before the working day.
        ("09:10", [], "09:10"),
        ("09:10", [("09:00", "10:00")], "10:00"),
        ("11:00", [("10:50", "12:00")], "10:35"),
        ("11:00", [("10:45", "11:15")], "11:15"),  # Of two as near the later one: the earlier would hurry the day.
        ("16:55", [], "16:45"),
        ("12:00", [("09:00", "16:46")], None),
        (None, [], None),
        ("09:07", [("09:00", "09:33")], "09:35"),  # On a round time.
    ],
)
def test_the_quarter_is_the_free_one_nearest_to_the_hour(hour, meetings, starts):
    busy = Busy(merged((clock(one), clock(other)) for one, other in meetings))
    free = FreeTime(WorkingDays(every_day("09:00", "17:00"), None), busy, AMSTERDAM)
    assert wall(quarter_of(MONDAY, hour, free, AMSTERDAM)) == starts


def test_each_working_day_ahead_has_one_and_no_other_day(store):
    set_agreement(store, {**DEFAULT, "quarter_at": "09:30", "country": "NL"})
    days = get_schedule(store, AMSTERDAM, MONDAY, SUNDAY, NOW).quarters
    assert [wall(block) for block in days.values()] == ["09:30"] * 5
    christmas = at(MONDAY, "00:00", AMSTERDAM).date().replace(month=12, day=25)
    assert christmas not in get_schedule(store, AMSTERDAM, christmas, christmas, NOW).quarters


def test_none_is_planned_until_the_user_names_an_hour(store):
    assert get_schedule(store, AMSTERDAM, MONDAY, SUNDAY, NOW).quarters == {}
