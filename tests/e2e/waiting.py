"""Waiting for a condition, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

TIMEOUT = 20.0
PAUSE = 0.03


def until(
    condition: Callable[[], Found],
    what: str | Callable[[], str],
    timeout: float = TIMEOUT,
    pause: Callable[[float], object] = time.sleep,
) -> Found:
    """The first truthy answer of `condition`; fails naming `what` when none comes in time."""
    end = time.monotonic() + timeout
    while True:
        if found := condition():
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout:.0f} s in vain for {what if isinstance(what, str) else what()}")
        pause(PAUSE)


def steady(read: Callable[[], Found], what: str) -> Found:
    """What `read` answers once it answers the same twice in a row: what is still moving cannot be clicked on."""
    last: list[Found] = []

    def is_steady() -> bool:
        now = read()
        if last and now and now == last[0]:
            return True
        last[:] = [now]
        return False

    until(is_steady, what)
    return last[0]
