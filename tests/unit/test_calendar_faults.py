"""Events of calendar files that cannot be read, in whole or in part, or are made to hurt."""

import time
from base64 import b64encode
from contextlib import closing
from datetime import date

import pytest

from companion.editorial.busy import files as calendar_files
from companion.editorial.busy.files import Unreadable, busy_times_in
from companion.reading.workers import Stopped, Workers
from tests.unit.calendars import AMSTERDAM, FIRST, LAST, THERE, calendar, days, event, instead, nine, read, told

BAD = [
    ("DTSTART:yesterday",),
    ("DTSTART:20261399T090000",),
    ("DTSTART:20261124T250000",),
    ("DTEND:20261124T093000",),
    ("DTSTART:20261124T090000", "DTEND:20261123T090000"),
    ("DTSTART:20261124T090000", "DTEND;VALUE=DATE:20261125"),
    ("DTSTART:20261124T090000", "DURATION:half an hour"),
    ("DTSTART:20261124T090000", "DURATION:P99999999999D"),
    ("DTSTART:16010101T030000", "DTEND:20270101T000000", "RRULE:FREQ=DAILY;UNTIL=20270101T000000"),
    (f"RECURRENCE-ID;RANGE=THISANDFUTURE;{THERE}:16010101T090000", "DTSTART:20261124T090000", "DURATION:PT1H"),
]
BAD_RULES = [
    "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=HOURLY",
    "RRULE:FREQ=DAILY;BYMINUTE=1,2,3,4,5",
    "RRULE:FREQ=DAILY;INTERVAL=0",
    "RRULE:FREQ=DAILY;INTERVAL=99999999999999999999",
    "RRULE:FREQ=DAILY;COUNT=99999999999999999999",
    "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "RRULE:FREQ=DAILY;COUNT=2;BYMONTH=13",
    "RRULE:FREQ=WEEKLY;BYDAY=TU;BYSETPOS=2",
    "RRULE:RSCALE=HEBREW;FREQ=YEARLY",
    "RRULE:nonsense",
    "RRULE:FREQ=DAILY;UNTIL=never",
    f"RDATE:{'20261124T090000,' * 6000}",
]


@pytest.mark.parametrize("lines", BAD, ids=lambda lines: " ".join(lines)[:60])
def test_an_event_that_cannot_be_read_takes_no_other_along(lines):
    found = read(nine(uid="before"), event(*lines, uid="bad"), nine(day="20261125", uid="after"))
    assert told(found) == days("24 Nov, 25 Nov")
    assert found.unread == 1


@pytest.mark.parametrize("rule", BAD_RULES, ids=lambda rule: rule[:50])
def test_of_one_whose_rule_cannot_be_read_the_first_time_stays_busy_and_what_was_moved(rule):
    found = read(nine(rule), instead(of="20261201T090000"), nine(day="20261125", uid="after"))
    assert told(found) == ["24 Nov 09:00-09:30", "25 Nov 09:00-09:30", "3 Dec 14:00-14:15"]
    assert found.unread == 1


@pytest.mark.parametrize("written", ["EXDATE:sometimes", "EXDATE:20261201T080000Z,sometimes", "RDATE:20261399T090000"])
def test_a_date_that_cannot_be_read_takes_no_other_of_its_series_along(written):
    found = read(nine("RRULE:FREQ=WEEKLY;COUNT=3", written))
    assert told(found) == days("24 Nov, 8 Dec" if "Z" in written else "24 Nov, 1 Dec, 8 Dec")
    assert found.unread == 1


def test_one_that_was_moved_from_nobody_knows_where_leaves_its_series_alone():
    found = read(nine("RRULE:FREQ=WEEKLY;COUNT=4"), instead(of="garbage"))
    assert (told(found), found.unread) == (days("24 Nov, 1 Dec, 8 Dec, 15 Dec"), 1)


def test_one_that_is_broken_off_is_not_guessed_at():
    whole = calendar(nine(uid="before"), nine(day="20261125", uid="last"))
    found = busy_times_in(whole[: whole.rindex(b"DTEND")], AMSTERDAM, FIRST, LAST)
    assert (told(found), found.unread) == (days("24 Nov"), 1)


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:00010101T000000Z", "DTEND:99991231T235959Z"),
        ("DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:99991231"),
    ],
)
def test_events_without_end_are_cut_to_the_days_that_count(lines):
    found = read(event(*lines), first=date(2026, 11, 24), last=date(2026, 11, 25))
    assert told(found) in (["24 Nov", "25 Nov"], ["24 Nov 00:00-00:00"])


def test_more_than_anyone_s_calendar_holds_is_refused(monkeypatch):
    hours = [f"FREEBUSY:20261124T{hour:02}0000Z/PT1M" for hour in range(24)]
    assert read("BEGIN:VFREEBUSY", *hours, "END:VFREEBUSY").events == 24
    for limit in ("MOST_EVENTS", "MOST_STRETCHES"):
        with monkeypatch.context() as less:
            less.setattr(calendar_files, limit, 23)
            with pytest.raises(Unreadable, match="too_many_events"):
                read("BEGIN:VFREEBUSY", *hours, "END:VFREEBUSY")


def test_what_takes_too_long_is_given_up_and_the_next_one_is_read():
    asked = {"kind": "calendar", "days": ["UTC", "2026-11-01", "2027-12-31"]}
    written = "BEGIN:VEVENT\n" * 400_000
    with closing(Workers(1, "calendars")) as workers:
        with pytest.raises(Stopped, match="too_slow"):
            workers.do({**asked, "ics": b64encode(calendar(written)).decode()}, 0.3)
        assert workers.do({**asked, "ics": b64encode(calendar(nine())).decode()}, 10)["events"] == 1


OF_LONG_AGO = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:00011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:00010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""


def test_what_began_in_the_year_1_is_not_followed_from_there():
    zone = "TZID=Customized Time Zone"
    daily = [nine("RRULE:FREQ=DAILY", day="00010101", zone=zone, uid=str(number)) for number in range(50)]
    weekly = nine("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", day="16010102", zone=THERE, uid="weekly")
    before = time.monotonic()
    found = read(OF_LONG_AGO, *daily, weekly, first=date(2027, 1, 1), last=date(2027, 3, 30))
    assert time.monotonic() - before < 3
    assert told(found)[-4:] == days("27 Mar, 28 Mar, 29 Mar, 30 Mar")
    assert (found.events, found.unread) == (50 * 89 + 7, 0)


def test_more_that_cannot_be_read_than_a_record_counts_is_counted_no_further(monkeypatch):
    monkeypatch.setattr(calendar_files, "MOST_UNREAD", 3)
    assert read("BEGIN:VFREEBUSY", *["FREEBUSY:soon"] * 5, "END:VFREEBUSY").unread == 3
