"""The popup and the options while things change around them: where the cursor stands, and what stays to be read."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.letters import keeps
from tests.e2e.stranger import Stranger, nonsense
from tests.e2e.user import OWN_PAGE, Popup, User, is_shown, text_of
from tests.e2e.waiting import until

FOCUS = "const at = document.activeElement; return at.getAttribute('aria-label') || at.id || at.tagName;"
ROWS = "return [...document.querySelectorAll('#waiting li')].map((row) => row.querySelector('p').textContent)"
# What is drawn at each look, so that a mark in it shows when the next look was.
MARK_POPUP = "document.querySelector('#today-line').textContent = 'mark'"
IS_POPUP_MARKED = "return document.querySelector('#today-line').textContent === 'mark'"
MARK_OPTIONS = "document.querySelector('#confirm-first').checked = true"
IS_OPTIONS_MARKED = "return document.querySelector('#confirm-first').checked"
# A text in two pieces is whole again once it was written anew.
BREAK_TEXTS = """
const texts = [...document.querySelectorAll('#waiting p:first-child, #connection, #standing')];
texts.forEach((each) => each.firstChild.splitText(1));
"""
WHOLE_TEXTS = """
const texts = [...document.querySelectorAll('#waiting p:first-child, #connection, #standing')];
return texts.filter((each) => each.childNodes.length === 1).map((each) => each.textContent);
"""


@pytest.fixture
def off(paired: User) -> Iterator[User]:
    """With the companion stopped, for one test."""
    paired.companion.stop()
    yield paired
    paired.browser.close_popup()
    paired.companion.start()


def sees_focus(popup: Popup, element: str) -> None:
    until(lambda: popup.js(FOCUS) == element, lambda: f"the focus on {element}, and saw {popup.js(FOCUS)}")


def on_page(user: User, body: str, *arguments: object) -> Any:
    return user.browser.js(f"const api = {user.browser.api}; {body}", *arguments)


def opens_options(user: User) -> None:
    """Opens the options, and waits until they show how this browser stands with Kwartier."""
    user.browser.open(user.browser.extension_url(OWN_PAGE))
    until(lambda: connection(user), "the options")


def connection(user: User) -> Any:
    """What the options say of how this browser stands with Kwartier."""
    return on_page(user, "return document.querySelector('#connection').textContent")


def looks_again(user: User) -> None:
    """Lets the options be drawn anew, as they are whenever something has changed anywhere."""
    on_page(user, MARK_OPTIONS)
    on_page(user, "await api.storage.local.set({ revision: Math.random() })")
    until(lambda: not on_page(user, IS_OPTIONS_MARKED), "another look of the options")


def test_after_curate_this_the_cursor_is_in_the_view_also_with_kwartier_off(off: User):
    off.reads("/feed")
    popup = off.clicks("ask")
    popup.click("#curate-now")
    off.sees_state(popup, "waiting")
    sees_focus(popup, "view")


def test_what_an_act_ran_into_stays_to_be_read(paired: User):
    paired.reads("/english")
    popup = paired.clicks("saved")
    paired.companion.stop()
    popup.click("#week")
    assert "Kwartier is off" in paired.sees(popup, "#failure")
    popup.js(MARK_POPUP)
    popup.js("document.querySelector('#view').focus()")
    paired.writes(popup, "A word.")
    until(lambda: not popup.js(IS_POPUP_MARKED), "another look of the popup")
    assert is_shown(popup, "#failure"), text_of(popup)

    paired.companion.start()
    popup.click("#place")
    paired.sees(popup, "#planned")
    assert not is_shown(popup, "#failure"), "an act that went well leaves nothing to say"


def test_a_connected_browser_is_not_offered_to_connect(paired: User):
    opens_options(paired)
    assert "is connected to Kwartier" in on_page(paired, "return document.querySelector('#connection').textContent")
    assert not on_page(paired, "return document.querySelector('#connect').checkVisibility()")


def test_the_options_find_out_that_kwartier_is_off_with_nothing_to_send(paired: User):
    opens_options(paired)
    until(lambda: "was off" not in connection(paired), lambda: f"on, and saw {connection(paired)}")
    paired.companion.stop()
    opens_options(paired)
    until(lambda: "was off" in connection(paired), lambda: f"off, and saw {connection(paired)}")
    paired.companion.start()


def test_another_kwartier_is_no_button_that_offers_itself(off: User):
    button = (
        "return document.querySelector('#connect').checkVisibility() && document.querySelector('#connect').className"
    )
    with Stranger(off.companion.port, nonsense):
        opens_options(off)
        assert until(lambda: on_page(off, button), "the button") == "quiet"
        assert "Start your own" in connection(off)


def test_the_focus_stays_in_the_list_of_what_waits(off: User):
    for number in (21, 22, 23):
        keeps(off, number, "waiting")
    opens_options(off)
    until(lambda: len(on_page(off, ROWS)) >= 3, "what waits")
    names = on_page(off, ROWS)

    on_page(off, "document.querySelector('#waiting li:nth-child(2) button').focus()")
    on_page(off, BREAK_TEXTS)
    looks_again(off)
    assert on_page(off, WHOLE_TEXTS) == [], "what has not changed is not written, nor read out, again"
    assert on_page(off, FOCUS) == f"Delete: {names[1]}"

    deletes(off, names.pop(1))
    assert on_page(off, FOCUS) == f"Delete: {names[1]}", "the one that took its place"
    for name in [*names[1:], names[0]]:
        assert on_page(off, FOCUS) == f"Delete: {name}"
        deletes(off, name)
    assert on_page(off, FOCUS) == "outbox-heading"


def deletes(user: User, name: str) -> None:
    """Presses the button that has the focus, and waits until the row is gone."""
    on_page(user, "document.activeElement.click()")
    until(lambda: name not in on_page(user, ROWS), lambda: f"{name} gone, and saw {on_page(user, ROWS)}")
