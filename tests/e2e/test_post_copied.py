"""The channel opens with the text that was copied, however late the companion counts it.

Only in Chromium can a test hold up what the companion answers.
"""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Route

from tests.e2e.chromium import Chromium
from tests.e2e.companion_process import Client
from tests.e2e.hands import press
from tests.e2e.taking_along import AT_END, TEXT, VIEW, field, goes_out, sees
from tests.e2e.user import User
from tests.e2e.waiting import until


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One browser is enough."""
    return tmp_path_factory.mktemp("run") / "chromium"


class Counts:
    """Holds up what the companion is asked to count until the channel's page is to be opened."""

    def __init__(self, browser: Chromium) -> None:
        self.browser = browser
        self.held: list[Route] = []
        self.is_holding = True
        self.answer: Callable[[Route], None] = Route.continue_
        browser.page.route("**/text", lambda route: self.held.append(route) if self.is_holding else self.answer(route))

    def opened(self) -> list[str]:
        """The text with which the channel's page opens; answers come behind the click."""
        with self.browser.page.context.expect_page() as pages:
            self.browser.click("#copy-and-open")
            self.is_holding = False
            while self.held:
                self.answer(self.held.pop())
        page = pages.value
        page.wait_for_url("https://www.linkedin.com/**")
        text = parse_qs(urlsplit(page.url).query).get("text", [])
        page.close()
        self.is_holding = True
        return text


def test_the_channel_opens_with_the_very_text_that_was_copied(user: User, browser: Chromium, client: Client):
    goes_out(user, client)
    browser.page.context.route("https://www.linkedin.com/**", lambda route: route.fulfill(body="", status=200))
    counts = Counts(browser)

    browser.js(AT_END)
    press(browser, "!")
    until(lambda: browser.js("return true") and counts.held, "a count under way")
    assert counts.opened() == [f"{TEXT}!"]
    browser.click("#switches [name=link]")
    assert counts.opened() == [f"{VIEW}\n\n#law #work!"]
    counts.answer = Route.abort
    browser.js(AT_END)
    press(browser, "?")
    assert counts.opened() == []

    counts.is_holding = False
    browser.js("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    browser.js("document.querySelector('#copy-and-open').focus()")
    press(browser, " ")
    sees(user, "#copied", "press Ctrl+C, or ⌘C on a Mac. Then click “Open LinkedIn”.")
    until(lambda: browser.page.is_visible("#open") and not browser.page.is_visible("#copy-and-open"), "the link alone")
    assert browser.js("return getSelection().toString()") == field(user, "#text")
    press(browser, "x")
    until(
        lambda: browser.page.is_visible("#copy-and-open") and not browser.page.is_visible("#open"), "the button again"
    )
