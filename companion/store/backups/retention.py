"""Which of the dated backups are kept: the last days close together, the weeks before them further apart."""

from collections.abc import Iterable
from datetime import date

DAYS = 7
WEEKS = 4


def kept(dates: Iterable[date], today: date) -> set[date]:
    """Of the days that have a backup those whose backup is kept.

    That is the last 7 of them, and the last one in each of the last 4 ISO weeks that have any: days in which Kwartier
    did not run do not count, so a long absence removes nothing. What is later than today was made before the clock was
    set back, and stays.
    """
    ordered = sorted(set(dates))
    past = [day for day in ordered if day <= today]
    last_of_week = {day.isocalendar()[:2]: day for day in past}
    return {*past[-DAYS:], *list(last_of_week.values())[-WEEKS:], *ordered[len(past) :]}
