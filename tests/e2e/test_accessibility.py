"""The companion's pages as axe judges them by WCAG 2.2 AA, on a wide screen and on a narrow one, and as they are read
out: nothing is told by its place alone."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.chromium import Chromium
from tests.e2e.companion_process import Client
from tests.e2e.hands import press
from tests.e2e.user import User
from tests.e2e.week_ahead import MONDAY, SLOT, SUNDAY, TUESDAY, WEEK, captured

AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
# Everything that the guidelines ask for, and nothing that is only advice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = f"""
const {{ violations }} = await axe.run({{ runOnly: {RULES} }});
return violations.map(({{ id, nodes }}) => `${{id}}: ${{nodes.map(({{ html }}) => html.slice(0, 200)).join(' | ')}}`);
"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
MEETINGS = f"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Calendar//EN
BEGIN:VEVENT
UID:meeting@calendar.example
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Amsterdam:{TUESDAY.replace("-", "")}T110000
DTEND;TZID=Europe/Amsterdam:{TUESDAY.replace("-", "")}T120000
SUMMARY:Meeting
END:VEVENT
END:VCALENDAR
"""
MONTH = f"/calendar?month={MONDAY:%Y-%m}"
PATHS = ["/", MONTH, f"/calendar?view=week&week={WEEK}", f"{MONTH}&slot={SLOT}", f"{MONTH}&slot={{planned}}",
         f"{MONTH}&slot={{own}}", "/calendar/replan", "/agreement", "/agreement?change=1", "/quarter", "/settings",
         "/items/{item}", "/post/{planned}", "/plan", "/plan?edit={planned}", "/plan/calendar-feed", "/time"]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What axe finds lies in the pages: one browser is enough."""
    return tmp_path_factory.mktemp("run") / "chromium"


@pytest.fixture(scope="module")
def ids(user: User, browser: Chromium, client: Client) -> dict[str, str]:
    """A browser that was let in, on a plan with a bit of everything; what stands in it goes by these ids."""
    items = [client.send("POST", "/api/captures", captured(number)).json["item"]["id"] for number in range(3)]
    agreement = client.get("/api/agreement")
    topics = [{"name": "Contracts", "keywords": ["licence"]}]
    agreed = {**agreement, "quarter_at": "08:45", "topics": topics}
    assert client.send("PUT", "/api/agreement", agreed).status == 200
    own = {"starts_at": f"{MONDAY}T13:00:00Z", "kind": "own", "topic": "What I learned"}
    own_id = client.send("POST", "/api/slots", own).json["id"]
    free = client.get(f"/api/items/{items[0]}/suggestions")["suggestions"][0]["slot"]["id"]
    assert client.send("PUT", f"/api/items/{items[0]}/slot", {"slot_id": free}).status == 200
    user.is_let_in()
    add_calendar(user, browser)
    return {"item": items[0], "planned": free, "own": own_id}


def add_calendar(user: User, browser: Chromium) -> None:
    """Adds a calendar with a meeting by its file."""
    browser.open(f"{user.companion.url}/settings")
    file = {"name": "work.ics", "mimeType": "text/calendar", "buffer": MEETINGS.replace("\n", "\r\n").encode()}
    browser.page.set_input_files("#calendar-file", files=[file])
    browser.click("form[action$='/calendars/file'] button")
    browser.page.wait_for_selector("#said")


def look(user: User, browser: Chromium, path: str, size: dict[str, Any]) -> None:
    """Shows a page on a screen of this size."""
    browser.page.set_viewport_size(size)
    browser.page.goto(f"{user.companion.url}{path}")


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(user: User, browser: Chromium, ids: dict[str, str], path: str):
    # The calendar is a list where it is narrow; the other pages are what they are.
    for size in (WIDE, NARROW) if "calendar" in path else (WIDE,):
        look(user, browser, path.format(**ids), size)
        browser.page.evaluate(AXE.read_text("utf-8"))
        assert browser.js(RUN) == [], f"{path} at {size['width']} px"


def test_axe_finds_nothing_in_a_cell_of_the_plan_that_is_edited(user: User, browser: Chromium, ids: dict[str, str]):
    for size in (WIDE, NARROW):
        look(user, browser, "/plan", size)
        browser.page.evaluate(AXE.read_text("utf-8"))
        for cell in ("when", "view"):
            browser.page.locator(f"[id='line-{ids['planned']}'] [data-cell='{cell}']").press("Enter")
        browser.page.locator("[data-cell='view'] textarea").wait_for()
        assert browser.js(RUN) == [], f"at {size['width']} px"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_calendar_reads_out_what_it_shows_by_its_place(
    user: User, browser: Chromium, ids: dict[str, str], size: dict[str, Any]
):
    day = f"[data-day='{TUESDAY}']"
    look(user, browser, MONTH, size)
    month = browser.page.locator(day).aria_snapshot()
    assert f"Tue {int(TUESDAY[8:])}" in month
    assert "busy 1 h, your quarter at 08:45" in month
    assert f"Week {MONDAY.isocalendar().week}" in browser.page.locator("#days").aria_snapshot()
    look(user, browser, f"/calendar?view=week&week={WEEK}", size)
    assert "Busy 11:00–12:00" in browser.page.locator(day).aria_snapshot()


def test_with_the_keys_on_a_narrow_screen_an_empty_day_comes_in_sight(
    user: User, browser: Chromium, ids: dict[str, str]
):
    look(user, browser, MONTH, NARROW)
    sunday = f"[data-day='{SUNDAY}']"
    is_seen = f'return document.querySelector("{sunday}").checkVisibility()'
    assert not browser.js(is_seen)
    browser.js(f"document.querySelector(\"[data-slot='{SLOT}'] .move\").focus()")
    press(browser, "Enter", *["ArrowRight"] * 5)
    assert browser.js(is_seen)
    assert browser.js("return document.querySelector('.is-target').dataset.day") == SUNDAY
    press(browser, "Escape")
    assert not browser.js(is_seen)
