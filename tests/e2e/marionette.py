"""Firefox's own remote protocol over TCP: no driver program in between."""

import contextlib
import json
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.e2e.process_tree import kill_tree, own_group
from tests.e2e.waiting import until

PREFERENCES = {
    "marionette.port": 0,
    # The pages of the tests live on a host name the extension has no permission for.
    "network.dns.localDomains": "page.test,elsewhere.test",
    # Keeps an unsigned add-on over a restart, where the edition allows it.
    "xpinstall.signatures.required": False,
    "extensions.autoDisableScopes": 0,
    "intl.locale.requested": "en-US",
    "browser.startup.page": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.sessionstore.resume_from_crash": False,
    # Asks nothing after it was killed, however often.
    "toolkit.startup.max_resumed_crashes": -1,
    # What a service answers is shown as it is: as a document of that service.
    "devtools.jsonview.enabled": False,
    # A form may go anywhere; what comes of it is for the receiver to decide.
    "security.warn_submit_secure_to_insecure": False,
    "app.update.disabledForTesting": True,
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#dummy",
    "toolkit.telemetry.enabled": False,
}

# Runs the body of an async function and always answers, also when it throws.
WRAPPER = """
const A = [...arguments], done = A.pop();
(async () => { %s })().then((value) => done({ value }), (error) => done({ error: `${error}\\n${error?.stack ?? ''}` }));
"""


class MarionetteError(Exception):
    """Firefox refused a command, or a script in it threw."""


class Marionette:
    """One running Firefox on a profile that outlives it."""

    def __init__(self, program: Path, profile: Path) -> None:
        profile.mkdir(parents=True, exist_ok=True)
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items())
        (profile / "user.js").write_text("".join(lines), "utf-8")
        port_file = profile / "MarionetteActivePort"
        port_file.unlink(missing_ok=True)
        arguments = ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote"]
        self._process = subprocess.Popen(
            [str(program), *arguments, "--profile", str(profile)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **own_group(),
        )
        try:
            port = until(lambda: self._port_in(port_file), "Firefox's port", timeout=60)
            self._socket = socket.create_connection(("127.0.0.1", port), 30)
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise
        self._socket.settimeout(60)
        self._unread = b""
        self._count = 0
        self._read()
        self.send("WebDriver:NewSession", {"capabilities": {"pageLoadStrategy": "normal"}})
        self.send("WebDriver:SetTimeouts", {"script": 30_000})

    def send(self, name: str, parameters: dict[str, Any] | None = None) -> Any:
        """One command; what it answers."""
        self._count += 1
        message = json.dumps([0, self._count, name, parameters or {}]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise MarionetteError(f"{name}: {error['error']}: {error['message']}")
        return result.get("value") if set(result) == {"value"} else result

    def js(self, body: str, *arguments: object, chrome: bool = False) -> Any:
        """Run the body of an async function; its arguments are in A. In the browser itself with `chrome`."""
        if chrome:
            self.send("Marionette:SetContext", {"value": "chrome"})
        try:
            script = {"args": list(arguments), "script": WRAPPER % body}
            answer = self.send("WebDriver:ExecuteAsyncScript", script)
        finally:
            if chrome:
                self.send("Marionette:SetContext", {"value": "content"})
        if answer is None:  # The page went away meanwhile.
            return None
        if "error" in answer:
            raise MarionetteError(answer["error"])
        return answer.get("value")

    def keys(self, text: str) -> None:
        """Type, key by key, into whatever has the focus in the window."""
        actions = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keyboard", "actions": actions})

    def press(self, x: float, y: float) -> None:
        """Click with the mouse on a place in the window."""
        place = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
        button = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._perform({"type": "pointer", "id": "mouse", "actions": [place, *button]})

    def _perform(self, source: dict[str, Any]) -> None:
        self.send("Marionette:SetContext", {"value": "chrome"})
        try:
            self.send("WebDriver:PerformActions", {"actions": [source]})
        finally:
            self.send("Marionette:SetContext", {"value": "content"})

    def close(self) -> None:
        """End Firefox in good order, so that the profile is whole; by force when it will not."""
        with contextlib.suppress(MarionetteError, OSError, ConnectionError):
            self.send("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._socket.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """End Firefox, and what it has started, without a word."""
        kill_tree(self._process.pid)
        self._process.wait()
        self._socket.close()

    def _port_in(self, file: Path) -> int | None:
        assert self._process.poll() is None, "Firefox ended while it was starting"
        text = file.read_text("utf-8").strip() if file.exists() else ""
        return int(text) if text else None

    def _read(self) -> Any:
        while b":" not in self._unread:
            self._receive()
        length, _, self._unread = self._unread.partition(b":")
        while len(self._unread) < int(length):
            self._receive()
        message, self._unread = self._unread[: int(length)], self._unread[int(length) :]
        return json.loads(message)

    def _receive(self) -> None:
        data = self._socket.recv(65536)
        if not data:
            raise ConnectionError("Firefox is gone")
        self._unread += data
