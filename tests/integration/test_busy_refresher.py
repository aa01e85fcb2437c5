"""Calendars are kept current in the background: each hour, each day, in another zone, and while they are slow."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from companion.web.busy_refresher import BusyRefresher
from companion.web.pages import busy_calendars as page_of_calendars
from tests.integration.calendar_site import LATER, OnThisMachine
from tests.integration.calendars import SECTION, add, is_busy, only
from tests.integration.conftest import NOW
from tests.integration.forms import fill, show


def test_a_slow_one_is_read_in_the_background(browser, running, nearby, site, monkeypatch):
    monkeypatch.setattr(page_of_calendars, "WAIT_SECONDS", 0.05)
    site.may_answer.clear()
    page = add(browser, site.url)
    assert page.said() == "The calendar is being read. Its busy times follow in a moment."
    assert "is being read" in page.text(f"{SECTION} li")
    site.may_answer.set()
    assert running.calendars.wait(only(running)["id"], 10)
    assert "1 event" in show(browser, "/settings").text(SECTION)


def asked_after(running, housekeeping, site, **later):
    """What a look at this moment asks the site."""
    site.asked.clear()
    running.clock = lambda: NOW + timedelta(**later)
    housekeeping.look()
    assert running.calendars.wait(only(running)["id"], 10)
    return site.asked


def test_it_is_asked_every_hour_for_what_changed_and_each_day_for_all_of_it(
    browser, running, housekeeping, nearby, site
):
    add(browser, site.url)
    assert asked_after(running, housekeeping, site, minutes=40) == []
    (hourly,) = asked_after(running, housekeeping, site, hours=1)
    assert "If-None-Match" in hourly
    assert (only(running)["read_at"], only(running)["until"]) == ("2026-11-22T13:00:00Z", "2027-12-27")
    (daily,) = asked_after(running, housekeeping, site, days=1)
    assert "If-None-Match" not in daily
    assert only(running)["until"] == "2027-12-28"


def test_in_another_zone_it_is_read_anew(browser, running, nearby, site):
    add(browser, site.url)
    tokyo = ZoneInfo("Asia/Tokyo")
    running.calendars = BusyRefresher(running.store, tokyo, lambda: NOW, OnThisMachine())
    running.calendars.resume()
    assert running.calendars.wait(only(running)["id"], 10)
    assert "If-None-Match" not in site.asked[-1]
    assert is_busy(running, "2026-11-24", "09:00", tokyo)


def test_one_that_is_removed_while_it_is_read_stays_away(browser, running, nearby, site, monkeypatch):
    monkeypatch.setattr(page_of_calendars, "WAIT_SECONDS", 0.05)
    site.may_answer.clear()
    page = add(browser, site.url)
    calendar_id = only(running)["id"]
    fill(browser, page, f"{SECTION} li .actions form:last-child")
    site.may_answer.set()
    assert running.calendars.wait(calendar_id, 10)
    assert not list(running.store.busy_calendars)


def test_what_was_read_and_could_not_be_kept_is_not_said_to_be_read(browser, running, nearby, site, fails):
    page = add(browser, site.url)
    site.content = LATER
    fails()
    answer = fill(browser, page, f"{SECTION} li form")
    assert answer.status == 503
    assert is_busy(running, "2026-11-24", "09:00")
