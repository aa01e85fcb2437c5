"""Somebody else, who goes on working while the companion is under attack."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATHS = ("/api/items?limit=20", "/api/health")
# A person's programs do not ask without a pause.
PAUSE = 0.01


@contextmanager
def somebody_else(port: int, token: str) -> Iterator[dict[str, list[float]]]:
    """Asks for one path after the other meanwhile; by path the seconds that each answer took, filled as they come."""
    waits: dict[str, list[float]] = {path: [] for path in PATHS}
    is_over = threading.Event()
    asking = threading.Thread(target=_ask, args=(port, token, waits, is_over))
    asking.start()
    try:
        yield waits
    finally:
        is_over.set()
        asking.join()


def _ask(port: int, token: str, waits: dict[str, list[float]], is_over: threading.Event) -> None:
    while True:
        for path, times in waits.items():
            times.append(_seconds(port, token, path))
        if is_over.wait(PAUSE):
            return


def _seconds(port: int, token: str, path: str) -> float:
    """How long the answer took; one that is not as it should be has been waited for in vain."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return time.perf_counter() - started if answer.status == 200 else float("inf")
