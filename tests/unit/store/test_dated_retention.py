"""Which dated backups are kept, whatever the days on which Kwartier ran and whatever its clock did."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.store.backups.retention import kept

TODAY = date(2026, 11, 22)  # A Sunday.
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def days(*ago):
    return {TODAY - timedelta(days=number) for number in ago}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (set(), set()),
        (days(0), days(0)),
        (days(*range(7)), days(*range(7))),
        # Every day for six weeks: seven days, and the Sundays of the weeks before.
        (days(*range(42)), days(0, 1, 2, 3, 4, 5, 6, 7, 14, 21)),
        # Only on Mondays: the last seven of them.
        (days(*range(6, 90, 7)), days(6, 13, 20, 27, 34, 41, 48)),
        # After a year away nothing is gone; the eighth is the Sunday of its week.
        (days(*range(365, 372)), days(*range(365, 372))),
        (days(0, *range(365, 372)), days(0, *range(365, 372))),
        # The clock was set back by ten days: what was made in between stays.
        (days(-10, -9, 0, 1), days(-10, -9, 0, 1)),
    ],
    ids=["none", "first", "a week", "six weeks", "Mondays", "a year later", "back after a year", "clock set back"],
)
def test_the_last_days_and_the_weeks_before_are_kept(before, after):
    assert kept(before, TODAY) == after


@given(st.sets(DAYS, min_size=1), DAYS)
def test_whatever_the_days_the_newest_stays_and_few_are_kept(dates, today):
    left = kept(dates, today)
    assert left <= dates
    assert max(dates) in left
    assert {day for day in dates if day > today} <= left
    assert len({day for day in left if day <= today}) <= 11
    assert len(left) >= min(len(dates), 7)


@given(st.sets(DAYS), DAYS)
def test_what_was_kept_is_kept_when_looked_at_again(dates, today):
    left = kept(dates, today)
    assert kept(left, today) == left


@given(st.integers(60, 200), st.integers(0, 6))
def test_after_two_months_of_use_there_is_one_of_each_of_the_last_four_weeks(length, start):
    present = set()
    for number in range(length):
        today = date(2026, 1, 1 + start) + timedelta(days=number)
        present = kept({*present, today}, today)
    weeks = {(today - timedelta(weeks=back)).isocalendar()[:2] for back in range(4)}
    assert weeks <= {day.isocalendar()[:2] for day in present}
    assert {today - timedelta(days=back) for back in range(7)} <= present
