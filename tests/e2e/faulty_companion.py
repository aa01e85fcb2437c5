"""The real companion with a fault in it: at a moment that a test names it waits, or is gone.

Runs as `faulty_companion.py FOLDER serve ...`. A file FOLDER/hold or FOLDER/die names the moment: a request and how far
it has come. "POST /api/captures asked" is before the companion has seen it, "POST /api/captures 201" is when all is
kept and nothing is answered yet, "POST /api/captures answered" when the answer is out.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from companion import cli
from companion.web import server

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# Longer than any test waits; a test that failed must not leave threads behind that never end.
LONGEST_HOLD = 60
PAUSE = 0.005


class Faulty:
    """An application that reaches its moments."""

    def __init__(self, application: Application, folder: Path) -> None:
        self._application = application
        self._folder = folder
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        """One request; each of its moments may be the one that is named."""
        request = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        statuses: list[str] = []

        def start(status: str, *arguments: Any) -> Any:
            statuses.append(status.split()[0])
            return start_response(status, *arguments)

        self._reach(f"{request} asked")
        answer = self._application(environ, start)
        self._reach(f"{request} {statuses[-1]}")
        yield from answer
        if close := getattr(answer, "close", None):
            close()
        self._reach(f"{request} answered")

    def _reach(self, moment: str) -> None:
        if self._is_named("die", moment):
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        if self._is_named("hold", moment) and not moment.endswith("answered"):
            self._wait()

    def _is_named(self, fault: str, moment: str) -> bool:
        """Whether this is the moment. One that is held is held once: the first to come takes it."""
        file = self._folder / fault
        with self._lock:
            if not file.exists() or file.read_text("utf-8") != moment:
                return False
            if fault == "hold":
                file.replace(self._folder / "held")
            return True

    def _wait(self) -> None:
        """Until the test takes the file away that says so."""
        end = time.monotonic() + LONGEST_HOLD
        while (self._folder / "held").exists() and time.monotonic() < end:
            time.sleep(PAUSE)


def main(folder: str, *arguments: str) -> None:
    """Run a `kwartier` command whose application is the faulty one."""
    create_app = server.create_app
    server.create_app = lambda running: Faulty(create_app(running), Path(folder))
    cli.main(arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
