"""A companion as its own process, for the benches: started, asked, looked at, stopped."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

KWARTIER = [sys.executable, "-m", "companion"]
MOST_SECONDS = 60


class Running:
    """One companion on a folder, and one connection to it. `healthy_after` is the time to its first answer, in ms."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        arguments = ["serve", "--no-open", "--port", str(self.port), "--data", str(folder)]
        started = time.perf_counter()
        self.process = subprocess.Popen([*KWARTIER, *arguments], stdout=subprocess.DEVNULL)
        self._wait_until_healthy()
        self.healthy_after = (time.perf_counter() - started) * 1000
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=MOST_SECONDS)
        self._headers = {
            "Authorization": f"Bearer {self._command('token', 'bench')}",
            "Content-Type": "application/json",
        }

    def _wait_until_healthy(self) -> None:
        end = time.monotonic() + MOST_SECONDS
        while time.monotonic() < end:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=MOST_SECONDS)
            try:
                connection.request("GET", "/api/health")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.005)
            finally:
                connection.close()
        raise TimeoutError("The companion does not answer.")

    def _command(self, *arguments: str) -> str:
        return subprocess.check_output([*KWARTIER, *arguments, "--data", str(self.folder)], text=True).strip()

    def let_in(self) -> None:
        """Go on as a browser, which gets pages."""
        path = urlsplit(self._command("open", "--print")).path
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        answer.read()
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        self._headers = {"Cookie": cookie, "Accept": "text/html"}

    def ask(self, method: str, path: str, body: object = None) -> None:
        """One request, its answer read whole. Raises AssertionError where it is refused."""
        self._connection.request(method, path, None if body is None else json.dumps(body).encode(), self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        assert answer.status in (200, 201), content[:500]

    def megabytes(self) -> float | None:
        """How much memory it has resident; None where the system has no way to tell."""
        if sys.platform == "win32":
            return None
        return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(self.process.pid)])) / 1024

    def stop(self) -> None:
        """End it as a log-off would."""
        self._connection.close()
        self.process.terminate()
        self.process.wait(MOST_SECONDS)


@contextmanager
def serving(folder: Path) -> Iterator[Running]:
    """A companion on the folder, while this lasts."""
    running = Running(folder)
    try:
        yield running
    finally:
        running.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
