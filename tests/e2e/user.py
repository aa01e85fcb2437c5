"""What a person does at the laptop, in the words of the tests. All clicks are real ones; nothing is called behind
the screen."""

import json
from typing import Any

from tests.e2e.chromium import Chromium, ChromiumPopup
from tests.e2e.companion_process import CompanionProcess
from tests.e2e.firefox import Firefox, FirefoxPopup
from tests.e2e.page_server import PageServer
from tests.e2e.waiting import until

ALLOW = "form[action*='allow'] button"
OWN_PAGE = "options/options.html"

Popup = ChromiumPopup | FirefoxPopup


class User:
    """One person with one browser, one companion, and the site they read."""

    def __init__(self, browser: Chromium | Firefox, companion: CompanionProcess, site: PageServer) -> None:
        self.browser = browser
        self.companion = companion
        self.site = site

    def is_let_in(self) -> None:
        """Opens the week by a launch link, which lets this browser in from now on."""
        self.browser.open(self.companion.launch_url())

    def pairs(self) -> None:
        """The first click of the button, and the one on Allow."""
        self.reads("/feed")
        self.browser.click_action()
        self.allows()
        self.waits_for_storage("pairing")

    def allows(self) -> None:
        """Presses the button of Kwartier's own page."""
        self.browser.show("/pair")
        self.browser.click(ALLOW)

    def reads(self, path: str) -> None:
        """Opens a page of the site."""
        self.browser.open(self.site.url(path))

    def clicks(self, *states: str) -> Popup:
        """Presses the toolbar button and waits until the popup is in one of these states."""
        self.browser.click_action()
        popup = self.browser.popup()
        self.sees_state(popup, *states)
        return popup

    def sees_state(self, popup: Popup, *states: str) -> None:
        """Waits until the popup is in one of these states."""
        until(
            lambda: state_of(popup) in states,
            lambda: f"{' or '.join(states)}, and saw {state_of(popup)}: {text_of(popup)}",
        )

    def sees(self, popup: Popup, selector: str) -> str:
        """The text of an element of the popup, once it is shown."""
        until(lambda: is_shown(popup, selector), lambda: f"{selector} in the popup, and saw: {text_of(popup)}")
        return str(popup.js(f"return document.querySelector({json.dumps(selector)}).textContent.trim()"))

    def writes(self, popup: Popup, text: str) -> None:
        """Types a view where the cursor stands, which must be in the field for it."""
        before = written_view(popup)
        popup.type(text)
        until(lambda: written_view(popup) == before + text, lambda: f"{text!r}, and saw {written_view(popup)!r}")

    def waits_for_storage(self, name: str) -> Any:
        """Waits until the extension has kept something under this name."""
        body = "return (await api.storage.local.get(A[0]))[A[0]] ?? null"
        return until(lambda: self.browser.in_extension(OWN_PAGE, body, name), f"{name} in storage")

    def badge(self) -> str:
        """What stands on the icon."""
        return str(self.browser.in_extension(OWN_PAGE, "return api.action.getBadgeText({})"))


def state_of(popup: Popup) -> str:
    """What the popup says it shows."""
    return str(popup.js("return document.querySelector('#popup')?.dataset.state ?? ''"))


def text_of(popup: Popup) -> str:
    """All that the popup says, in one line."""
    return " | ".join(str(popup.js("return document.body.innerText")).split("\n"))


def is_shown(popup: Popup, selector: str) -> bool:
    """Whether an element of the popup is there to be seen."""
    return bool(popup.js(f"return document.querySelector({json.dumps(selector)})?.checkVisibility() ?? false"))


def written_view(popup: Popup) -> str:
    """What stands in "What is your view?"."""
    return str(popup.js("return document.querySelector('#view').value"))
