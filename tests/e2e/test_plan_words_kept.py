"""What is typed in the plan's table while the companion is slow, while somebody else changes the same, and while the
page is left: no word of it is lost, and none lands where it was not meant."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.e2e.companion_process import Client
from tests.e2e.hands import MIDDLE, move, press, read
from tests.e2e.test_plan_page import PROBLEM, cell, goes_to, is_at, marketer, planned, sees, shown, slot
from tests.e2e.user import User
from tests.e2e.waiting import until
from tests.e2e.week_ahead import MONDAY, OTHER, SLOT, SUNDAY

__all__ = ["marketer"]

LEAVES = """
const leaving = new Event('beforeunload', { cancelable: true });
dispatchEvent(leaving);
return !leaving.defaultPrevented;
"""
TEXT = "return document.querySelector(A[0])?.innerText ?? ''"
VALUE = "return document.querySelector(A[0])?.value ?? ''"
OPEN = "return [...document.querySelectorAll('.cell-form')].map((form) => form.parentNode.dataset.cell)"
PATH = "return location.pathname"
# A page that another one must come for.
LINK = "nav a[href='/time']"


@contextmanager
def slow(user: User) -> Iterator[None]:
    """The companion on a laptop that is busy with something else: it takes what is sent, and does not answer yet."""
    assert user.companion.process
    os.kill(user.companion.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(user.companion.process.pid, signal.SIGCONT)


@pytest.fixture
def plan(marketer: User, client: Client) -> User:
    """The plan as it is stored, with nothing open in it and nothing written in its first line."""
    empty = {"topic": "", "commentary": "", "people": []}
    assert client.send("PATCH", f"/api/items/{slot(client)['item_id']}", empty).status == 200
    shows_plan(marketer)
    return marketer


def shows_plan(user: User, more: str = "") -> None:
    # From a page without the plan nothing asks whether it may be left.
    user.browser.open(f"{user.companion.url}/plan?from={MONDAY}&to={SUNDAY}{more}")


def test_quick_hands_get_every_word_into_its_own_line_before_the_page_is_left(plan: User, client: Client):
    browser = plan.browser
    with slow(plan):
        goes_to(plan, "topic")
        press(browser, "Enter", *"One", "Enter", "ArrowDown", "Enter", *"Two", "Enter")
        is_at(plan, f"line-{OTHER} topic")
        assert [browser.js(TEXT, cell("topic", line)).split()[0] for line in (SLOT, OTHER)] == ["One", "Two"]
        goes_to(plan, "people")
        press(browser, "Enter", *"Anna")
        assert not browser.js(LEAVES)
        browser.js("document.querySelector(A[0]).click()", LINK)
        assert read(browser, OPEN) == []
    until(lambda: read(browser, PATH) == "/time", "the page that was asked for")
    assert (planned(client)["topic"], planned(client)["people"]) == ("One", ["Anna"])
    assert slot(client, OTHER)["topic"] == "Two"


def test_a_refusal_that_comes_after_a_click_on_a_link_is_still_read(plan: User, client: Client):
    browser = plan.browser
    goes_to(plan, "when")
    press(browser, "Enter")
    with slow(plan):
        browser.js("document.querySelector(A[0]).value = '23:00'", f"{cell('when')} [name=time]")
        browser.js("document.querySelector(A[0]).click()", LINK)
    sees(plan, "Choose a time within your working hours", PROBLEM)
    is_at(plan, f"line-{SLOT} when time")
    assert read(browser, PATH) == "/plan"
    assert not browser.js(LEAVES)
    press(browser, "Escape")
    assert browser.js(LEAVES)


def test_what_clashes_is_decided_with_a_button_and_not_by_a_click_beside_it(plan: User, client: Client):
    browser = plan.browser
    goes_to(plan, "view")
    press(browser, "Enter", *"Mine")
    path = f"/api/items/{slot(client)['item_id']}"
    assert client.send("PATCH", path, {"commentary": "Theirs"}).status == 200
    plan.browser.click("h1")
    sees(plan, "It was also changed elsewhere, to: Theirs.", PROBLEM)
    browser.js("document.querySelector('.cell-form textarea').focus()")
    browser.click("h1")
    assert read(browser, OPEN) == ["view"]
    assert planned(client)["commentary"] == "Theirs"
    plan.browser.click(f"{cell('view')} button[type=reset]")
    until(lambda: "Theirs" in browser.js(TEXT, cell("view")), "what stands there by now")
    assert planned(client)["commentary"] == "Theirs"


def test_what_is_typed_after_enter_goes_over_what_was_stored_before(plan: User, client: Client):
    goes_to(plan, "topic")
    with slow(plan):
        press(plan.browser, "Enter", *"Night", "Enter", "Enter")
        plan.browser.js("document.activeElement.value += ' shift'")
    until(lambda: planned(client)["topic"] == "Night", "the first of it")
    until(lambda: "Saved." in shown(plan), "its answer")
    assert not plan.browser.js(LEAVES)
    press(plan.browser, "Enter")
    until(lambda: planned(client)["topic"] == "Night shift", lambda: shown(plan))


def test_an_empty_view_has_room_for_three_lines_and_more(plan: User):
    goes_to(plan, "view")
    press(plan.browser, "Enter")
    assert plan.browser.js("return document.querySelector('.cell-form textarea').clientHeight") > 60
    press(plan.browser, "Escape")


def test_a_line_in_which_somebody_writes_stays_in_sight(plan: User, client: Client):
    browser = plan.browser
    shows_plan(plan, "&channel=LinkedIn")
    goes_to(plan, "place")
    press(browser, "Enter")
    with slow(plan):
        browser.js("document.activeElement.value = 'Blog'")
        press(browser, "Enter", "ArrowRight", "Enter", *"Still ")
    until(lambda: slot(client)["channel"] == "Blog", "another channel")
    until(lambda: "Saved." in shown(plan), "its answer")
    press(browser, *"here")
    is_at(plan, f"line-{SLOT} topic topic")
    assert browser.js(VALUE, f"{cell('topic')} input") == "Still here"
    press(browser, "Enter")
    until(lambda: planned(client)["topic"] == "Still here", "the topic")
    assert client.send("PATCH", f"/api/slots/{SLOT}", {"channel": "LinkedIn"}).status == 200


def test_an_undo_waits_for_what_is_being_saved_and_saving_goes_on_after_it(plan: User, client: Client):
    browser = plan.browser
    waiting = client.get("/api/items", status="queued")["items"][0]
    plan.browser.click(cell("when", waiting["id"]))
    browser.js("document.activeElement.value = A[0]", OTHER[:10])
    press(browser, "Enter")
    sees(plan, "Moved to Thursday")
    goes_to(plan, "people")
    with slow(plan):
        press(browser, "Enter", *"Anna", "Enter")
        browser.js("document.querySelector('#said button').click()")
    sees(plan, "Undone.")
    assert planned(client)["people"] == ["Anna"]
    goes_to(plan, "topic")
    press(browser, "Enter", *"Later", "Enter")
    until(lambda: planned(client)["topic"] == "Later", "a change after it")


def test_a_companion_that_hangs_is_told_of_and_asked_again(plan: User, client: Client):
    browser = plan.browser
    browser.js("const wait = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = () => wait(100)")
    goes_to(plan, "people")
    with slow(plan):
        press(browser, "Enter", *"Anna", "Enter")
        sees(plan, "Kwartier cannot be reached just now.", PROBLEM)
        is_at(plan, f"line-{SLOT} people people")
    browser.js("AbortSignal.timeout = () => new AbortController().signal")
    plan.browser.click(f"{cell('people')} button")
    until(lambda: planned(client)["people"] == ["Anna"], "the name to be kept")


def test_the_mouse_and_the_keys_do_not_mistake_each_other(plan: User):
    browser = plan.browser
    goes_to(plan, "making")
    press(browser, "Enter", "Tab")
    composing = "new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })"
    browser.js(f"document.activeElement.dispatchEvent({composing})")
    is_at(plan, f"line-{SLOT} making creation_ready")
    plan.browser.click("h1")
    until(lambda: read(browser, OPEN) == [], lambda: f"no open cell, and saw {read(browser, OPEN)}")
    plan.browser.click(cell("people"))
    is_at(plan, f"line-{SLOT} people people")
    press(browser, *"An")
    # The edge of the box around the field, where the second half of a double click may land.
    edge = browser.js(
        "const { x, y } = document.querySelector('.cell-form').getBoundingClientRect(); return [x + 3, y + 3]"
    )
    move(browser, edge, edge)
    press(browser, *"na")
    # Another window comes in front: what is typed is gone on with later.
    browser.js(
        "document.hasFocus = () => false; document.activeElement.blur(); await new Promise((go) => setTimeout(go, 50))"
    )
    assert browser.js(VALUE, f"{cell('people')} input") == "Anna"
    browser.js("document.querySelector('.cell-form input').focus()")
    press(browser, "Escape")


def test_the_form_of_a_line_asks_before_it_is_left_and_keeps_the_focus_beside_cells(plan: User, client: Client):
    browser = plan.browser
    shows_plan(plan, f"&edit={SLOT}")
    assert browser.js(LEAVES)
    with slow(plan):
        goes_to(plan, "people", OTHER)
        press(browser, "Enter", *"Anna", "Enter")
        browser.js("document.getElementById('edit-commentary').focus()")
        press(browser, *"12")
    until(lambda: slot(client, OTHER).get("people") == ["Anna"], "the cell beside it")
    until(lambda: "Saved." in shown(plan), "its answer")
    press(browser, *"34")
    assert browser.js(VALUE, "#edit-commentary") == "1234"
    assert not browser.js(LEAVES)
    browser.js("document.getElementById('edit-commentary').value = ''")


def test_a_click_lands_where_it_was_meant_below_a_cell_that_closes(plan: User):
    browser = plan.browser
    goes_to(plan, "making")
    press(browser, "Enter")
    # Not scrolled: a page that is keeps what is in sight in its place by itself.
    spot = browser.js(MIDDLE, f"[id='line-{OTHER}'] [data-edit]")
    move(browser, spot, spot)
    until(lambda: f"edit={OTHER}" in (read(browser, "return location.search") or ""), lambda: shown(plan))
