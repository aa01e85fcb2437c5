"""A real Firefox with the extension in it, driven as its user would: toolbar button, popup, pages."""

import json
from pathlib import Path
from typing import Any

from scripts import _browsers
from scripts.package_extension import pack
from tests.e2e.browser import Browser
from tests.e2e.marionette import Marionette, MarionetteError
from tests.e2e.waiting import steady, until

PATIENCE_MS = 2000
BUTTON = "unified-extensions-item-action-button"
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

# Answers from inside a popup: its document belongs to another process, which only a frame script reaches.
# While the popup is still loading such a script can be lost with the document it ran in; then there is no answer.
ASK_POPUP = """
const browser = document.querySelector('.webextension-popup-browser');
if (!browser) return null;
const id = `kwartier-${Math.random()}`;
const answer = new Promise((resolve) => {
  browser.messageManager.addMessageListener(id, function heard({ data }) {
    browser.messageManager.removeMessageListener(id, heard);
    resolve(data);
  });
});
const code = `(async (document, window) => { ${A[0]} })(content.document, content).then(
  (value) => sendAsyncMessage(${JSON.stringify(id)}, { value }),
  (error) => sendAsyncMessage(${JSON.stringify(id)}, { error: String(error) }))`;
browser.messageManager.loadFrameScript('data:text/javascript;charset=utf-8,' + encodeURIComponent(code), false);
const late = new Promise((resolve) => setTimeout(resolve, A[1], null));
return Promise.race([answer, late]);
"""
CHOOSE = """
const { extension } = WebExtensionPolicy.getByID(A[0]);
await extension.wakeupBackground?.();
extension.emit('webext-menu-menuitem-click', A[1], gBrowser.selectedTab);
"""

PLACE_OF_POPUP = """
const { x, y } = document.querySelector('.webextension-popup-browser').getBoundingClientRect();
return [x, y];
"""
PLACE_IN_POPUP = """
const element = document.querySelector(%s);
if (!element?.checkVisibility()) return null;
element.scrollIntoView({ block: 'center' });
const { x, y, width, height } = element.getBoundingClientRect();
return [x + width / 2, y + height / 2];
"""


class Firefox(Browser):
    """One profile; `restart` closes and opens the browser on it again."""

    name = "firefox"
    api = "(window.wrappedJSObject || window).browser"

    def __init__(self, folder: Path, *extensions: Path) -> None:
        program = _browsers.FIREFOX.find()
        assert program, "Firefox ESR is not installed; scripts/test.py says how"
        self._program = program
        self._profile = folder / "profile"
        self._add_ons = [pack(path, folder / f"{number}.xpi") for number, path in enumerate(extensions)]
        self._start()
        self.ids = [
            self.firefox.send("Addon:Install", {"path": str(add_on), "temporary": False}) for add_on in self._add_ons
        ]
        for add_on in self.ids:
            self._put_on_toolbar(add_on)
        self.show(self.extension_url(""))

    def close(self) -> None:
        """End the browser."""
        self.firefox.close()

    def restart(self) -> None:
        """End the browser and open it again on the same profile."""
        self.close()
        self.start_again()

    def choose_from_menu(self, entry: str, link: str) -> None:
        """Choose an entry of the extension's context menu on a link."""
        self.firefox.js(CHOOSE, self.ids[0], {"menuItemId": entry, "linkUrl": link}, chrome=True)

    def kill(self) -> None:
        """End the browser as a power cut does: nothing is closed, nothing is saved any more."""
        self.firefox.kill()

    def start_again(self) -> None:
        """Open it on the same profile, after it has ended."""
        self._start()
        until(lambda: all(self._is_active(add_on) for add_on in self.ids), "the add-ons after the restart")

    def open(self, url: str) -> None:
        """Show a page in a new tab, in front."""
        handle = self.firefox.send("WebDriver:NewWindow", {"type": "tab", "focus": True})["handle"]
        self.firefox.send("WebDriver:SwitchToWindow", {"handle": handle, "focus": True})
        self.firefox.send("WebDriver:Navigate", {"url": url})

    def show(self, part: str) -> None:
        """Bring the tab to the front whose address has this part."""
        until(lambda: self._switched_to(part), f"a tab with {part}")

    def address(self) -> str:
        """The address of the page in front."""
        return str(self.firefox.send("WebDriver:GetCurrentURL"))

    def js(self, body: str, *arguments: object) -> Any:
        """Run the body of an async function in the page; its arguments are in A."""
        return self.firefox.js(body, *arguments)

    def click(self, selector: str) -> None:
        """Click on an element of the page, with the mouse."""
        until(lambda: self.js("return Boolean(document.querySelector(A[0]))", selector), f"{selector} in the page")
        found = self.firefox.send("WebDriver:FindElement", {"using": "css selector", "value": selector})
        self.firefox.send("WebDriver:ElementClick", {"id": found[ELEMENT]})

    def click_action(self, extension: int = 0) -> None:
        """Press the extension's button in the toolbar; with its popup open, that would only close it."""
        self.close_popup()
        self.firefox.send("Marionette:SetContext", {"value": "chrome"})
        try:
            selector = f"#{self._widget(self.ids[extension])} .{BUTTON}"
            found = self.firefox.send("WebDriver:FindElement", {"using": "css selector", "value": selector})
            self.firefox.send("WebDriver:ElementClick", {"id": found[ELEMENT]})
        finally:
            self.firefox.send("Marionette:SetContext", {"value": "content"})

    def popup(self) -> "FirefoxPopup":
        """The popup that the button opened."""
        popup = FirefoxPopup(self.firefox)
        until(popup.is_open, "the popup")
        return popup

    def close_popup(self) -> None:
        """Close the popup as a click beside it does."""
        body = """
        const panel = document.querySelector('.webextension-popup-browser')?.closest('panel');
        panel?.hidePopup();
        """
        self.firefox.js(body, chrome=True)
        until(lambda: not FirefoxPopup(self.firefox).is_open(), "the popup to close")

    def stop_worker(self) -> None:
        """End the extension's background as the browser does when it has been idle."""
        body = "await WebExtensionPolicy.getByID(A[0]).extension.terminateBackground()"
        self.firefox.js(body, self.ids[0], chrome=True)

    def extension_url(self, path: str, extension: int = 0) -> str:
        """The address of one of the extension's own pages."""
        body = "return WebExtensionPolicy.getByID(A[0]).mozExtensionHostname"
        return f"moz-extension://{self.firefox.js(body, self.ids[extension], chrome=True)}/{path}"

    def text_of_frame(self) -> str:
        """What the first frame of the page shows."""
        self.firefox.send("WebDriver:SwitchToFrame", {"id": 0})
        try:
            until(lambda: self.js("return document.readyState === 'complete'"), "the frame")
            return str(self.js("return document.documentElement.textContent"))
        finally:
            self.firefox.send("WebDriver:SwitchToFrame", {"id": None})

    def close_page(self) -> None:
        """Close the tab in front and go back to one that is left."""
        left = self.firefox.send("WebDriver:CloseWindow")
        self.firefox.send("WebDriver:SwitchToWindow", {"handle": left[-1], "focus": True})

    def _start(self) -> None:
        self.firefox = Marionette(self._program, self._profile)

    def _put_on_toolbar(self, add_on: str) -> None:
        until(lambda: self._is_active(add_on), f"{add_on} to be active")
        widget = self._widget(add_on)
        self.firefox.js("CustomizableUI.addWidgetToArea(A[0], 'nav-bar')", widget, chrome=True)

    def _is_active(self, add_on: str) -> bool:
        return bool(self.firefox.js("return Boolean(WebExtensionPolicy.getByID(A[0]))", add_on, chrome=True))

    def _switched_to(self, part: str) -> bool:
        for handle in self.firefox.send("WebDriver:GetWindowHandles"):
            self.firefox.send("WebDriver:SwitchToWindow", {"handle": handle, "focus": True})
            if part in self.address():
                return True
        return False

    @staticmethod
    def _widget(add_on: str) -> str:
        allowed = "".join(letter if letter.isalnum() or letter in "_-" else "_" for letter in add_on.lower())
        return f"{allowed}-browser-action"


class FirefoxPopup:
    """The open popup: read, clicked in and typed into."""

    def __init__(self, firefox: Marionette) -> None:
        self._firefox = firefox

    def is_open(self) -> bool:
        """Whether the popup's document is there."""
        return bool(
            self._firefox.js("return Boolean(document.querySelector('.webextension-popup-browser'))", chrome=True)
        )

    def js(self, body: str) -> Any:
        """Run the body of an async function in the popup."""
        answer = until(lambda: self._firefox.js(ASK_POPUP, body, PATIENCE_MS, chrome=True), "an answer of the popup")
        if "error" in answer:
            raise MarionetteError(f"in the popup: {answer['error']}")
        return answer.get("value")

    def click(self, selector: str) -> None:
        """Click on an element, with the mouse."""
        x, y = steady(lambda: self._place_of(selector), f"{selector} to click on")
        self._firefox.press(x, y)

    def type(self, text: str) -> None:
        """Type into whatever has the cursor. Without a screen Firefox does not hand a panel the keyboard by itself."""
        self._firefox.js("document.querySelector('.webextension-popup-browser').focus()", chrome=True)
        self._firefox.keys(text)

    def _place_of(self, selector: str) -> tuple[float, float] | None:
        """Where an element stands in the window: the popup's own place counts as well."""
        inside = self.js(PLACE_IN_POPUP % json.dumps(selector))
        left, top = self._firefox.js(PLACE_OF_POPUP, chrome=True)
        return (left + inside[0], top + inside[1]) if inside else None
