"""The real companion, as its own process, and a client that speaks to it as another program would."""

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.e2e.waiting import until

ZONE = "Europe/Amsterdam"
KWARTIER = ("-m", "companion")
LOOPBACK = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Reply:
    """What came back, whatever its status."""

    status: int
    content: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.content)

    @property
    def text(self) -> str:
        """The body as text, its line ends as they were sent."""
        return self.content.decode("utf-8")


class Client:
    """Speaks HTTP to one companion, with or without a token."""

    def __init__(self, base: str, token: str | None = None) -> None:
        self.base = base
        self.token = token

    def send(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Reply:
        """One request; a refusal is a reply like any other."""
        request = urllib.request.Request(f"{self.base}{path}", method=method, headers=headers or {})
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        try:
            with LOOPBACK.open(request, timeout=30) as answer:
                return Reply(answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Reply(refusal.code, refusal.read(), dict(refusal.headers))

    def get(self, path: str, **query: str) -> Any:
        """The JSON of a GET that must succeed."""
        reply = self.send("GET", f"{path}?{urlencode(query)}" if query else path)
        assert reply.status == 200, f"GET {path}: {reply.status} {reply.text}"
        return reply.json

    def items(self) -> list[dict[str, Any]]:
        """Every item, newest first as the companion lists them."""
        items: list[dict[str, Any]] = self.get("/api/items", limit="200")["items"]
        return items

    def item_titled(self, title: str) -> dict[str, Any] | None:
        """The only item with this title, if it is there; two of them is an error."""
        found = [item for item in self.items() if item["article"]["title"] == title]
        assert len(found) < 2, f"{len(found)} items are called {title!r}"
        return found[0] if found else None

    def export(self, name: str) -> str:
        """An export of the coming weeks, as text."""
        reply = self.send("GET", f"/api/exports/{name}")
        assert reply.status == 200, f"export {name}: {reply.status} {reply.text}"
        return reply.text


class CompanionProcess:
    """`kwartier serve` on a folder of its own; can be stopped and started again on the same one, also on another port.

    `program` is how Python is told to run it.
    """

    def __init__(self, folder: Path, port: int | None = None, program: Sequence[str] = KWARTIER) -> None:
        self.data = folder / "data"
        self.log = folder / "companion.log"
        self.port = port or free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._program = program

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait for its first healthy answer."""
        arguments = ["serve", "--no-open", "--port", str(self.port), "--data", str(self.data)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*python(self._program), *arguments],
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        until(self._is_healthy, "a healthy companion")

    def stop(self) -> None:
        """End it as a log-off would, and wait until it has ended."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the companion did not end within 10 s:\n{self.said()}") from None
        finally:
            self.process = None

    def run(self, *arguments: str) -> str:
        """What another `kwartier` command prints while this companion runs."""
        result = subprocess.run(
            command(*arguments, "--data", str(self.data)),
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert result.returncode == 0, f"kwartier {' '.join(arguments)}: {result.stdout}{result.stderr}"
        return result.stdout.strip()

    def launch_url(self) -> str:
        """A link that lets one browser in, once."""
        return self.run("open", "--print")

    def client(self, name: str = "tests") -> Client:
        """A client with an API token of its own."""
        return Client(self.url, self.run("token", name))

    def stranger(self) -> Client:
        """A client without any token."""
        return Client(self.url)

    def said(self) -> str:
        """All that the companion wrote to its terminal."""
        return self.log.read_text("utf-8", errors="replace") if self.log.exists() else ""

    def _is_healthy(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"the companion ended by itself:\n{self.said()}"
        try:
            return Client(self.url).send("GET", "/api/health").status == 200
        except OSError:
            return False


def command(*arguments: str) -> list[str]:
    """The command line of one `kwartier` command in this environment."""
    return [*python(KWARTIER), *arguments]


def python(program: Sequence[str]) -> list[str]:
    """The command line of a program in this environment, which finds what is installed and nothing beside it."""
    return [sys.executable, "-P", *program]


def environment() -> dict[str, str]:
    """The environment of the tests, in one zone and with nobody's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KWARTIER_")}
    return {**kept, "KWARTIER_ZONE": ZONE, "PYTHONUTF8": "1"}


def free_port(wanted: int = 0) -> int:
    """A port nobody listens on just now. Raises OSError where somebody listens on the one that is wanted."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", wanted))
        port: int = probe.getsockname()[1]
        return port
