"""A calendar program that subscribes to the plan: its address, what it gets, and who gets nothing."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from companion.web import feed_address
from companion.web.limits import Attempts
from tests.integration.conftest import CONTROL, NOW, Caller, capture, kept_on_disk
from tests.integration.forms import send, show

SLOT = "2026-11-24-tue"
PAGE = "/plan/calendar-feed"


@pytest.fixture
def planned(api):
    item = api.post("/api/captures", capture(commentary="Mijn kijk.")).json["item"]
    api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": SLOT})
    return item["id"]


def made(browser, language="en"):
    """The path of a new address."""
    send(browser, PAGE, follow=False)
    address = show(browser, PAGE, language).find("#feed-address")[0].get("value")
    return address.removeprefix("http://127.0.0.1:7715")


def events(answer):
    calendar = icalendar.Calendar.from_ical(answer.data)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def poll(program, path, answer):
    return program.get(path, headers={"If-None-Match": answer.headers["ETag"]})


def test_a_program_with_the_address_gets_the_posts_and_the_blocks_to_write_them_in(browser, anyone, planned):
    answer = anyone.get(made(browser))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert {f"{SLOT}@kwartier", f"prep-{SLOT}@kwartier"} <= set(events(answer))


def test_a_program_that_has_it_already_gets_304_until_something_changes(browser, anyone, api, planned, running):
    path = made(browser)
    first = anyone.get(path)
    running.clock = lambda: NOW + timedelta(hours=1)
    again = poll(anyone, path, first)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert anyone.get(path).data == first.data
    api("PATCH", f"/api/items/{planned}", {"commentary": "Mijn nieuwe kijk."})
    changed = poll(anyone, path, first)
    assert changed.status_code == 200
    event = events(changed)[f"{SLOT}@kwartier"]
    assert event["SEQUENCE"] > events(first)[f"{SLOT}@kwartier"]["SEQUENCE"]
    assert event["LAST-MODIFIED"].dt == NOW + timedelta(hours=1)
    assert poll(anyone, path, changed).status_code == 304


def test_the_file_tells_of_the_same_changes(browser, anyone, api, planned):
    before = events(anyone.get(made(browser)))[f"{SLOT}@kwartier"]
    api("PATCH", f"/api/items/{planned}", {"commentary": "Mijn nieuwe kijk."})
    file = api.get("/api/exports/ics")
    assert events(file)[f"{SLOT}@kwartier"]["SEQUENCE"] == before["SEQUENCE"] + 1
    assert file.data == api.get("/api/exports/ics").data


def test_what_was_taken_out_is_no_longer_there(browser, anyone, api, planned):
    path = made(browser)
    api("DELETE", f"/api/items/{planned}/slot")
    assert not {f"{SLOT}@kwartier", f"prep-{SLOT}@kwartier"} & set(events(anyone.get(path)))


def test_it_speaks_the_language_of_its_address(browser, anyone, planned):
    english = made(browser)
    answers = [
        anyone.get(path, headers={"Accept-Language": "nl"}) for path in (english, english.replace("/en.", "/nl."))
    ]
    names = [icalendar.Calendar.from_ical(answer.data)["X-WR-CALNAME"] for answer in answers]
    assert names == ["Kwartier: Content plan", "Kwartier: Contentplan"]
    assert len({answer.headers["ETag"] for answer in answers}) == 2
    assert made(browser, "nl").endswith("/nl.ics")


def test_only_the_length_is_told_where_only_that_is_asked_for(browser, anyone, planned):
    path = made(browser)
    whole, head = anyone.get(path), anyone("HEAD", path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.data))


def test_where_nothing_can_be_written_it_is_answered_all_the_same(browser, anyone, planned, fails):
    path = made(browser)
    fails()
    assert f"{SLOT}@kwartier" in events(anyone.get(path))


def test_our_own_events_do_not_come_back_as_busy_times(browser, anyone, api, planned, running):
    found = running.calendars.read_file(anyone.get(made(browser)).data)
    assert (found["busy"], found["days"], found["unread"]) == ([], [], 0)


def test_the_address_is_shown_once_and_kept_nowhere(browser, running):
    path = made(browser)
    secret = re.search("/feed/([^/]+)/", path)[1]
    assert len(secret) >= 43  # 256 bits
    assert show(browser, PAGE).find("#feed-address") == []
    assert secret.encode() not in kept_on_disk(running)


def test_the_page_says_when_it_was_read_last(browser, anyone):
    path = made(browser)
    assert "Address made today, 13:00; not read since Kwartier was started." in show(browser, PAGE).text()
    anyone.get(path)
    assert "Address made today, 13:00; read today, 13:00." in show(browser, PAGE).text()


def test_the_block_of_an_own_post_stays_while_she_writes_in_it(browser, anyone, api, running):
    own = {"starts_at": "2026-11-24T07:40:00Z", "kind": "own", "topic": "Jaarplan"}
    uid = f"prep-{api.post('/api/slots', own).json['id']}@kwartier"
    path = made(browser)
    running.clock = lambda: NOW + timedelta(hours=1)
    first = anyone.get(path)
    starts = events(first)[uid].start
    for later in (timedelta(minutes=10), timedelta(hours=2)):
        running.clock = lambda later=later: starts + later
        assert poll(anyone, path, first).status_code == 304
        assert events(api.get("/api/exports/ics"))[uid].start == starts


def test_a_new_address_takes_the_place_of_the_one_before(browser, anyone):
    before, after = made(browser), made(browser)
    assert (anyone.get(before).status_code, anyone.get(after).status_code) == (404, 200)


def test_a_revoked_address_opens_nothing(browser, anyone):
    path = made(browser)
    page = send(browser, f"{PAGE}/revoke")
    assert page.said() == "The address does not work any more."
    assert page.find("form[action$=calendar-feed] button.primary")
    assert anyone.get(path).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "localhost:7715"}, 421),
    ],
)
def test_no_web_page_reads_it_even_with_the_address(browser, anyone, headers, status):
    assert anyone.get(made(browser), headers=headers).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_it_can_only_be_read(browser, anyone, method):
    assert anyone(method, made(browser)).status_code == 405


def test_the_secret_opens_nothing_else_and_nothing_else_opens_it(app, browser, anyone, api):
    secret = made(browser).split("/")[2]
    assert Caller(app, secret).get("/api/items").status_code == 401
    for other in (api.token, CONTROL, "secret", "%2e%2e"):
        assert anyone.get(f"/feed/{other}/en.ics").status_code == 404
    assert api.get("/feed/secret/en.ics").status_code == 404
    assert anyone.get(f"/feed/{secret}/fr.ics").status_code == 404


def test_without_an_address_nothing_opens(anyone, running):
    assert not feed_address.opens(running.store, "")
    assert anyone.get("/feed/x/en.ics").status_code == 404


def test_guesses_are_slowed_down_and_who_knows_it_is_served(browser, anyone, running):
    path = made(browser)
    running.failed_logins = Attempts(most=3, seconds=60)
    assert [anyone.get("/feed/x/en.ics").status_code for _ in range(5)] == [404] * 3 + [429] * 2
    assert anyone.get(path).status_code == 200


def test_nothing_of_the_address_is_logged(browser, anyone, caplog):
    path = made(browser)
    anyone.get(path)
    anyone.get(path.replace("/feed/", "/feed/x"))
    assert path.split("/")[2] not in caplog.text


def test_nothing_of_the_address_is_logged_where_it_fails_either(browser, anyone, caplog, monkeypatch):
    path = made(browser)
    monkeypatch.setattr("companion.web.api.feed.gather_for_calendar", lambda *_: 1 / 0)
    assert anyone.get(path).status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert path.split("/")[2] not in caplog.text


def test_without_any_event_another_zone_or_year_is_another_calendar_all_the_same(browser, anyone, running):
    path, tags = made(browser), []
    for zone, moment in (("Europe/Amsterdam", NOW), ("Europe/Paris", NOW), ("Europe/Paris", NOW + timedelta(days=366))):
        running.settings, running.clock = replace(running.settings, zone=ZoneInfo(zone)), lambda moment=moment: moment
        tags.append(anyone.get(path).headers["ETag"])
    assert len(set(tags)) == 3


def test_it_reaches_eight_weeks_back_and_half_a_year_ahead(browser, anyone, api, planned, running):
    path = made(browser)
    assert f"{SLOT}@kwartier" in events(anyone.get(path))
    running.clock = lambda: datetime(2027, 1, 24, 12, tzinfo=UTC)
    assert f"{SLOT}@kwartier" in events(anyone.get(path))
    running.clock = lambda: datetime(2027, 1, 25, 12, tzinfo=UTC)
    assert f"{SLOT}@kwartier" not in events(anyone.get(path))
