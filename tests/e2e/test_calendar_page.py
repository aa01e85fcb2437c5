"""The calendar in the browser: month and week, carrying a slot with the mouse and with the keys, refusing a suggestion,
and replanning after a look at what would move."""

from datetime import timedelta
from typing import Any

import pytest

from tests.e2e.companion_process import Client
from tests.e2e.hands import drag, press, read
from tests.e2e.user import User
from tests.e2e.waiting import until
from tests.e2e.week_ahead import MONDAY, OTHER, SLOT, SUNDAY, TUESDAY, WEDNESDAY, WEEK, captured

SAID = "return document.querySelector('#said p')?.textContent ?? ''"
MOVE = f"[data-slot='{SLOT}'] .move"


@pytest.fixture(scope="module")
def planner(user: User, client: Client) -> User:
    """The person at the laptop, let in, with three articles in the queue."""
    for number in range(3):
        assert client.send("POST", "/api/captures", captured(number)).status == 201
    user.is_let_in()
    return user


def look(user: User, view: str, **query: str) -> None:
    """Opens the calendar on the week of these tests, or on the month that it is in."""
    more = "".join(f"&{name}={value}" for name, value in query.items())
    user.browser.open(f"{user.companion.url}/calendar?view={view}&week={WEEK}{more}")


def slot(client: Client, slot_id: str = SLOT) -> dict[str, Any]:
    found = client.get("/api/calendar", **{"from": str(MONDAY), "to": SUNDAY})["slots"]
    return next(one for one in found if one["id"] == slot_id)


def stands_at(client: Client) -> str:
    return f"{slot(client)['date']} {slot(client)['time']}"


def sees(user: User, words: str) -> None:
    """Waits for the line that confirms an act."""
    until(lambda: words in (read(user.browser, SAID) or ""), lambda: f"{words!r}, and saw {read(user.browser, SAID)!r}")


def goes_back(user: User, client: Client) -> None:
    """Presses Undo; the slot is where it was."""
    user.browser.click("#said button")
    sees(user, "Undone.")
    assert stands_at(client) == f"{TUESDAY} 08:40"


def carries(user: User) -> str:
    """What is said of the place that something is carried to."""
    return str(user.browser.js("return document.querySelector('#carried').textContent"))


def takes(user: User) -> None:
    """Picks the slot up by its button."""
    user.browser.js("document.querySelector(A[0]).focus()", MOVE)
    press(user.browser, "Enter")
    assert "arrow keys" in carries(user)


def test_to_another_day_with_the_mouse_and_back(planner: User, client: Client):
    look(planner, "month")
    drag(planner.browser, f"[data-slot='{SLOT}']", f"[data-day='{WEDNESDAY}']")
    sees(planner, "Moved to Wed")
    assert stands_at(client) == f"{WEDNESDAY} 08:40"
    goes_back(planner, client)


def test_to_another_time_with_the_mouse(planner: User, client: Client):
    look(planner, "week")
    hour = planner.browser.js("return document.querySelector('.clock li').getBoundingClientRect().height")
    drag(planner.browser, f"[data-slot='{SLOT}']", f"[data-day='{WEDNESDAY}']", down=2 * hour)
    sees(planner, "Moved to Wed")
    assert stands_at(client) == f"{WEDNESDAY} 10:45"
    goes_back(planner, client)


def test_a_click_still_opens_the_slot(planner: User):
    look(planner, "week")
    planner.browser.click(f"[data-slot='{SLOT}'] a")
    planner.browser.show(f"slot={SLOT}")
    until(lambda: read(planner.browser, "return document.activeElement.id") == "slot", "the panel to have the focus")


def test_from_the_panel_the_keys_go_on_where_they_were(planner: User, client: Client):
    look(planner, "week", slot=SLOT)
    for act, status in (("skip", "skipped"), ("restore", "open")):
        planner.browser.click(f"#slot form[action$='{act}'] button")
        until(lambda status=status: slot(client)["status"] == status, f"the slot to be {status}")
        until(lambda: read(planner.browser, "return document.activeElement.id") == "slot", "the focus in the panel")
        assert planner.browser.js("return document.querySelector('#said').getBoundingClientRect().top") >= 0
    planner.browser.click("#slot .close")
    has_focus = "return document.activeElement.closest('[data-slot]')?.dataset.slot ?? ''"
    until(lambda: read(planner.browser, has_focus) == SLOT, "the focus on the slot")


@pytest.mark.parametrize(
    ("view", "keys", "words", "lies"),
    [
        ("month", ["ArrowRight"], "Wednesday", f"{WEDNESDAY} 08:40"),
        ("week", ["ArrowRight", "ArrowDown", "ArrowDown"], "Wednesday", f"{WEDNESDAY} 09:00"),
    ],
)
def test_with_the_keys(planner: User, client: Client, view: str, keys: list[str], words: str, lies: str):
    look(planner, view)
    takes(planner)
    press(planner.browser, *keys)
    assert carries(planner).startswith(words)
    assert lies[11:] in carries(planner)
    press(planner.browser, "Enter")
    sees(planner, "Moved to Wed")
    assert stands_at(client) == lies
    goes_back(planner, client)


def test_escape_leaves_it_where_it_was(planner: User, client: Client):
    look(planner, "month")
    takes(planner)
    press(planner.browser, "ArrowRight", "Escape")
    assert carries(planner) == "It stays where it was."
    assert planner.browser.js("return document.querySelectorAll('.is-held, .is-target').length") == 0
    assert stands_at(client) == f"{TUESDAY} 08:40"


def test_an_article_of_the_queue_is_not_lost_over_a_day_without_an_open_slot(planner: User):
    look(planner, "month")
    # The Wednesday nearest to the queue.
    drag(planner.browser, ".waiting > li", ".ruled-week:last-child .cell:nth-child(3) .date")
    assert carries(planner).endswith("No open slot on that day.")


def test_to_a_day_off_is_refused_in_words(planner: User, client: Client):
    look(planner, "month")
    takes(planner)
    press(planner.browser, *["ArrowRight"] * 5)
    assert "Outside your working hours." in carries(planner)
    press(planner.browser, "Enter")
    sees(planner, "That lies outside your working hours, so it stays where it was.")
    assert stands_at(client) == f"{TUESDAY} 08:40"


def test_a_post_to_another_open_slot(planner: User, client: Client):
    item = client.items()[0]["id"]
    assert client.send("PUT", f"/api/items/{item}/slot", {"slot_id": SLOT}).status == 200
    look(planner, "month")
    drag(planner.browser, f"[data-slot='{SLOT}']", f"[data-slot='{OTHER}']")
    sees(planner, "has its slot")
    assert (slot(client)["item_id"], slot(client, OTHER)["item_id"]) == (None, item)
    planner.browser.click("#said button")
    until(lambda: slot(client)["item_id"] == item, "the post to be back")
    assert client.send("DELETE", f"/api/items/{item}/slot").status < 300


def test_an_article_of_the_queue_to_an_open_slot_with_the_keys(planner: User, client: Client):
    look(planner, "week")
    planner.browser.js("document.querySelector('.waiting .move').focus()")
    press(planner.browser, "Enter", "ArrowRight", "ArrowRight")
    assert carries(planner).startswith("Thursday")
    assert carries(planner).endswith("08:40. “Article 2” goes into this open slot.")
    press(planner.browser, "Enter")
    sees(planner, "has its slot")
    assert slot(client, OTHER)["item_id"] is not None
    planner.browser.click("#said button")
    sees(planner, "is back in the queue")
    assert slot(client, OTHER)["item_id"] is None


def test_a_suggestion_is_refused_and_comes_back(planner: User, client: Client):
    planner.browser.open(f"{planner.companion.url}/calendar?month={MONDAY + timedelta(days=3):%Y-%m}")
    planner.browser.click(".entry.suggested a")
    until(lambda: read(planner.browser, "return Boolean(document.querySelector('#suggestion'))"), "the suggestion")
    assert planner.browser.js("return document.querySelectorAll('#suggestion .reasons li').length") > 0
    planner.browser.click("#suggestion form[action$=decline] button")
    sees(planner, "is not suggested for that slot any more")
    assert sum(len(item["declined_slots"]) for item in client.items()) == 1
    planner.browser.click("#said button")
    sees(planner, "Undone.")
    assert sum(len(item["declined_slots"]) for item in client.items()) == 0


def test_replan_shows_what_would_move_moves_it_and_takes_it_back(planner: User, client: Client):
    planner.browser.open(f"{planner.companion.url}/calendar?replan")
    planner.browser.click("a[href$='/calendar/replan']")
    moves = "return document.querySelectorAll('.moves > li').length"
    until(lambda: read(planner.browser, moves) == 3, "three moves")
    assert {item["status"] for item in client.items()} == {"queued"}
    planner.browser.click(".moves > li:first-child input")
    planner.browser.click("main form button.primary")
    sees(planner, "The plan is changed as you chose.")
    assert sorted(item["status"] for item in client.items()) == ["planned", "planned", "queued"]
    planner.browser.click("#said button")
    sees(planner, "Undone.")
    assert {item["status"] for item in client.items()} == {"queued"}
