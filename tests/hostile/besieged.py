"""The running companion as attackers meet it, and beside them those who may use it."""

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from companion import __version__
from tests.e2e.companion_process import CompanionProcess
from tests.hostile.exchange import Answer, answers, exchange, request

CHROME = "chrome-extension://" + "a" * 32
FIREFOX = "moz-extension://0f8fad5b-d9cb-469f-a165-70867728950e"
STRANGER = "chrome-extension://" + "b" * 32
JSON = "Content-Type: application/json"
# A hundred faults at most, each with its place and a sentence.
LONGEST_REFUSAL = 32 * 1024
# What a refusal never tells: where the fault lies, what serves, and in which version.
NEVER_TOLD = ("Traceback", 'File "', ".py", "waitress", "erkzeug", "lask", "python", __version__)


class Besieged:
    """A companion of its own, with a program that has a token, and on demand an extension and a browser let in."""

    def __init__(self, folder: Path) -> None:
        self.process = CompanionProcess(folder)
        self.process.start()
        self.port = self.process.port
        self.host = f"127.0.0.1:{self.port}"
        self.origin = f"http://{self.host}"
        # As `kwartier token` does it, without a process for it.
        control = f"Authorization: Bearer {json.loads((self.process.data / 'companion.json').read_bytes())['secret']}"
        self.token = self.send("POST", "/api/control/tokens", {"name": "a program"}, control).json["token"]
        # The header line with which the program shows who it is.
        self.program = f"Authorization: Bearer {self.token}"

    def ask(self, method: str, target: str, *headers: str, body: bytes = b"") -> Answer:
        """One request on a connection of its own, its Host the right one unless a header names another."""
        named = {line.partition(":")[0].lower() for line in headers}
        usual = {"host": f"Host: {self.host}", "connection": "Connection: close"}
        missing = [line for name, line in usual.items() if name not in named]
        sent = request(method, target, *missing, *headers, body=body)
        [answer] = answers(exchange(self.port, sent), method)
        return answer

    def send(self, method: str, path: str, record: object, *headers: str) -> Answer:
        """One request with a record as its body."""
        return self.ask(method, path, JSON, *headers, body=json.dumps(record).encode())

    def launch_path(self) -> str:
        """A link that lets one browser in, once."""
        return urlsplit(self.send("POST", "/api/launch-links", {"path": "/"}, self.program).json["url"]).path

    @cached_property
    def browser(self) -> str:
        """The header line of a browser that was let in: its cookie."""
        opened = self.ask("GET", self.launch_path())
        return f"Cookie: {opened.headers['set-cookie'].partition(';')[0]}"

    @cached_property
    def csrf(self) -> str:
        """The token that stands in the forms of that browser's pages."""
        page = self.ask("GET", "/settings", self.browser).text
        [found] = set(re.findall(r'name="?csrf"? value="?([0-9a-f]{64})', page))
        return found

    def submit(self, path: str, *headers: str, **fields: str) -> Answer:
        """A form as the browser sends it; fields and headers that are named take the place of the right ones."""
        right = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}
        named = {line.partition(":")[0] for line in headers}
        lines = [f"{name}: {value}" for name, value in right.items() if name not in named]
        body = urlencode({"csrf": self.csrf} | fields).encode()
        return self.ask(
            "POST", path, self.browser, *lines, *headers, "Content-Type: application/x-www-form-urlencoded", body=body
        )

    def ask_to_be_let_in(self, origin: str, **fields: str) -> dict[str, Any]:
        """An extension's request, which now waits for the user; at most three a minute."""
        asked = self.send("POST", "/api/pairing", {"browser": "Chrome on Windows"} | fields, f"Origin: {origin}")
        assert asked.status == 201, asked.text
        waiting: dict[str, Any] = asked.json
        return waiting

    def poll(self, asked: dict[str, Any], origin: str, secret: str | None = None) -> Answer:
        """The extension asks what became of its request."""
        return self.send(
            "POST", f"/api/pairing/{asked['id']}", {"secret": secret or asked["secret"]}, f"Origin: {origin}"
        )

    def pair(self, origin: str, **fields: str) -> dict[str, str]:
        """An extension that the user let in: what it was given."""
        asked = self.ask_to_be_let_in(origin, **fields)
        assert self.submit(f"/pair/{asked['id']}/allow").status == 303
        given: dict[str, str] = self.poll(asked, origin).json
        return given

    @cached_property
    def extension(self) -> tuple[str, str]:
        """The header lines of a paired extension: its token and its origin."""
        return f"Authorization: Bearer {self.pair(CHROME)['token']}", f"Origin: {CHROME}"

    def kept(self) -> dict[str, bytes]:
        """All that is kept, as it lies on the disk."""
        data = self.process.data
        files = [*data.glob("*.tsv"), *(data / "texts").rglob("*.zlib")]
        return {str(path.relative_to(data)): path.read_bytes() for path in sorted(files)}

    def assert_refused(self, answer: Answer, *statuses: int, reader: str | None = None) -> None:
        """Refused with one of these, as the one short JSON body, which tells nothing; only `reader` may read it."""
        assert answer.status in statuses, f"{answer.status} {answer.text[:300]}"
        assert answer.headers["content-type"] == "application/json", answer.headers
        assert set(answer.json) == {"error", "problems"}
        assert len(answer.body) < LONGEST_REFUSAL
        assert answer.headers.get("access-control-allow-origin") == reader
        assert "server" not in answer.headers
        told = [word for word in (*NEVER_TOLD, str(self.process.data), self.token) if word in answer.text]
        assert not told, answer.text


def capture(**changes: Any) -> dict[str, Any]:
    """A capture of a link, as the extension sends it."""
    return {
        "id": "6f1c1a52-2f3b-4a5e-9a53-0d5a2f7b9c11",
        "url": "https://vakblad.example/slaap/ploegendienst",
        "title": "Ploegendienst zonder schuldgevoel",
        "captured_at": "2026-11-20T08:00:00Z",
        "client": {"name": "Kwartier for Chromium", "version": "0.1.0"},
        **changes,
    }
