"""A capture, from the request to the durable reply."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from companion.editorial.extraction import extract
from scripts._bench_companion import Running, serving
from scripts._bench_content import capture, fill, page
from scripts._bench_timing import in_turn, table, timed

APPENDED = b"x" * 4096
# In its first moments a companion compares its search index with what is kept; nobody captures in the same second.
SETTLING_SECONDS = 3


def append(folder: Path) -> Callable[[int], None]:
    """One 4 KB append, on the disk before it returns: what durability costs here."""
    handle = os.open(folder / "append", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sync = getattr(os, "fdatasync", os.fsync)

    def act(_number: int) -> None:
        os.write(handle, APPENDED)
        sync(handle)

    return act


def bench_capture(items: int, count: int) -> None:
    """From the click's request to the durable reply, at an empty store and at one with `items` items."""
    with tempfile.TemporaryDirectory() as temporary:
        timings = [timed("extraction of the page alone", lambda n: extract(page(n), "https://a.example/"), count)]
        for kept in (0, items):
            folder = Path(temporary) / str(kept)
            folder.mkdir()
            fill(folder / "data", kept)
            with serving(folder / "data") as running:
                time.sleep(SETTLING_SECONDS)
                timings += in_turn(_acts(running, folder, f"{kept:,} items stored"), count)
    table(timings)


def _acts(running: Running, folder: Path, stored: str) -> dict[str, Callable[[int], object]]:
    def send(number: int, with_page: bool) -> None:
        running.ask("POST", "/api/captures", capture(number, with_page))

    return {
        "4 KB append + fdatasync, in turn with these": append(folder),
        f"capture of a page, {stored}": lambda n: send(n, with_page=True),
        f"capture of a link, {stored}": lambda n: send(n, with_page=False),
    }
