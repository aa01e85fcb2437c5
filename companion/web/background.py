"""Work that nobody waits for, in threads of its own."""

import logging
import queue
import threading
from collections.abc import Callable

from companion.errors import StoreError

STOP_SECONDS = 3

logger = logging.getLogger("kwartier")


class Background:
    """Does one act for each id that is asked for, in the order in which they came. Its threads start with the first."""

    def __init__(self, act: Callable[[str], None], most_at_once: int, about: str) -> None:
        """`about` says, for the log, what the act keeps."""
        self._act, self._most_at_once, self._about = act, most_at_once, about
        self._asked: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._is_done = threading.Condition()
        self._under_way: set[str] = set()
        self._faults: dict[str, StoreError] = {}
        self._threads: list[threading.Thread] = []
        self.is_stopping = False

    def ask(self, record_id: str) -> None:
        """Do it soon for this id, once, however often that is asked meanwhile."""
        with self._is_done:
            if self.is_stopping or record_id in self._under_way:
                return
            self._under_way.add(record_id)
            self._faults.pop(record_id, None)
            self._asked.put(record_id)
            self._start_missing()

    def _start_missing(self) -> None:
        """All of them the first time; later in the place of one that met what nobody had thought of."""
        alive = [thread for thread in self._threads if thread.is_alive()]
        missing = range(self._most_at_once - len(alive))
        started = [threading.Thread(target=self._run, daemon=True) for _ in missing]
        self._threads = [*alive, *started]
        for thread in started:
            thread.start()

    def wait(self, record_id: str, seconds: float) -> bool:
        """Wait at most so long until nothing is under way for this id; whether that came.

        Raises StoreError where it came to nothing: it could not be kept, or Kwartier is stopping.
        """
        with self._is_done:
            is_over = self._is_done.wait_for(lambda: record_id not in self._under_way, seconds)
            if self.is_stopping:
                raise StoreError("Kwartier is stopping. Try again when it runs.")
            if record_id in self._faults:
                raise self._faults[record_id]
            return is_over

    def stop(self, end_what_is_under_way: Callable[[], None]) -> None:
        """Take nothing more on, and end."""
        with self._is_done:
            self.is_stopping = True
        end_what_is_under_way()
        for _ in self._threads:
            self._asked.put(None)
        for thread in self._threads:
            thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while (record_id := self._asked.get()) is not None and not self.is_stopping:
            try:
                self._act(record_id)
            except StoreError as error:  # Its turn comes again.
                self._faults[record_id] = error
                logger.warning("%s could not be kept: %s", self._about, error.message)
            finally:
                with self._is_done:
                    self._under_way.discard(record_id)
                    self._is_done.notify_all()
