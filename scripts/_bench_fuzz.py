"""Requests that nobody wrote, many of them: the same as in the tests, more often and with another seed."""

import tempfile
import time
from pathlib import Path

from tests.hostile.besieged import Besieged
from tests.hostile.fuzzing import Fuzz

LONGEST_LINE = 400


def bench_fuzz(requests: int, seed: int | None) -> None:
    """Send so many to a companion of their own and print how they were answered."""
    seed = int(time.time()) if seed is None else seed
    with tempfile.TemporaryDirectory() as folder:
        running = Besieged(Path(folder))
        try:
            tally = Fuzz(running).run(requests, seed)
        finally:
            running.process.stop()
    count = tally.statuses.total()
    print(f"seed {seed}\n| {'what':<40} | {'count':>8} |\n|{'-' * 42}|{'-' * 9}:|")
    print(f"| {'requests':<40} | {count:>8,} |\n| {'requests a second':<40} | {count / tally.seconds:>8.0f} |")
    for status, times in sorted({500: 0, **tally.statuses}.items()):
        print(f"| {f'answered with {status}':<40} | {times:>8,} |")
    print(f"| {'items to be there after a restart':<40} | {tally.acknowledged:>8,} |")
    print(f"| {'faults':<40} | {len(tally.faults):>8,} |")
    print(*(fault[:LONGEST_LINE] for fault in tally.faults), sep="\n")
