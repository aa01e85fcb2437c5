"""How often something may be tried within a stretch of time, and how much of it may be done at once."""

import math
import sys
import threading
import time
from collections import deque
from collections.abc import Callable

from companion.errors import StoreError, TooMany

WANTED_FILES = 1024


def open_file_limit() -> int:
    """How many files and sockets this process may have open, raised as far as needed.

    macOS lets a program that starts at login have 256, which idle connections alone could use up.
    """
    if sys.platform == "win32":
        return WANTED_FILES
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED_FILES if hard == resource.RLIM_INFINITY else min(WANTED_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


class Attempts:
    """Counts attempts; more than `most` within `seconds` are refused until enough of them are past."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self._times: deque[float] = deque()
        self._lock = threading.Lock()

    def count(self) -> None:
        """Count one attempt. Raises TooMany, with the seconds to wait, where it is one too many."""
        moment = time.monotonic()
        with self._lock:
            while self._times and self._times[0] <= moment - self.seconds:
                self._times.popleft()
            if len(self._times) >= self.most:
                wait = math.ceil(self._times[0] + self.seconds - moment)
                raise TooMany("Too many attempts. Wait a moment and try again.", max(1, wait))
            self._times.append(moment)


class Downloads:
    """The backups under way. Each takes a thread of the server until it is read to its end."""

    def __init__(self, most: int = 2) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._under_way: set[object] = set()

    def begin(self) -> Callable[[], None]:
        """Count one more; returns what ends it, however often that is called. Raises StoreError for one too many."""
        turn = object()
        with self._lock:
            if len(self._under_way) >= self._most:
                raise StoreError("Two backups are being saved already. Wait until one of them is done, or stop it.")
            self._under_way.add(turn)
        return lambda: self._under_way.discard(turn)
