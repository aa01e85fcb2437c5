"""Measures what the user waits for, each figure beside something of the same machine and the same run.

    python scripts/bench.py capture [--items 10000] [--count 60]

Run it with the Python that has the project: .venv/bin/python, on Windows .venv\\Scripts\\python.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import companion.store
from companion.editorial.captures import take_capture
from companion.editorial.extraction import extract

WORDS = (
    "rooster ziekenhuis verpleegkundige verzuim slaap dienst nacht werkgever onderzoek gesprek afspraak invloed "
    "vrijheid planning avond ochtend team collega patiënt vermoeidheid herstel pauze beleid cijfer jaar maand"
).split()
PARAGRAPHS, WORDS_EACH = 40, 60


@dataclass(frozen=True)
class Timing:
    """Milliseconds of repeated runs."""

    name: str
    milliseconds: list[float]

    @property
    def p50(self) -> float:
        """Half of the runs were faster."""
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        """Of twenty runs, nineteen were faster."""
        return statistics.quantiles(self.milliseconds, n=20)[-1]


def timed(name: str, act: Callable[[int], object], count: int) -> Timing:
    """Time `act` `count` times, after three runs that do not count."""
    for number in range(3):
        act(-number - 1)
    durations = []
    for number in range(count):
        started = time.perf_counter()
        act(number)
        durations.append((time.perf_counter() - started) * 1000)
    return Timing(name, durations)


def table(timings: list[Timing]) -> None:
    """Print the timings, each as a ratio of the first too."""
    print(f"| {'what':<46} | p50 ms | p95 ms | p50 ratio |\n|{'-' * 48}|--------|--------|-----------|")
    for timing in timings:
        ratio = timing.p50 / timings[0].p50
        print(f"| {timing.name:<46} | {timing.p50:>6.1f} | {timing.p95:>6.1f} | {ratio:>8.2f}x |")


def page(number: int) -> str:
    """An article of its own of some 2,400 words, with what usually stands around one."""
    text = [
        "<p>" + " ".join(WORDS[(number + line * 7 + n * n) % len(WORDS)] for n in range(WORDS_EACH)) + ".</p>"
        for line in range(PARAGRAPHS)
    ]
    menu = "".join(f"<li><a href=/{n}>Rubriek {n}</a></li>" for n in range(60))
    return (
        f"<!doctype html><html lang=nl><head><title>Artikel {number} | Vakblad</title></head><body><ul>{menu}</ul>"
        f"<article><h1>Artikel {number}</h1>{''.join(text)}</article><footer><ul>{menu}</ul></footer></body></html>"
    )


def capture(number: int, with_page: bool = True) -> dict[str, object]:
    """A capture as the extension sends it."""
    return {
        "id": str(uuid4()),
        "url": f"https://vakblad.example/{number}/{uuid4()}",
        "title": f"Artikel {number}",
        **({"html": page(number)} if with_page else {}),
        "captured_at": "2026-11-20T08:00:00Z",
        "client": {"name": "bench", "version": "1"},
    }


def fill(folder: Path, items: int) -> None:
    """A store with so many items, as captures leave them."""
    store = companion.store.open(folder)
    now = datetime.now(UTC)
    with store.transaction():
        model = take_capture(store, capture(0, with_page=False), ZoneInfo("UTC"), now).item  # type: ignore[arg-type]
        store.items.put_all(
            [
                {**model, "id": f"{n:016x}", "number": n + 2, "identity_url": f"https://vakblad.example/kept/{n}"}
                for n in range(items - 1)
            ]
        )
    store.close()


@contextmanager
def serving(folder: Path) -> Iterator[Callable[[dict[str, object]], None]]:
    """A companion on the folder; yields how to send it a capture over one connection."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kwartier = [sys.executable, "-m", "companion"]
    arguments = ["serve", "--no-open", "--port", str(port), "--data", str(folder)]
    process = subprocess.Popen([*kwartier, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        process.stdout.readline()  # It tells where it runs once it listens.
        token = subprocess.check_output([*kwartier, "token", "bench", "--data", str(folder)], text=True).strip()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

        def send(record: dict[str, object]) -> None:
            connection.request("POST", "/api/captures", json.dumps(record).encode(), headers)
            response = connection.getresponse()
            content = response.read()
            assert response.status == 201, content

        yield send
        connection.close()
    finally:
        process.terminate()
        process.wait(30)


def append(folder: Path) -> Callable[[int], None]:
    """One 4 KB append, on the disk before it returns: what durability costs here."""
    file = (folder / "append").open("ab", buffering=0)

    def act(_number: int) -> None:
        file.write(b"x" * 4096)
        os.fsync(file.fileno())

    return act


def bench_capture(items: int, count: int) -> None:
    """From the click's request to the durable reply, at an empty store and at one with `items` items."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        timings = [timed("extraction of the page alone", lambda n: extract(page(n), "https://a.example/"), count)]
        timings.append(timed("4 KB append + fsync", append(folder), count))
        for kept in (0, items):
            data = folder / str(kept)
            if kept:
                fill(data, kept)
            with serving(data) as send:
                for with_page, what in ((True, "a page"), (False, "a link")):
                    name = f"capture of {what}, {kept:,} items stored"
                    timings.append(timed(name, lambda n, w=with_page: send(capture(n, w)), count))  # type: ignore[misc]
    table(timings)


def main() -> None:
    """Run the bench that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    benches = parser.add_subparsers(required=True, dest="bench")
    captures = benches.add_parser("capture", help="a capture until its durable reply")
    captures.add_argument("--items", type=int, default=10_000, help="how many items the full store has")
    captures.add_argument("--count", type=int, default=60, help="how many captures are timed")
    options = parser.parse_args()
    bench_capture(options.items, options.count)


if __name__ == "__main__":
    main()
