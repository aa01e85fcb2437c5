"""Kills without warning, and what they leave: the loop of the tests, more often."""

import tempfile
import time
from pathlib import Path

from tests.unit.store.faults import kills


def bench_crash(count: int, seed: int | None) -> None:
    """Kill `count` processes of each kind and print what came of it; another seed gives other moments."""
    seed = int(time.time()) if seed is None else seed
    print(f"seed {seed}\n| {'while it was':<30} | kills | acknowledged | lost | unreadable |")
    print(f"|{'-' * 32}|------:|-------------:|-----:|-----------:|")
    problems = []
    for mode in [*kills.MODES, kills.MIGRATING]:
        with tempfile.TemporaryDirectory() as folder:
            found = kills.kill(mode, Path(folder), count, seed)
        figures = f"{found.kills:>5} | {found.acknowledged:>12} | {found.lost:>4} | {found.unreadable:>10}"
        print(f"| {mode:<30} | {figures} |", flush=True)
        problems += [f"{mode}, {problem}" for problem in found.problems]
    print(*problems, sep="\n")
