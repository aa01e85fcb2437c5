"""The user's calendars as records: their addresses, when they are asked, and what stays when they cannot be read."""

from datetime import timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

import companion.store
from companion import contract
from companion.editorial.busy import calendars as busy_calendars
from companion.editorial.busy.calendars import Objection, Objectionable, calendar_address, edge_problems, shown_address
from companion.editorial.busy.files import Fault
from companion.errors import NotFound
from companion.reading.answers import Reason
from companion.web.pages.calendar_problems import problem_words
from tests.unit.planning import AMSTERDAM, NOW

URL = "https://agenda.example/private-1a2b/basic.ics"
READING = {
    "name": "Werk",
    "busy": [10, 20],
    "days": ["2026-12-25"],
    "events": 2,
    "unread": 1,
    "etag": '"a"',
    "last_modified": None,
}
FAILED, UNCHANGED = {"problem": "unreachable"}, {"unchanged": True}


def add(store, url=URL):
    return busy_calendars.add_address(store, url, AMSTERDAM, NOW)["id"]


def note(store, calendar_id, reading, **later):
    return busy_calendars.note_reading(store, calendar_id, reading, AMSTERDAM, NOW + timedelta(**later))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (URL, URL),
        (f"  {URL}\n", URL),
        (URL.replace("https", "webcal"), URL),
        (URL.replace("https", "WebCals"), URL),
        ("agenda.example/a.ics", "https://agenda.example/a.ics"),
        ("webcal://https://agenda.example/a.ics", "https://agenda.example/a.ics"),
        ("https://agenda.example?of=sanne@firma.example", "https://agenda.example?of=sanne@firma.example"),
        ("http://intranet:8080/a.ics?x=http://b", "http://intranet:8080/a.ics?x=http://b"),
        ("https://agenda.example/sanne@firma.example/a.ics", "https://agenda.example/sanne@firma.example/a.ics"),
    ],
)
def test_addresses_as_people_paste_them(typed, address):
    assert calendar_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "no_address"),
        ("agenda", "no_address"),
        ("javascript:alert(1)", "no_address"),
        ("file:///etc/passwd", "no_address"),
        ("ftp://agenda.example/a.ics", "no_address"),
        ("https://", "no_address"),
        ("https://agenda.example/" + "a" * 2100, "no_address"),
        ("https://a.example:99999/", "no_address"),
        ("https://a.example/\x00", "no_address"),
        ("https://sanne:geheim@a.example/", "user_in_address"),
        ("sanne@firma.example", "user_in_address"),
    ],
)
def test_what_is_no_address_of_a_calendar(typed, problem):
    with pytest.raises(Objectionable) as caught:
        calendar_address(typed)
    assert caught.value.problem == problem
    assert "geheim" not in caught.value.message


def test_of_an_address_only_the_site_is_shown():
    assert shown_address(URL) == "agenda.example/…"


def test_a_failure_keeps_what_was_read_and_the_next_reading_forgets_it(store):
    calendar_id = add(store)
    assert note(store, calendar_id, READING)["busy"] == [10, 20]
    failed = note(store, calendar_id, FAILED, hours=3)
    assert (failed["problem"], failed["busy"], failed["read_at"]) == ("unreachable", [10, 20], "2026-11-22T09:00:00Z")
    again = note(store, calendar_id, UNCHANGED, hours=4)
    assert (again["problem"], again["busy"], again["read_at"]) == (None, [10, 20], "2026-11-22T13:00:00Z")
    assert contract.check("busy_calendar", dict(again)) == []


@pytest.mark.parametrize(
    ("busy", "is_fine"),
    [([], True), ([10, 20, 30, 40], True), ([5], False), ([20, 10], False), ([10, 20, 20, 30], False)],
)
def test_busy_times_have_an_end_each_and_stand_in_order(store, busy, is_fine):
    kept = note(store, add(store), {**READING, "busy": busy})
    assert (edge_problems(kept) == []) == is_fine


def test_each_reason_why_a_calendar_cannot_be_read_or_added_has_its_own_words():
    codes = {*get_args(Objection), *get_args(Fault), *get_args(Reason), "gone", "no_file", "unreadable"}
    assert len({problem_words(code) for code in codes}) == len(codes)


def test_it_stays_over_a_restart(store):
    note(store, add(store), READING)
    kept = busy_calendars.all_calendars(store)
    store.close()
    with_it = companion.store.open(store.folder)
    assert busy_calendars.all_calendars(with_it) == kept
    with_it.close()


def test_one_that_was_removed_is_not_noted_any_more(store):
    calendar_id = add(store)
    busy_calendars.remove(store, calendar_id)
    assert note(store, calendar_id, READING) is None
    assert busy_calendars.all_calendars(store) == []
    with pytest.raises(NotFound):
        busy_calendars.remove(store, calendar_id)


@pytest.mark.parametrize(
    ("later", "zone", "is_due", "is_asked_for_changes"),
    [
        ({"minutes": 49}, AMSTERDAM, False, True),
        ({"minutes": 50}, AMSTERDAM, True, True),
        ({"hours": 13}, AMSTERDAM, True, True),
        ({"hours": 14}, AMSTERDAM, True, False),
        ({"hours": -3}, AMSTERDAM, True, True),
        ({"minutes": 1}, ZoneInfo("Asia/Tokyo"), True, False),
    ],
)
def test_each_hour_for_what_changed_and_each_day_or_in_another_zone_for_all(
    store, later, zone, is_due, is_asked_for_changes
):
    calendar_id, now = add(store), NOW + timedelta(**later)
    busy_calendars.add_file(store, "a.ics", READING, AMSTERDAM, NOW)
    kept = note(store, calendar_id, READING)
    assert busy_calendars.due(store, zone, now) == [calendar_id] * is_due
    assert busy_calendars.tags_of(kept, zone, now) == ({"If-None-Match": '"a"'} if is_asked_for_changes else {})


def test_one_that_was_removed_is_not_put_back_beside_ten_others(store):
    removed = busy_calendars.remove(store, add(store))
    for number in range(10):
        add(store, f"{URL}?{number}")
    with pytest.raises(Objectionable, match="too_many_calendars"):
        busy_calendars.put_back(store, removed)


def test_one_that_was_never_read_is_due(store):
    calendar_id = add(store)
    assert busy_calendars.due(store, AMSTERDAM, NOW) == [calendar_id]


def test_a_calendar_without_a_name_keeps_the_one_it_has(store):
    assert note(store, add(store), {**READING, "name": ""})["name"] == "agenda.example"
