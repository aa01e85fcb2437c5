"""Pages made to hurt: how long their captures take, what becomes of them, and how long somebody else waits."""

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil

from scripts._bench_content import page
from scripts._bench_timing import Timing
from tests.hostile.besieged import Besieged, capture
from tests.hostile.pages import BODIES, hostile_page
from tests.hostile.second_client import somebody_else

LOOK_SECONDS = 0.01
MEGABYTE = 1024 * 1024


def bench_hostile() -> None:
    """Send each page once, each to a companion of its own, and print a line of the table for it."""
    waits = f"{'items p50/p95/max':>20} | {'health p50/p95/max':>20}"
    print(f"| {'page':<34} | {'kept as':<7} | {'ms':>6} | {waits} | companion | worker |")
    print(f"|{'-' * 36}|{'-' * 9}|{'-' * 7}:|{'-' * 21}:|{'-' * 21}:|----------:|-------:|")
    pages = {"an ordinary article": page(1)} | {name: hostile_page(name) for name in BODIES}
    for name, html in pages.items():
        with tempfile.TemporaryDirectory() as folder:
            running = Besieged(Path(folder))
            try:
                _print_line(running, name, html)
            finally:
                running.process.stop()


def _print_line(running: Besieged, name: str, html: str) -> None:
    sent = capture(id=str(uuid4()), html=html)
    with somebody_else(running.port, running.token) as waits, _memory(running) as most:
        started = time.perf_counter()
        answer = running.send("POST", "/api/captures", sent, running.program)
        took = (time.perf_counter() - started) * 1000
    items, health = (_waits(path, times) for path, times in waits.items())
    memory = f"{most['companion'] / MEGABYTE:>6.0f} MB | {most['worker'] / MEGABYTE:>3.0f} MB"
    print(f"| {name:<34} | {_became(answer):<7} | {took:>6.0f} | {items:>20} | {health:>20} | {memory} |", flush=True)


def _became(answer: Any) -> str:
    if answer.status != 201:
        return str(answer.status)
    item = answer.json["item"]
    if item["link_only"]:
        return "link"
    return "text" if item.get("markup_hash") else "plain"


def _waits(path: str, seconds: list[float]) -> str:
    timing = Timing(path, [one * 1000 for one in seconds])
    return f"{timing.p50:.1f}/{timing.p95:.1f}/{max(timing.milliseconds):.1f}"


@contextmanager
def _memory(running: Besieged) -> Iterator[dict[str, int]]:
    """The most bytes that the companion, and any process that it started, have resident meanwhile."""
    most, is_over = {"companion": 0, "worker": 0}, threading.Event()

    def watch() -> None:
        while not is_over.wait(LOOK_SECONDS):
            assert running.process.process is not None
            companion = psutil.Process(running.process.process.pid)
            most["companion"] = max(most["companion"], _resident(companion))
            most["worker"] = max([most["worker"], *map(_resident, companion.children(recursive=True))])

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield most
    finally:
        is_over.set()
        watching.join()


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
