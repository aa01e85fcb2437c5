"""The user's calendars on the page of settings: added by file or address, read anew, replaced, removed and put back."""

from datetime import timedelta
from io import BytesIO

import pytest

from companion import contract
from tests.integration.calendar_site import LATER, MEETING
from tests.integration.calendars import SECTION, add, is_busy, only
from tests.integration.conftest import NOW, ORIGIN, kept_on_disk
from tests.integration.forms import fill, send, send_file, show, undo
from tests.unit.calendars import FOLDER, calendar, event

NO_CALENDAR = b"<!doctype html><title>Agenda</title>"


def hand_in(browser, content, path="/settings/calendars/file", name="agenda.ics"):
    """Sends a calendar as the form does, and shows the page that it leads to."""
    return send_file(browser, path, content, name)


def test_a_calendar_is_added_by_its_file(browser, running):
    assert "all working hours count as free" in show(browser, "/settings").text(SECTION)
    page = hand_in(browser, MEETING)
    assert page.said() == "The calendar is added."
    assert "Werk a file 1 event until 27 December 2027 · read today, 13:00" in page.text(SECTION)
    assert [is_busy(running, "2026-11-24", clock) for clock in ("08:59", "09:00", "09:59", "10:00")] == [
        False,
        True,
        True,
        False,
    ]
    assert contract.check("busy_calendar", dict(only(running))) == []
    assert b"Geheim" not in kept_on_disk(running)


def test_a_file_without_a_name_of_its_own_goes_by_that_of_the_file(browser, nearby):
    content = MEETING.replace(b"X-WR-CALNAME:Werk\r\n", b"")
    for name, shown in {
        "Mijn agenda.ics": "Mijn agenda",
        "<b>x</b>.ics": "b>",
        "../../.ics": "ICS",
    }.items():
        assert shown in [row.text_content() for row in hand_in(browser, content, name=name).find(f"{SECTION} li b")]


def test_a_calendar_is_added_by_its_address_of_which_only_the_site_is_shown(browser, running, nearby, site):
    page = add(browser, f"  {site.url} ")
    assert page.said() == "The calendar is added."
    assert "Werk 127.0.0.1/… 1 event until 27 December 2027 · read today, 13:00" in page.text(SECTION)
    assert "private" not in page.text("body")
    assert is_busy(running, "2026-11-24", "09:00")
    assert contract.check("busy_calendar", dict(only(running))) == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "That is no address."),
        ("work", "That is no address."),
        ("https://agenda.example/a\r\nb.ics", "That is no address."),
        ("https://sanne:geheim@agenda.example/a.ics", "holds a user name or password"),
        ("webcal://localhost/a.ics", "leads to this computer itself"),
        ("169.254.169.254/latest/meta-data", "leads to this computer itself"),
    ],
)
def test_an_address_that_cannot_be_asked_says_why_and_is_not_kept(browser, running, address, words):
    page = add(browser, address)
    assert page.status == 422
    assert words in page.text(f"{SECTION} .problem")
    assert page.find("#calendar-address")[0].get("value").split() == address.split()
    assert not list(running.store.busy_calendars)


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (NO_CALENDAR, 200, "This is no calendar in the iCalendar format."),
        (b"<form><input type=password>", 200, "Somebody has to log in there."),
        (MEETING, 403, "Somebody has to log in there."),
        (MEETING, 404, "There is nothing at that address any more."),
    ],
)
def test_what_is_there_and_is_no_calendar_is_said_at_the_field(browser, running, nearby, site, content, status, words):
    site.content, site.status = content, status
    page = add(browser, site.url)
    assert (page.status, words in page.text(f"{SECTION} .problem")) == (422, True)
    assert not list(running.store.busy_calendars)


def test_read_now_finds_what_changed(browser, running, nearby, site):
    page = add(browser, site.url)
    site.content = LATER
    page = fill(browser, page, f"{SECTION} li form")
    assert page.said() == "The calendar is read anew."
    assert (is_busy(running, "2026-11-24", "09:00"), is_busy(running, "2026-11-25", "09:00")) == (False, True)


def test_what_cannot_be_read_any_more_keeps_its_busy_times_and_says_since_when(browser, running, nearby, site):
    page = add(browser, site.url)
    site.status = 500
    running.clock = lambda: NOW + timedelta(days=2)
    page = fill(browser, page, f"{SECTION} li form")
    assert page.said() == "The calendar could not be read. The busy times stay as they were."
    assert "Asked today, 13:00. The site answers with an error, which often passes by itself." in page.text(SECTION)
    assert "The busy times are those of Sunday 22 November, 13:00." in page.text(SECTION)
    assert is_busy(running, "2026-11-24", "09:00")
    site.status = 200
    assert "The busy times are those" not in fill(browser, page, f"{SECTION} li form").text(SECTION)


def test_a_file_is_replaced_by_a_newer_one(browser, running, nearby):
    page = hand_in(browser, MEETING)
    path = page.find(f"{SECTION} li details form")[0].get("action")
    refused = hand_in(browser, NO_CALENDAR, path)
    assert (refused.status, "no calendar in the iCalendar format" in refused.text(f"{SECTION} li .problem")) == (
        422,
        True,
    )
    assert is_busy(running, "2026-11-24", "09:00")
    assert hand_in(browser, LATER, path).said() == "The calendar is as the newer file has it."
    assert (is_busy(running, "2026-11-24", "09:00"), is_busy(running, "2026-11-25", "09:00")) == (False, True)


def test_a_file_that_is_added_twice_is_there_once(browser, running, nearby):
    hand_in(browser, MEETING)
    again = hand_in(browser, MEETING, name="copy.ics")
    assert (again.status, again.text(f"{SECTION} .problem")) == (422, "This calendar is there already.")
    assert only(running)


def test_a_newer_file_that_is_added_says_that_the_older_one_still_counts(browser, running, nearby):
    hand_in(browser, MEETING)
    assert hand_in(browser, LATER).said() == (
        "The calendar is added, beside another one of that name. Is this its newer file? Then remove the older one."
    )
    assert len(list(running.store.busy_calendars)) == 2


def test_a_file_that_comes_to_its_end_says_so(browser, running, nearby):
    hand_in(browser, MEETING)
    for days, words in (
        (300, None),
        (380, "Its busy times reach to 27 December only."),
        (410, "Its busy times have come to an end."),
    ):
        running.clock = lambda days=days: NOW + timedelta(days=days)
        text = show(browser, "/settings").text(SECTION)
        assert (words in text) if words else ("busy times reach" not in text)


def test_events_that_cannot_be_read_are_told(browser, nearby):
    page = hand_in(browser, calendar(event("DTSTART:20261124T090000", "DURATION:PT1H"), event("DTSTART:soon", uid="2")))
    assert "1 event until 27 December 2027 · 1 event cannot be read" in page.text(SECTION)


def test_a_calendar_is_removed_and_put_back(browser, running, nearby, site):
    page = add(browser, site.url)
    before = dict(only(running))
    page = fill(browser, page, f"{SECTION} li .actions form:last-child")
    assert page.said() == "The calendar is removed. Its times count as free."
    assert (is_busy(running, "2026-11-24", "09:00"), page.find(f"{SECTION} li")) == (False, [])
    back = undo(browser, page)
    assert (back.said(), dict(only(running))) == ("Undone.", before)
    assert undo(browser, page).said().startswith("Things changed in the meantime")


def test_one_that_was_added_again_meanwhile_is_not_put_back_twice(browser, running, nearby, site):
    removed = fill(browser, add(browser, site.url), f"{SECTION} li .actions form:last-child")
    add(browser, site.url)
    assert undo(browser, removed).said().startswith("Things changed in the meantime")
    assert "This calendar is there already." in add(browser, site.url).text(f"{SECTION} .problem")
    assert only(running)


def test_ten_calendars_are_the_most(browser, running, nearby):
    named = [MEETING.replace(b"X-WR-CALNAME:Werk", b"X-WR-CALNAME:%d" % number) for number in range(11)]
    for content in named[:10]:
        assert hand_in(browser, content).said() == "The calendar is added."
    assert "Ten calendars is the most." in hand_in(browser, named[10]).text(f"{SECTION} .problem")
    assert len(list(running.store.busy_calendars)) == 10


def test_a_calendar_that_is_not_there_changes_nothing(browser):
    for act in ("refresh", "remove", "file"):
        assert send(browser, f"/settings/calendars/nobody/{act}").said().startswith("Things changed in the meantime")
        assert send(browser, f"/settings/calendars/..%2f..%00/{act}").status == 404


def test_without_a_file_or_with_one_that_is_empty_the_form_says_so(browser):
    assert "Choose a file first." in send(browser, "/settings/calendars/file").text(f"{SECTION} .problem")
    assert "Choose a file first." in hand_in(browser, b"").text(f"{SECTION} .problem")


def test_a_file_from_elsewhere_or_without_the_token_is_refused(browser, running):
    path, headers = "/settings/calendars/file", {"Origin": ORIGIN, "Accept": "text/html"}
    for csrf, origin, status in (("wrong", ORIGIN, 403), (browser.csrf, "https://evil.example", 403)):
        data = {"csrf": csrf, "file": (BytesIO(MEETING), "a.ics")}
        assert browser("POST", path, data=data, headers={**headers, "Origin": origin}).status_code == status
    assert not list(running.store.busy_calendars)


def test_a_file_that_is_too_large_is_told_at_its_field(browser, running):
    large = bytes(9_000_000)
    page = hand_in(browser, large)
    assert (page.status, page.text("h1")) == (413, "Settings")
    assert page.text(f"{SECTION} #calendar-file-problem").startswith("It is larger than 8 MB.")
    hand_in(browser, MEETING)
    row = only(running)["id"]
    page = hand_in(browser, large, f"/settings/calendars/{row}/file")
    assert page.find(f"#calendar-{row} details[open] #file-{row}-problem")
    assert hand_in(browser, large, "/settings/cadence").text("h1") == "That was too much at once"


def test_a_file_of_many_years_is_taken(browser):
    told = event("DESCRIPTION:" + "Wat er besproken is. " * 100, "DTSTART:20191124T090000", "DURATION:PT1H")
    content = MEETING.replace(b"END:VCALENDAR", told.encode() * 1500 + b"\r\nEND:VCALENDAR")
    assert "1 event until" in hand_in(browser, content.replace(b"END:VEVENTBEGIN", b"END:VEVENT\r\nBEGIN")).text(
        SECTION
    )


def test_the_how_to_names_each_program_in_both_languages(browser):
    for language in ("en", "nl"):
        text = show(browser, "/settings", language).text(SECTION)
        assert all(name in text for name in ("Outlook", "Google", "Apple"))


def test_what_the_programs_write_is_read_as_the_form_sends_it(browser, running, nearby):
    page = hand_in(browser, (FOLDER / "outlook-saved.ics").read_bytes())
    assert "Agenda a file" in page.text(SECTION)
    assert only(running)["days"][-5:] == ["2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01"]
