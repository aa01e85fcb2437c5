"""Which thread answers which request."""

import time
from collections.abc import Callable
from typing import Any

from waitress.task import ThreadedTaskDispatcher

CAPTURES = "/api/captures"
THREADS = 8
CAPTURE_THREADS = 4
STOP_SECONDS = 3


class Dispatcher(ThreadedTaskDispatcher):
    """Two lanes. A capture waits while its page is read, which may take seconds; nothing else waits behind it."""

    def __init__(self, stop_reading: Callable[[], None]) -> None:
        """`stop_reading` ends what captures wait for, so that a log-off need not."""
        super().__init__()
        self._stop_reading = stop_reading
        self._captures = ThreadedTaskDispatcher()
        self.set_thread_count(THREADS)
        self._captures.set_thread_count(CAPTURE_THREADS)

    def add_task(self, task: Any) -> None:
        """Put a connection with a request in its lane. This decides when it is answered, not whether."""
        request = task.requests[0]
        if request.error is None and request.path == CAPTURES:  # One that could not be read has no path.
            self._captures.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = STOP_SECONDS) -> bool:
        """Let the threads end; those that do not in time are left to the end of the process.

        Requests under way get less time than waitress gives them, so that a log-off is not held up.
        """
        end = time.monotonic() + timeout
        self._stop_reading()
        is_done = super().shutdown(cancel_pending, timeout)
        return self._captures.shutdown(cancel_pending, max(0, round(end - time.monotonic()))) and is_done
