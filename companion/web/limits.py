"""How often something may be tried within a stretch of time."""

import math
import threading
import time
from collections import deque

from companion.errors import TooMany


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
