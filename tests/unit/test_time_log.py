"""Measured time: an instant counts once, on the day it was where it was."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.editorial import time_log

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
AMSTERDAM = "Europe/Amsterdam"


def segment(start, end, activity="read", id="s1", zone=AMSTERDAM, **more):
    return {"id": id, "start": start, "end": end, "zone": zone, "activity": activity, "site": "curated", **more}


def seconds(store, first, last=None, activity="read"):
    return [day[activity] for day in time_log.days(store, first, last or first)]


CASES = {
    "ten minutes": ([("2026-11-20T09:00:00Z", "2026-11-20T09:10:00Z", AMSTERDAM)], {"2026-11-20": 600}),
    "23:50 to 00:10 is split at midnight": (
        [("2026-11-19T22:50:00Z", "2026-11-19T23:10:00Z", AMSTERDAM)],
        {"2026-11-19": 600, "2026-11-20": 600},
    ),
    "the 25-hour day, 23:30 to 00:30": (
        [("2026-10-25T22:30:00Z", "2026-10-25T23:30:00Z", AMSTERDAM)],
        {"2026-10-25": 1800, "2026-10-26": 1800},
    ),
    "the 23-hour day, 23:50 to 00:10": (
        [("2026-03-29T21:50:00Z", "2026-03-29T22:10:00Z", AMSTERDAM)],
        {"2026-03-29": 600, "2026-03-30": 600},
    ),
    "the doubled hour, 02:50 first to 02:10 second": (
        [("2026-10-25T00:50:00Z", "2026-10-25T01:10:00Z", AMSTERDAM)],
        {"2026-10-25": 1200},
    ),
    "recorded in Tokyo, it stays on the date it was there": (
        [("2026-11-19T16:00:00Z", "2026-11-19T16:30:00Z", "Asia/Tokyo")],
        {"2026-11-19": 0, "2026-11-20": 1800},
    ),
}


@pytest.mark.parametrize(("spans", "expected"), CASES.values(), ids=CASES)
def test_time_counts_on_its_own_day(store, spans, expected):
    segments = [segment(start, end, id=str(n), zone=zone) for n, (start, end, zone) in enumerate(spans)]
    time_log.record(store, "chromium", segments, NOW)
    assert {day: seconds(store, date.fromisoformat(day))[0] for day in expected} == expected


def test_two_browsers_at_once_count_once(store):
    time_log.record(store, "chromium", [segment("2026-11-20T10:00:00Z", "2026-11-20T10:10:00Z")], NOW)
    time_log.record(store, "firefox", [segment("2026-11-20T10:05:00Z", "2026-11-20T10:12:00Z")], NOW)
    assert seconds(store, date(2026, 11, 20)) == [720]


def test_of_two_at_once_the_one_that_started_last_counts(store):
    segments = [
        segment("2026-11-20T10:00:00Z", "2026-11-20T10:10:00Z", "browse", "a"),
        segment("2026-11-20T10:04:00Z", "2026-11-20T10:06:00Z", "react", "b"),
        segment("2026-11-20T10:00:00Z", "2026-11-20T10:01:00Z", "create", "c"),
    ]
    time_log.record(store, "chromium", segments, NOW)
    day = time_log.day(store, date(2026, 11, 20))
    assert day == {"date": "2026-11-20", "browse": 420, "read": 0, "react": 120, "create": 60}


def test_replays_and_disorder_change_nothing_and_a_segment_only_grows(store):
    long = segment("2026-11-20T10:00:00Z", "2026-11-20T10:10:00Z")
    for sent in (long, segment("2026-11-20T10:00:00Z", "2026-11-20T10:05:00Z"), long, long):
        assert time_log.record(store, "chromium", [sent], NOW) == (1, [])
    assert seconds(store, date(2026, 11, 20)) == [600]


def test_a_late_replay_changes_nothing_of_the_longer_one(store):
    time_log.record(store, "chromium", [segment("2026-11-20T10:00:00Z", "2026-11-20T10:10:00Z", words=500)], NOW)
    time_log.record(store, "chromium", [segment("2026-11-20T10:00:00Z", "2026-11-20T10:05:00Z", "browse")], NOW)
    assert time_log.day(store, date(2026, 11, 20))["read"] == 600


def test_a_segment_does_not_grow_past_twelve_hours(store):
    time_log.record(store, "chromium", [segment("2026-11-20T04:00:00Z", "2026-11-20T05:00:00Z")], NOW)
    time_log.record(store, "chromium", [segment("2026-11-20T16:00:00Z", "2026-11-20T17:00:00Z")], NOW)
    assert seconds(store, date(2026, 11, 20)) == [3600]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (segment("1970-01-01T00:10:00Z", "1970-01-01T00:20:00Z"), "start: lies before the year 2000"),
        (segment("2026-11-20T10:10:00Z", "2026-11-20T10:00:00Z"), "end: lies before start"),
        (segment("2026-11-20T17:59:00Z", "2026-11-20T18:01:01Z"), "end: lies in the future"),
        (segment("2026-11-20T01:00:00Z", "2026-11-20T13:00:01Z"), "end: more than 12 hours after start"),
        (segment("yesterday", "2026-11-20T10:00:00Z"), "start: is not as expected"),
        ("no segment", "segment: must be of type object"),
    ],
)
def test_one_bad_segment_is_named_and_blocks_nothing(store, bad, message):
    good = segment("2026-11-20T10:00:00Z", "2026-11-20T10:10:00Z", id="good")
    accepted, [rejected] = time_log.record(store, "chromium", [bad, good], NOW)
    assert accepted == 1
    assert rejected["message"].startswith(message)
    assert seconds(store, date(2026, 11, 20)) == [600]


def test_a_day_has_entries_and_they_are_merged_where_they_touch(store):
    segments = [
        segment("2026-11-20T10:00:00Z", "2026-11-20T10:05:00Z", id="a"),
        segment("2026-11-20T10:05:00Z", "2026-11-20T10:08:00Z", id="b"),
    ]
    time_log.record(store, "chromium", segments, NOW)
    [day] = time_log.days(store, date(2026, 11, 20), date(2026, 11, 20))
    assert [(entry["start"], entry["end"]) for entry in day["entries"]] == [
        ("2026-11-20T10:00:00Z", "2026-11-20T10:08:00Z")
    ]


START = datetime(2026, 11, 20, 8, tzinfo=UTC)
spans = st.lists(st.tuples(st.integers(0, 600), st.integers(1, 300), st.sampled_from(time_log.ACTIVITIES)), max_size=12)


def stretch(start, length, activity):
    begin = START + timedelta(seconds=start)
    return time_log.Stretch(begin, begin + timedelta(seconds=length), begin, activity, "s", "", "b")


@given(spans)
def test_the_union_covers_every_measured_second_once(spans):
    pieces = time_log.union(stretch(*span) for span in spans)
    measured = {second for start, length, _ in spans for second in range(start, start + length)}
    counted = [
        second
        for piece in pieces
        for second in range(round((piece.start - START).total_seconds()), round((piece.end - START).total_seconds()))
    ]
    assert sorted(counted) == sorted(measured)


@given(spans, st.randoms())
def test_the_order_in_which_segments_arrive_makes_no_difference(spans, random):
    def totals(spans):
        pieces = time_log.union(stretch(*span) for span in spans)
        return {
            activity: sum((p.end - p.start).total_seconds() for p in pieces if p.activity == activity)
            for activity in time_log.ACTIVITIES
        }

    before = totals(spans)
    random.shuffle(spans)
    assert totals(spans) == before
