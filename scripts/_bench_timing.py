"""Timings, and the tables in which they are printed."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


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
        if len(self.milliseconds) < 2:
            return self.p50
        return statistics.quantiles(self.milliseconds, n=20, method="inclusive")[-1]


@dataclass(frozen=True)
class Row:
    """A line of a table with a bar: what was measured, beside what, and where the bar lies."""

    name: str
    p50: str
    p95: str = ""
    ratio: str = ""
    bar: str = ""

    @classmethod
    def of(cls, timing: Timing, beside: Timing | None = None, bar: str = "") -> "Row":
        """A timing, as a ratio of what was done in turn with it."""
        ratio = f"{timing.p50 / beside.p50:.2f}x" if beside else ""
        return cls(timing.name, f"{timing.p50:.2f} ms", f"{timing.p95:.2f} ms", ratio, bar)


def milliseconds(act: Callable[[], object]) -> float:
    """How long it took, once."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def timed(name: str, act: Callable[[int], object], count: int) -> Timing:
    """Time `act` `count` times, after three runs that do not count."""
    for number in range(3):
        act(-number - 1)
    return Timing(name, [milliseconds(lambda n=number: act(n)) for number in range(count)])  # type: ignore[misc]


def in_turn(acts: dict[str, Callable[[int], object]], count: int, warm_up: int = 3) -> list[Timing]:
    """Time several acts, one after the other in each round, so that a busy moment of the disk meets all of them."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(-warm_up, count):
        for name, act in acts.items():
            took = milliseconds(lambda n=number, a=act: a(n))  # type: ignore[misc]
            if number >= 0:
                found[name].append(took)
    return [Timing(name, times) for name, times in found.items()]


def table(timings: list[Timing]) -> None:
    """Print the timings, each as a ratio of the first too."""
    print(f"| {'what':<46} | p50 ms | p95 ms | p50 ratio |\n|{'-' * 48}|--------|--------|-----------|")
    for timing in timings:
        ratio = timing.p50 / timings[0].p50
        print(f"| {timing.name:<46} | {timing.p50:>6.1f} | {timing.p95:>6.1f} | {ratio:>8.2f}x |")


def table_with_bars(rows: list[Row]) -> None:
    """Print the rows, the bar beside each."""
    print(f"| {'what':<70} | {'p50':>10} | {'p95':>10} |    ratio | bar       |")
    print(f"|{'-' * 72}|{'-' * 11}:|{'-' * 11}:|---------:|-----------|")
    for row in rows:
        print(f"| {row.name:<70} | {row.p50:>10} | {row.p95:>10} | {row.ratio:>8} | {row.bar:<9} |", flush=True)
