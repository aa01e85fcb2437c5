"""The store: writing beside what the disk itself takes, opening, memory, search, and other stores beside it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import companion.store
from scripts._bench_capture import append
from scripts._bench_companion import Running, serving
from scripts._bench_content import capture, fill, item, wait_for_search
from scripts._bench_others import Item, Other, json_store, sqlite_store
from scripts._bench_search import search_rows
from scripts._bench_timing import Row, Timing, in_turn, table_with_bars, timed

# Of which size the memory and the search are looked at.
USUAL_ITEMS = 20_000
# Stock TinyDB takes seconds for one write of a large file.
FEW, MOST_FOR_OTHERS = 5, 20_000
WARM_UP = 20
WRITE_BAR, OPEN_BAR, HEALTHY_BAR, MEMORY_BAR = "<= 1.2x", "< 500 ms", "< 1000 ms", "< 120 MB"
APPEND = "4 KB append + fdatasync"
# As _bench_search names them.
SEARCH_BARS = {
    "search: an ordinary word, 20 rows with snippets": "< 5 ms",
    "search: the commonest word, 20 rows with snippets": "< 50 ms",
}
OPENING = """
import sys, time, companion.store
started = time.perf_counter()
store = companion.store.open(sys.argv[1])
print((time.perf_counter() - started) * 1000)
store.close()
"""


def bench_store(sizes: list[int], count: int) -> None:
    """All of it, in one table."""
    table_with_bars(_rows(sizes, count))


def _rows(sizes: list[int], count: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as temporary:
        for items in sizes:
            folder = Path(temporary) / str(items)
            folder.mkdir()
            model = fill(folder / "data", items)
            yield _opening(folder / "data", items)
            yield from _writing(folder, items, model, count)
            if items <= MOST_FOR_OTHERS:
                yield from _others(folder, items, model, count)
        yield from _running(Path(temporary) / "running")
    for name, milliseconds in search_rows(USUAL_ITEMS):
        yield Row.of(Timing(name, milliseconds), bar=SEARCH_BARS.get(name, ""))


def _opening(data: Path, items: int) -> Row:
    """In a process of its own each time, the file in the system's cache."""
    command = [sys.executable, "-c", OPENING, str(data)]
    times = [float(subprocess.check_output(command)) for _ in range(5)]
    return Row.of(Timing(f"open, {items:,} items", times), bar=OPEN_BAR if items == USUAL_ITEMS else "")


def _writing(folder: Path, items: int, model: dict[str, Any], count: int) -> Iterator[Row]:
    store = companion.store.open(folder / "data")
    wait_for_search(store)
    new, changed = _items_to_write(model, items, count)
    acts = {
        APPEND: append(folder),
        f"insert of 2 KB, {items:,} items": lambda n: store.items.put(new[n]),
        f"update of 2 KB, {items:,} items": lambda n: store.items.put(changed[n]),
    }
    disk, *ours = in_turn(acts, count, WARM_UP)
    store.close()
    yield Row.of(disk)
    yield from (Row.of(timing, disk, WRITE_BAR) for timing in ours)


def _items_to_write(model: dict[str, Any], items: int, count: int) -> tuple[list[Item], list[Item]]:
    """Made beforehand: new ones, and known ones with a change; the last of each are for warming up."""
    rounds = range(count + WARM_UP)
    new = [item(model, items + 1000 + n) for n in rounds]
    return new, [{**(item(model, n % items + 1) if items else new[0]), "topic": str(n)} for n in rounds]


def _others(folder: Path, items: int, model: dict[str, Any], count: int) -> Iterator[Row]:
    """The same with stock TinyDB and with SQLite, each beside the disk too."""
    known = [item(model, number + 1) for number in range(items)]
    yield from _other("TinyDB, JSONStorage", json_store(folder, known), folder, (items, model, FEW if items else count))
    yield from _other("SQLite, WAL, FULL", sqlite_store(folder, known), folder, (items, model, count))


def _other(name: str, other: Other, folder: Path, size: tuple[int, dict[str, Any], int]) -> Iterator[Row]:
    items, model, count = size
    new, changed = _items_to_write(model, items, count)
    acts = {
        APPEND: append(folder),
        f"{name}: insert, {items:,} items": lambda n: other.insert(new[n]),
        f"{name}: update, {items:,} items": lambda n: other.update(changed[n]),
    }
    disk, *theirs = in_turn(acts, count, warm_up=1)
    other.close()
    yield from (Row.of(timing, disk) for timing in theirs)


def _running(data: Path) -> Iterator[Row]:
    """A companion with the usual number of items: when it answers, and its memory before and after requests."""
    fill(data, USUAL_ITEMS)
    started = []
    for _ in range(3):
        with serving(data) as running:
            started.append(running.healthy_after)
            at_start = running.megabytes()
    yield Row.of(Timing(f"start to first healthy answer, {USUAL_ITEMS:,} items", started), bar=HEALTHY_BAR)
    yield _memory("memory after the start", at_start)
    with serving(data) as running:
        yield from _requests(running)
        yield _memory("memory after captures, lists, searches and pages", running.megabytes())


def _requests(running: Running) -> Iterator[Row]:
    yield Row.of(timed("capture of a link", lambda n: running.ask("POST", "/api/captures", capture(n, False)), 30))
    for name, path in (("list of 50 items", "/api/items?limit=50"), ("search through the API", "/api/items?q=verzuim")):
        yield Row.of(timed(name, lambda _n, p=path: running.ask("GET", p), 10))  # type: ignore[misc]
    running.let_in()
    yield Row.of(timed("week page", lambda _n: running.ask("GET", "/"), 10))


def _memory(name: str, megabytes: float | None) -> Row:
    return Row(f"{name}, {USUAL_ITEMS:,} items", "-" if megabytes is None else f"{megabytes:.0f} MB", bar=MEMORY_BAR)
