"""A real Chromium with the extension in it, driven as its user would: toolbar button, popup, pages."""

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from scripts import _browsers
from tests.e2e.browser import Browser
from tests.e2e.process_tree import kill_tree
from tests.e2e.waiting import TIMEOUT, steady, until

FLAGS = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--lang=en-US",
    "--enable-unsafe-extension-debugging",
    # The pages of the tests live on a host name the extension has no permission for.
    "--host-resolver-rules=MAP *.test 127.0.0.1",
]
HAS_LISTENERS = "() => Boolean(globalThis.chrome?.runtime?.onMessage?.hasListeners())"
CHOOSE = """
async (chosen) => {
  const [tab] = await chrome.tabs.query({ active: true });
  chrome.contextMenus.onClicked.dispatch(chosen, tab);
}
"""

PLACE_IN_POPUP = """
const element = document.querySelector(%s);
if (!element?.checkVisibility()) return null;
element.scrollIntoView({ block: 'center' });
const { x, y, width, height } = element.getBoundingClientRect();
return [x + width / 2, y + height / 2];
"""


def extension_id(folder: Path) -> str:
    """The id that Chromium gives an unpacked extension without a key: from its folder's name."""
    digest = hashlib.sha256(str(folder).encode("utf-16-le" if os.name == "nt" else "utf-8")).hexdigest()
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest[:32])


class Chromium(Browser):
    """One profile; `restart` closes and opens the browser on it again."""

    name = "chromium"
    api = "chrome"

    def __init__(self, playwright: Playwright, folder: Path, *extensions: Path) -> None:
        program = _browsers.CHROMIUM.find()
        assert program, "Chromium is not installed; scripts/test.py says how"
        self._playwright = playwright
        self._program = program
        self._profile = folder / "profile"
        self._extensions = extensions
        self._start()

    def close(self) -> None:
        """End the browser."""
        self._context.close()

    def restart(self) -> None:
        """End the browser and open it again on the same profile."""
        self.close()
        self.start_again()

    def choose_from_menu(self, entry: str, link: str) -> None:
        """Choose an entry of the extension's context menu on a link."""
        worker = next(worker for worker in self._context.service_workers if self.ids[0] in worker.url)
        worker.evaluate(CHOOSE, {"menuItemId": entry, "linkUrl": link})

    def kill(self) -> None:
        """End the browser as a power cut does: nothing is closed, nothing is saved any more."""
        processes = self._cdp.send("SystemInfo.getProcessInfo")["processInfo"]
        kill_tree(next(int(process["id"]) for process in processes if process["type"] == "browser"))
        with contextlib.suppress(PlaywrightError):
            self._context.close()

    def start_again(self) -> None:
        """Open it on the same profile, after it has ended."""
        self._start()

    def open(self, url: str) -> None:
        """Show a page in a new tab, in front. Tabs are told apart by their address, so an older one with it goes."""
        for older in [page for page in self._context.pages if page.url == url]:
            older.close()
        self.page = self._context.new_page()
        self.page.goto(url)

    def show(self, part: str) -> None:
        """Bring the tab to the front whose address has this part."""
        self.page = self.until(lambda: self._page_with(part), f"a tab with {part}")
        self.page.bring_to_front()
        self.page.wait_for_load_state()

    def address(self) -> str:
        """The address of the page in front."""
        return self.page.url

    def js(self, body: str, *arguments: object) -> Any:
        """Run the body of an async function in the page; its arguments are in A."""
        return self.page.evaluate(f"async (A) => {{ {body} }}", list(arguments))

    def click(self, selector: str) -> None:
        """Click on an element of the page, with the mouse."""
        self.page.click(selector, timeout=TIMEOUT * 1000)

    def click_action(self, extension: int = 0) -> None:
        """Press the extension's button in the toolbar, on the page in front."""
        self.close_popup()
        [tab] = [target for target in self._targets("tab") if target["url"] == self.page.url]
        self._cdp.send("Extensions.triggerAction", {"id": self.ids[extension], "targetId": tab["targetId"]})

    def popup(self) -> "ChromiumPopup":
        """The popup that the button opened."""
        target = self.until(self._popup_target, "the popup")
        return ChromiumPopup(self, target["targetId"])

    def close_popup(self) -> None:
        """Close the popup as a click beside it does."""
        if target := self._popup_target():
            self._cdp.send("Target.closeTarget", {"targetId": target["targetId"]})
        self.until(lambda: not self._popup_target(), "the popup to close")

    def stop_worker(self) -> None:
        """End the extension's background as the browser does when it has been idle. It may start again at once."""
        running = self._workers()
        self.until(lambda: not self._end(running & self._workers()), "the worker to end")

    def _end(self, workers: set[str]) -> set[str]:
        """Asks these workers to end, again and again: one that is just starting does not hear it."""
        for target in workers:
            self._cdp.send("Target.closeTarget", {"targetId": target})
        return workers

    def extension_url(self, path: str, extension: int = 0) -> str:
        """The address of one of the extension's own pages."""
        return f"chrome-extension://{self.ids[extension]}/{path}"

    def text_of_frame(self) -> str:
        """What the first frame of the page shows."""
        frame = self.page.frames[1]
        frame.wait_for_load_state()
        return str(frame.evaluate("document.documentElement.textContent"))

    def close_page(self) -> None:
        """Close the tab in front and go back to one that is left."""
        self.page.close()
        self.page = self._context.pages[-1]

    def until(self, condition: Any, what: str, timeout: float = TIMEOUT) -> Any:
        """Wait for a condition while Playwright goes on hearing from the browser."""
        return until(condition, what, timeout, pause=lambda s: self._context.pages[0].wait_for_timeout(s * 1000))

    def _start(self) -> None:
        folders = ",".join(str(folder) for folder in self._extensions)
        self._context: BrowserContext = self._playwright.chromium.launch_persistent_context(
            str(self._profile),
            executable_path=str(self._program),
            headless=True,
            locale="en-US",
            args=[*FLAGS, f"--load-extension={folders}", f"--disable-extensions-except={folders}"],
        )
        self.page: Page = self._context.pages[0]
        assert self._context.browser
        self._cdp = self._context.browser.new_browser_cdp_session()
        self.ids = [extension_id(folder) for folder in self._extensions]
        for extension in self.ids:
            self._wait_for(extension)
        # To Chromium an unpacked extension is newly installed on each start: its first page comes to the front.
        self.until(lambda: self._page_with(self.ids[0]), "the extension's first page")

    def _wait_for(self, extension: str) -> None:
        """Until its worker listens: a press on the button before that would be lost."""
        self.until(lambda: self._listens(extension), f"the listeners of {extension}")

    def _listens(self, extension: str) -> bool:
        workers = (worker for worker in self._context.service_workers if extension in worker.url)
        return any(worker.evaluate(HAS_LISTENERS) for worker in workers)

    def _workers(self) -> set[str]:
        targets = self._targets("service_worker")
        return {target["targetId"] for target in targets if self.ids[0] in target["url"]}

    def _page_with(self, part: str) -> Page | None:
        return next((page for page in reversed(self._context.pages) if part in page.url), None)

    def _popup_target(self) -> dict[str, Any] | None:
        """Playwright lists every page of its own; a popup is an extension's page that it does not."""
        own = {page.url for page in self._context.pages}
        pages = (target for target in self._targets("page") if "/popup" in target["url"])
        return next((target for target in pages if target["url"] not in own), None)

    def _targets(self, kind: str) -> list[dict[str, Any]]:
        found = self._cdp.send("Target.getTargets", {"filter": [{"type": kind}]})["targetInfos"]
        return [target for target in found if target["type"] == kind]


class ChromiumPopup:
    """The open popup: a target that Playwright does not show, so it is spoken to directly."""

    def __init__(self, chromium: Chromium, target: str) -> None:
        self._chromium = chromium
        self._target = target
        self._count = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._cdp = chromium._cdp
        self._session = ""
        self._cdp.on("Target.receivedMessageFromTarget", self._hear)
        self._session = self._cdp.send("Target.attachToTarget", {"targetId": target, "flatten": False})["sessionId"]

    def is_open(self) -> bool:
        """Whether the popup is still there."""
        target = self._chromium._popup_target()
        return bool(target) and target["targetId"] == self._target

    def js(self, body: str) -> Any:
        """Run the body of an async function in the popup."""
        expression = f"(async () => {{ {body} }})()"
        answer = self._send("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer.get("exceptionDetails")
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Click on an element, with the mouse."""
        x, y = steady(lambda: self.js(PLACE_IN_POPUP % json.dumps(selector)), f"{selector} to click on")
        for kind in ("mousePressed", "mouseReleased"):
            self._send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, text: str) -> None:
        """Type into whatever has the cursor."""
        for key in text:
            self._send("Input.dispatchKeyEvent", type="keyDown", text=key)
            self._send("Input.dispatchKeyEvent", type="keyUp", text=key)

    def _hear(self, event: dict[str, Any]) -> None:
        if event["sessionId"] == self._session:
            message = json.loads(event["message"])
            if "id" in message:
                self._answers[message["id"]] = message

    def _send(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._count += 1
        number = self._count
        message = json.dumps({"id": number, "method": method, "params": parameters})
        self._cdp.send("Target.sendMessageToTarget", {"sessionId": self._session, "message": message})
        answer = self._chromium.until(lambda: self._answers.pop(number, None), f"an answer to {method}")
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: dict[str, Any] = answer["result"]
        return result
