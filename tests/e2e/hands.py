"""What a hand does on a page, in both browsers: carries something with the mouse, and presses keys."""

from typing import Any

from playwright.sync_api import Error as PlaywrightError

from tests.e2e.chromium import Chromium
from tests.e2e.firefox import Firefox
from tests.e2e.marionette import MarionetteError

SCROLLED = "document.querySelector(A[0]).scrollIntoView({ block: 'center' });"
# Where to take an element, or to put something on it.
MIDDLE = """
const { x, y, width, height } = document.querySelector(A[0]).getBoundingClientRect();
return [x + width / 2, y + Math.min(height / 2, 12)];
"""
IN_A_WHOLE_PAGE = "if (document.readyState !== 'complete') return null;\n"
# As the WebDriver standard numbers the keys that print nothing.
KEYS = {
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015", "Enter": "\ue007",
    "Escape": "\ue00c", "Tab": "\ue004", "F2": "\ue032",
}  # fmt: skip

Place = tuple[float, float]


def drag(browser: Chromium | Firefox, selector: str, to: str, down: float | None = None) -> None:
    """Carries an element with the mouse to another one; with `down` so many pixels lower than where it was taken."""
    start = browser.js(SCROLLED + MIDDLE, selector)
    end = browser.js(MIDDLE, to)
    move(browser, start, end if down is None else (end[0], start[1] + down))


def move(browser: Chromium | Firefox, start: Place, end: Place) -> None:
    """Presses the mouse at one place, moves in steps, and releases it at another."""
    between = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    if isinstance(browser, Chromium):
        mouse = browser.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(*between)
        mouse.move(*end)
        mouse.up()
        return
    steps = [_to(start), _button("pointerDown"), _to(between), _to(end), _button("pointerUp")]
    _perform(browser, {"type": "pointer", "id": "mouse", "actions": steps})


def read(browser: Chromium | Firefox, body: str) -> Any:
    """What a function in the page answers; nothing while the page gives way to another or its scripts are to run yet."""
    try:
        return browser.js(IN_A_WHOLE_PAGE + body)
    except (PlaywrightError, MarionetteError):
        return None


def press(browser: Chromium | Firefox, *keys: str) -> None:
    """Presses these keys one after another, on what has the focus; a letter is a key too."""
    if isinstance(browser, Chromium):
        for key in keys:
            browser.page.keyboard.press(key)
        return
    strokes = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
    _perform(browser, {"type": "key", "id": "keyboard", "actions": strokes})


def _to(place: Place) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(place[0]), "y": round(place[1]), "duration": 20}


def _button(kind: str) -> dict[str, Any]:
    return {"type": kind, "button": 0}


def _perform(browser: Firefox, source: dict[str, Any]) -> None:
    browser.firefox.send("WebDriver:PerformActions", {"actions": [source]})
    browser.firefox.send("WebDriver:ReleaseActions")
