"""Your quarter: when it is today, what fits in it, and calm words where there is none or nothing waits."""

from datetime import UTC, datetime

import pytest

from companion.editorial.agreement import DEFAULT, set_agreement
from tests.integration.conftest import ARTICLE, capture
from tests.integration.forms import show

WEDNESDAY, THURSDAY_SLOT = datetime(2026, 11, 25, 7, tzinfo=UTC), "2026-11-26-thu"
AGREED = {**DEFAULT, "quarter_at": "09:15", "country": "NL"}


@pytest.fixture
def agree(running):
    running.clock = lambda: WEDNESDAY

    def agree(**changes):
        set_agreement(running.store, {**AGREED, **changes})

    return agree


def curate(api, number, sentences=20, **more):
    page = ARTICLE.replace("Ploegendienst", f"Stuk {number}", 1).replace("<p>", "<p>Vooraf. ", 1)
    longer = page.replace(
        "</article>", "<p>Nog een alinea over het rooster en het verzuim.</p>" * sentences + "</article>"
    )
    sent = capture(url=f"https://vakblad.example/{number}", title=f"Stuk {number}", html=longer, **more)
    return api.post("/api/captures", sent).json["item"]


def test_it_says_when_it_is_and_what_fits(browser, api, agree):
    agree()
    first, second = curate(api, 1), curate(api, 2, sentences=300)
    page = show(browser, "/quarter")
    assert page.text(".kicker") == "Today 09:15 to 09:30"
    assert page.text(".lede").startswith("15 of today's 15 minutes are left.")
    assert [link.get("href") for link in page.find("#main section .title a")] == [
        f"/items/{item['id']}" for item in (second, first)
    ]
    minutes = [item["article"]["reading_minutes"] for item in (second, first)]
    assert page.text("#to-read") == f"To read {sum(minutes)} min"


def test_what_is_planned_asks_for_its_view_until_it_has_one(browser, api, agree):
    agree(hours=[{"weekday": day, "starts": "08:00", "ends": "17:00"} for day in range(1, 6)])
    item = curate(api, 1)
    api("PUT", f"/api/items/{item['id']}/slot", {"slot_id": THURSDAY_SLOT})
    page = show(browser, "/quarter")
    assert page.text("#to-react") == "To react to, this week"
    assert page.find("section a.button")[0].get("href") == f"/items/{item['id']}#commentary"
    api("PATCH", f"/api/items/{item['id']}", {"commentary": "Mijn kijk."})
    assert show(browser, "/quarter").text(".lede") == "Nothing waits. Close this and go on with your day."


def busy(running, starts, ends):
    from companion.editorial.busy import minute_of

    at = [minute_of(datetime(2026, 11, 25, hour, minute, tzinfo=UTC)) for hour, minute in (starts, ends)]
    running.store.busy_calendars.put({"id": "c", "busy": at, "days": []})


@pytest.mark.parametrize(
    ("changes", "meeting", "told"),
    [
        ({}, ((8, 0), (9, 0)), "Today 08:45 to 09:00"),
        ({}, ((7, 0), (17, 0)), "Your calendar has no free quarter today"),
        ({"hours": [{"weekday": 1, "starts": "09:00", "ends": "17:00"}]}, None, "No working day: no quarter today"),
        ({"quarter_at": None}, None, "No time set · choose one"),
    ],
)
def test_it_moves_around_meetings_or_says_why_there_is_none(browser, running, agree, changes, meeting, told):
    agree(**changes)
    if meeting:
        busy(running, *meeting)
    assert show(browser, "/quarter").text(".kicker") == told


def test_on_a_public_holiday_there_is_none(browser, running, agree):
    agree()
    running.clock = lambda: datetime(2026, 12, 25, 9, tzinfo=UTC)
    page = show(browser, "/quarter")
    assert page.text(".kicker") == "A public holiday: no quarter today"
    assert page.text(".lede") == "Nothing waits. Close this and go on with your day."


def test_minutes_that_are_used_are_said_without_a_word_of_haste(browser, api, agree, running):
    agree()
    curate(api, 1)
    segment = {"id": "s1", "start": "2026-11-25T06:00:00Z", "end": "2026-11-25T06:20:00Z", "zone": "Europe/Amsterdam",
               "activity": "read", "site": "x"}  # fmt: skip
    api.post("/api/time/segments", {"source": "test", "segments": [segment]})
    page = show(browser, "/quarter")
    assert page.text(".lede") == "The quarter of today is used. Close this and go on with your day."


@pytest.mark.parametrize(
    ("changes", "meeting", "told"),
    [
        ({}, None, "Your quarter, today at 09:15"),
        ({}, ((8, 0), (9, 0)), "Your quarter, today at 08:45"),
        ({"quarter_at": None}, None, "Your quarter"),
    ],
)
def test_the_week_leads_to_it_and_says_when_it_is_today(browser, api, agree, running, changes, meeting, told):
    agree(**changes)
    curate(api, 1)
    if meeting:
        busy(running, *meeting)
    assert show(browser, "/").text("main a[href='/quarter']") == told
