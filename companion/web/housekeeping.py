"""What is done by itself while the companion runs: a dated backup, keeping the texts whole and needed, tidying up."""

import logging
import threading
from collections.abc import Callable
from datetime import date, timedelta

from companion.errors import StoreError
from companion.store.backups.dated import make_backup
from companion.store.backups.mending import mend_texts
from companion.store.files import disk_error
from companion.store.notices import note_unreadable
from companion.web.context import Companion
from companion.web.paired_browsers import let_go_of_unused

FIRST_LOOK_SECONDS = 60.0
LOOK_SECONDS = 3600.0
# How long after a laptop wakes up it may take until what became due meanwhile is done.
WAKE_SECONDS = 60.0
STOP_SECONDS = 3
# Between two texts of a backup, so that captures find the disk free.
PAUSE_SECONDS = 0.002

logger = logging.getLogger("kwartier")


class Stopped(Exception):
    """The companion stops; what was under way is done again at another time."""


class Housekeeping:
    """A thread that looks every hour whether there is something to do."""

    def __init__(self, running: Companion, first_look: float = FIRST_LOOK_SECONDS) -> None:
        self._running = running
        self._first_look = first_look
        self._unreadable: set[str] = set()
        self._mended: date | None = None
        self._stop = threading.Event()
        # A process that ends does not wait for a disk that hangs.
        self._thread = threading.Thread(target=self._run, name="kwartier-housekeeping", daemon=True)

    def start(self) -> None:
        """Look for the first time after about a minute, when whoever started Kwartier has their page."""
        self._thread.start()

    def stop(self) -> None:
        """End, also in the middle of a backup."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        seconds = self._first_look
        while not self._rest(seconds):
            try:
                self.look()
            except Stopped:
                return
            seconds = LOOK_SECONDS

    def _rest(self, seconds: float) -> bool:
        """Wait so long, by the clock on the wall too: the other one stands still while a laptop sleeps.

        Whether Kwartier stops.
        """
        due, left = self._running.clock() + timedelta(seconds=seconds), seconds
        while left > 0 and self._running.clock() < due:
            if self._stop.wait(min(left, WAKE_SECONDS)):
                return True
            left -= WAKE_SECONDS
        return self._stop.is_set()

    def look(self) -> None:
        """Do what there is to do. What fails keeps nothing else from being done, and is tried again next time."""
        running = self._running
        running.backup_error = _fault_of(self._back_up)
        background = (running.links.resume, running.calendars.resume)
        for task in (self._tell, running.store.collect_orphans, self._mend, self._let_go, *background):
            if not running.store.read_only_reason:
                _fault_of(task)

    def _back_up(self) -> None:
        self._unreadable = make_backup(self._running.store, self._today(), self._breathe) or set()

    def _tell(self) -> None:
        if self._unreadable:
            note_unreadable(self._running.store, self._unreadable)

    def _mend(self) -> None:
        """Once a day, since it reads all that is kept."""
        if self._mended != self._today():
            mend_texts(self._running.store, self._breathe)
            self._mended = self._today()

    def _let_go(self) -> None:
        let_go_of_unused(self._running.store, self._running.clock())

    def _today(self) -> date:
        return self._running.clock().astimezone(self._running.settings.zone).date()

    def _breathe(self) -> None:
        if self._stop.wait(PAUSE_SECONDS):
            raise Stopped


def _fault_of(task: Callable[[], object]) -> StoreError | None:
    """Do the task; what it meets on the disk is returned, and logged."""
    try:
        task()
        return None
    except OSError as error:
        fault = disk_error(error)
    except StoreError as error:
        fault = error
    logger.warning("%s: %s", task.__name__.strip("_"), fault.message)
    return fault
