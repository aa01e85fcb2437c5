"""Events of calendar files that recur, over changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.calendars import THERE, days, event, instead, nine, read, told

NEW_YORK = "TZID=America/New_York"


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=DAILY;COUNT=3", "24 Nov, 25 Nov, 26 Nov"),
        ("FREQ=WEEKLY;COUNT=3", "24 Nov, 1 Dec, 8 Dec"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=4", "24 Nov, 26 Nov, 8 Dec, 10 Dec"),
        ("FREQ=MONTHLY;BYDAY=-1TU;COUNT=3", "24 Nov, 29 Dec, 26 Jan"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "24 Nov, 31 Dec, 31 Jan, 31 Mar"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", "24 Nov, 30 Nov, 31 Dec"),
        ("FREQ=YEARLY;COUNT=2", "24 Nov"),
        ("FREQ=WEEKLY;UNTIL=20261208", "24 Nov, 1 Dec, 8 Dec"),
        ("FREQ=WEEKLY;UNTIL=20261208T090000", "24 Nov, 1 Dec, 8 Dec"),
        ("FREQ=WEEKLY;UNTIL=20261208T080000Z", "24 Nov, 1 Dec, 8 Dec"),
        ("FREQ=WEEKLY;UNTIL=20261208T075959Z", "24 Nov, 1 Dec"),
        ("FREQ=WEEKLY;UNTIL=20261208T235959Z;WKST=SU", "24 Nov, 1 Dec, 8 Dec"),
        ("freq=weekly;count=2;", "24 Nov, 1 Dec"),
        ("FREQ=WEEKLY; BYDAY=TU,; COUNT=2", "24 Nov, 1 Dec"),
        ("RSCALE=GREGORIAN;FREQ=WEEKLY;COUNT=2;SKIP=BACKWARD", "24 Nov, 1 Dec"),
    ],
)  # fmt: skip
def test_rules_as_calendars_have_them(rule, found):
    assert told(read(nine(f"RRULE:{rule}"))) == days(found)


@pytest.mark.parametrize("until", ["99991231", "99991231T235959Z"])
@pytest.mark.parametrize("day", [f"{NEW_YORK}:20270316T090000", "VALUE=DATE:20270316"])
def test_until_for_ever_is_no_end(until, day):
    assert read(event(f"DTSTART;{day}", "DURATION:P1D", f"RRULE:FREQ=WEEKLY;UNTIL={until}")).events == 3


@pytest.mark.parametrize("until", ["20261208", "20261208T090000", "20261208T140000Z"])
def test_the_last_one_counts_wherever_the_event_is(until):
    found = read(nine(f"RRULE:FREQ=WEEKLY;UNTIL={until}", zone=NEW_YORK))
    assert told(found) == days("24 Nov, 1 Dec, 8 Dec", "15:00-15:30")


@pytest.mark.parametrize(
    ("zone", "day", "found"),
    [
        (THERE, "20261024", ["24 Oct 09:00-09:30", "25 Oct 09:00-09:30", "26 Oct 09:00-09:30"]),
        (THERE, "20270327", ["27 Mar 09:00-09:30", "28 Mar 09:00-09:30", "29 Mar 09:00-09:30"]),
        (THERE, "20261230", ["30 Dec 09:00-09:30", "31 Dec 09:00-09:30", "1 Jan 09:00-09:30"]),
        (NEW_YORK, "20261024", ["24 Oct 15:00-15:30", "25 Oct 14:00-14:30", "26 Oct 14:00-14:30"]),
        ("TZID=UTC", "20261024", ["24 Oct 11:00-11:30", "25 Oct 10:00-10:30", "26 Oct 10:00-10:30"]),
    ],
)
def test_the_time_on_the_wall_stays_over_changes_of_the_clock(zone, day, found):
    assert told(read(nine("RRULE:FREQ=DAILY;COUNT=3", day=day, zone=zone))) == found


def test_an_hour_that_is_missing_or_there_twice():
    def at_half_past_two(day):
        return event(f"DTSTART;{THERE}:{day}T023000", f"DTEND;{THERE}:{day}T024500")

    assert told(read(at_half_past_two("20270328"))) == ["28 Mar 03:30-03:45"]
    assert read(at_half_past_two("20261025")).busy[0] % 60 == 30
    night = event(f"DTSTART;{THERE}:20261024T233000", "DURATION:PT8H", "RRULE:FREQ=DAILY;COUNT=1")
    assert told(read(night)) == ["24 Oct 23:30-06:30"]


WEEKLY = nine("RRULE:FREQ=WEEKLY;COUNT=4")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ([nine("RRULE:FREQ=WEEKLY;COUNT=4", f"EXDATE;{THERE}:20261201T090000,20261215T090000")], ["24 Nov 09:00-09:30", "8 Dec 09:00-09:30"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261201T080000Z")], ["24 Nov 09:00-09:30", "8 Dec 09:00-09:30"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;VALUE=DATE:20261201")], ["24 Nov 09:00-09:30", "8 Dec 09:00-09:30"]),
        ([nine(f"RDATE;{THERE}:20261126T100000", "RDATE;VALUE=PERIOD:20261127T090000Z/PT2H")], ["24 Nov 09:00-09:30", "26 Nov 10:00-10:30", "27 Nov 10:00-12:00"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2"), instead(of="20261201T090000")], ["24 Nov 09:00-09:30", "3 Dec 14:00-14:15"]),
        ([instead(of="20261201T090000"), nine("RRULE:FREQ=WEEKLY;COUNT=2")], ["24 Nov 09:00-09:30", "3 Dec 14:00-14:15"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2"), instead("STATUS:CANCELLED", of="20261201T090000")], ["24 Nov 09:00-09:30"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2"), instead("TRANSP:TRANSPARENT", of="20261201T090000")], ["24 Nov 09:00-09:30"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2", "TRANSP:TRANSPARENT"), instead(of="20261201T090000")], ["3 Dec 14:00-14:15"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2", day="20280104"), instead(of="20280111T090000")], ["3 Dec 14:00-14:15"]),
        ([instead(of="20261201T090000")], ["3 Dec 14:00-14:15"]),
        ([WEEKLY, instead(of="20261208T090000", at="20261210T140000").replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")], ["24 Nov 09:00-09:30", "1 Dec 09:00-09:30", "10 Dec 14:00-14:15", "17 Dec 14:00-14:15"]),
        ([nine("SEQUENCE:1"), nine("SEQUENCE:2", day="20261125")], ["25 Nov 09:00-09:30"]),
        ([nine(), nine(day="20261125")], ["24 Nov 09:00-09:30", "25 Nov 09:00-09:30"]),
        ([nine(), nine()], ["24 Nov 09:00-09:30"]),
        ([nine(uid=""), nine(uid="", day="20261125")], ["24 Nov 09:00-09:30", "25 Nov 09:00-09:30"]),
        # A day, or midnight of it, means the occurrence of that day.
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2"), instead(of="20261201T000000")], ["24 Nov 09:00-09:30", "3 Dec 14:00-14:15"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2"), instead(of="20261201")], ["24 Nov 09:00-09:30", "3 Dec 14:00-14:15"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2", f"EXDATE;{THERE}:20261201T000000")], ["24 Nov 09:00-09:30"]),
        ([event(f"DTSTART;{NEW_YORK}:20261124T190000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2", "EXDATE:20261202T000000Z")], ["25 Nov 01:00-02:00"]),
        # Outlook names an occurrence of another series in one that was copied.
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2", f"RECURRENCE-ID;{THERE}:20261124T083000")], ["24 Nov 09:00-09:30", "1 Dec 09:00-09:30"]),
        ([nine("RRULE:FREQ=WEEKLY;COUNT=2"), event(f"RECURRENCE-ID;{THERE}:20261201T090000", "STATUS:CANCELLED")], ["24 Nov 09:00-09:30"]),
    ],
)  # fmt: skip
def test_what_was_moved_left_out_or_added(written, found):
    assert told(read(*written)) == found


@pytest.mark.parametrize(
    ("day", "rule", "last"),
    [
        ("VALUE=DATE:20261204", "FREQ=WEEKLY;UNTIL=20261217T230000Z", "18 Dec"),
        ("VALUE=DATE:20261204", "FREQ=WEEKLY;UNTIL=20261218T000000Z", "18 Dec"),
        ("VALUE=DATE:20261204", "FREQ=WEEKLY;UNTIL=20261217T235959Z", "11 Dec"),
        ("VALUE=DATE:20261204", "FREQ=WEEKLY;UNTIL=20261218", "18 Dec"),
        ("20261203T230000Z", "FREQ=WEEKLY;UNTIL=20261217T230000Z", "18 Dec"),
    ],
)
def test_the_last_whole_day_counts_where_its_end_is_midnight_here_as_outlook_writes_it(day, rule, last):
    ends = "DTEND:20261204T230000Z" if day.endswith("Z") else "DTEND;VALUE=DATE:20261205"
    starts = f"DTSTART:{day}" if day.endswith("Z") else f"DTSTART;{day}"
    whole = (starts, ends, "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", f"RRULE:{rule}")
    moved = event("RECURRENCE-ID:20261210T230000Z", "DTSTART;VALUE=DATE:20261209", "DTEND;VALUE=DATE:20261210")
    found = ["4 Dec", "11 Dec", "18 Dec"][: ["4 Dec", "11 Dec", "18 Dec"].index(last) + 1]
    assert told(read(event(*whole))) == found
    assert told(read(event(*whole, "EXDATE:20261210T230000Z"))) == [one for one in found if one != "11 Dec"]
    assert told(read(event(*whole), moved)) == ["4 Dec", "9 Dec", *found[2:]]


def test_a_length_stays_where_the_first_time_lies_in_the_night_of_a_change():
    written = [f"DTSTART;{THERE}:20261025T013000", "DURATION:PT1H30M", "RRULE:FREQ=WEEKLY;COUNT=2"]
    assert told(read(event(*written))) == ["25 Oct 01:30-02:00", "1 Nov 01:30-03:00"]
    assert told(read(event(*written, f"RDATE;VALUE=PERIOD;{THERE}:20261102T090000/PT3H")))[2:] == ["2 Nov 09:00-12:00"]


def test_whole_days_that_recur_stay_days():
    found = read(
        event(
            "DTSTART;VALUE=DATE:20261030",
            "DTEND;VALUE=DATE:20261101",
            "RRULE:FREQ=MONTHLY;UNTIL=20261231T000000Z",
            "EXDATE;VALUE=DATE:20261130",
        )
    )
    assert told(found) == ["30 Oct", "31 Oct", "30 Dec", "31 Dec"]
    assert told(read(event("DTSTART;VALUE=DATE:16040229", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28"))) == ["28 Feb"]


ZONES = ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]
RULES = [
    "FREQ=DAILY;INTERVAL={}", "FREQ=WEEKLY;INTERVAL={}", "FREQ=WEEKLY;INTERVAL={};BYDAY=MO,WE,FR", "FREQ=MONTHLY;INTERVAL={}",
]  # fmt: skip
NEW_YEAR = datetime.fromisoformat("2026-01-01T00:00")
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 450 * 24 * 3600).map(lambda second: NEW_YEAR + timedelta(seconds=second)),
        st.integers(0, 3 * 24 * 3600), st.sampled_from(ZONES), st.sampled_from([*RULES, ""]), st.integers(1, 5), st.integers(1, 40),
        st.sets(st.integers(0, 9), max_size=3), st.booleans(),
    ),
    max_size=4,
)  # fmt: skip


def minutes_of(found):
    edges = iter(found.busy)
    return {minute for start, end in zip(edges, edges, strict=True) for minute in range(start, end)}


def naive_minutes(start, seconds, zone, rule, interval, count, left_out, is_transparent):
    """The same minute by minute, by another reader of rules that is told nothing of zones."""
    walls = list(rrulestr(f"{rule.format(interval)};COUNT={count}", dtstart=start)) if rule else [start]
    if start not in walls:
        walls.insert(0, start)
    kept = [wall for number, wall in enumerate(walls) if not (rule and number in left_out)]
    spans = [
        [when.replace(tzinfo=ZoneInfo(zone)).timestamp() for when in (wall, wall + timedelta(seconds=seconds))]
        for wall in kept
    ]
    found = {minute for first, last in spans if first < last for minute in range(int(first // 60), int(-(-last // 60)))}
    return set() if is_transparent else found


def as_written(number, start, seconds, zone, rule, interval, count, left_out, is_transparent):
    def moment(name, when):
        return f"{name};TZID={zone}:{when:%Y%m%dT%H%M%S}"

    lines = [moment("DTSTART", start), moment("DTEND", start + timedelta(seconds=seconds))]
    if rule:
        walls = list(rrulestr(f"{rule.format(interval)};COUNT={count}", dtstart=start))
        walls = walls if start in walls else [start, *walls]
        lines += [
            f"RRULE:{rule.format(interval)};COUNT={count}",
            *(moment("EXDATE", wall) for place, wall in enumerate(walls) if place in left_out),
        ]
    return event(*lines, *["TRANSP:TRANSPARENT"] * is_transparent, uid=str(number))


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_any_events_make_the_minutes_busy_that_another_reader_finds(events):
    first, last = date(2026, 10, 1), date(2027, 4, 10)
    window = range(
        int(datetime(2026, 10, 1, tzinfo=UTC).timestamp() // 60),
        int(datetime(2027, 4, 11, tzinfo=UTC).timestamp() // 60),
    )
    found = read(
        *(as_written(number, *one) for number, one in enumerate(events)), zone=ZoneInfo("UTC"), first=first, last=last
    )
    expected = set().union(*(naive_minutes(*one) for one in events))
    assert minutes_of(found) == {minute for minute in expected if minute in window}
    assert found.unread == 0
