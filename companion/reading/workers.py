"""Processes that do one job at a time, and are ended where it takes too long or too much memory."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, cast

import psutil

from companion.errors import KwartierError
from companion.reading.frames import read_frame, write_frame
from companion.reading.worker import IDLE_SECONDS

COMMAND = [sys.executable, "-P", "-m", "companion.reading.worker"]
# Windows would otherwise show a console for a moment.
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
# How long before its end a worker that rests is not relied on any more.
IDLE_MARGIN = 30
# The largest page of plain prose that a capture may hold takes 160 MB; markup made to hurt takes more than a gigabyte.
MOST_BYTES = 600 * 1024 * 1024
# Memory once taken is not all given back: a worker that took this much makes room for a new one.
KEPT_BYTES = 150 * 1024 * 1024
LOOK_SECONDS = 0.05
# A laptop that has just started, with a virus scanner at work, may need that long for what is imported.
START_SECONDS = 20.0


class Stopped(KwartierError):
    """A job did not come to its end: `why` is `too_slow`, `too_large`, `crashed` or `closed`."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The job was given up: {why}.")
        self.why = why


class Worker:
    """One process (see worker.py)."""

    def __init__(self, purpose: str) -> None:
        """Start it, and do not wait for it. Raises Stopped where the system lets nothing start."""
        try:
            self._process = subprocess.Popen(
                [*COMMAND, purpose],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=NO_WINDOW,
            )
        except OSError as error:
            raise Stopped("crashed") from error
        self._used_at = time.monotonic()
        # Told by itself: on Windows the process started here may be one that starts the real one.
        self._pid: int | None = None

    def is_fresh(self) -> bool:
        """Whether it lives, has given its memory back, and will not end by itself before long."""
        is_resting = time.monotonic() - self._used_at < IDLE_SECONDS - IDLE_MARGIN
        return self._process.poll() is None and is_resting and self._memory() < KEPT_BYTES

    def do(self, job: Mapping[str, Any], seconds: float) -> Any:
        """The reply to a job that may take so long. Raises Stopped; the worker is of no use after that."""
        if self._pid is None:
            self._pid = self._exchange(None, START_SECONDS)["pid"]
        reply = self._exchange({**job, "seconds": seconds}, seconds)
        self._used_at = time.monotonic()
        return reply

    def _exchange(self, job: Mapping[str, Any] | None, seconds: float) -> Any:
        """What it says next, after a job if there is one."""
        with self._watched(seconds) as why:
            try:
                if job is not None:
                    write_frame(cast(BinaryIO, self._process.stdin), job)
                return read_frame(cast(BinaryIO, self._process.stdout))
            except (OSError, EOFError) as error:
                raise Stopped(why[0] if why else "crashed") from error

    def kill(self) -> None:
        """End what it does. Whoever waits for it is told so, and ends the worker."""
        self._process.kill()

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # A part of a job may not have been sent yet.
                cast(BinaryIO, stream).close()

    @contextmanager
    def _watched(self, seconds: float) -> Iterator[list[str]]:
        """Meanwhile another thread looks whether the job keeps within its limits; else the list tells why it ended."""
        why: list[str] = []
        is_done = threading.Event()
        threading.Thread(target=self._watch, args=(seconds, is_done, why), daemon=True).start()
        try:
            yield why
        finally:
            is_done.set()

    def _watch(self, seconds: float, is_done: threading.Event, why: list[str]) -> None:
        end = time.monotonic() + seconds
        while not is_done.wait(LOOK_SECONDS):
            if time.monotonic() > end:
                why.append("too_slow")
            elif self._memory() > MOST_BYTES:
                why.append("too_large")
            if why:
                self._process.kill()
                return

    def _memory(self) -> int:
        """In bytes; 0 for one that is just starting or gone, or cannot be looked at."""
        try:
            return int(psutil.Process(self._pid).memory_info().rss) if self._pid else 0
        except (psutil.Error, OSError):
            return 0


class Workers:
    """At most so many workers, started when they are needed. Who comes then waits for a turn."""

    def __init__(self, most: int, purpose: str) -> None:
        """`purpose` says what they get ready for: `pages`, `links` or `calendars`."""
        self._purpose = purpose
        self._turns = threading.Semaphore(most)
        self._lock = threading.Lock()
        self._resting: list[Worker] = []
        self._working: set[Worker] = set()
        self._is_closed = False

    def do(self, job: Mapping[str, Any], seconds: float) -> Any:
        """The reply to a job. Raises Stopped where it took more than these seconds, or too much memory."""
        with self._turns:
            worker = self._take()
            is_fine = False
            try:
                reply = worker.do(job, seconds)
                is_fine = True
            except Stopped as stopped:
                raise Stopped("closed" if self._is_closed else stopped.why) from stopped
            finally:
                self._give_back(worker, is_fine)
            return reply

    def warm(self) -> None:
        """Start a worker if there is none, so that the first job finds it ready. Does not wait for it."""
        threading.Thread(target=self._start_one, daemon=True).start()

    def close(self) -> None:
        """End all of them; jobs under way are Stopped, and no more are done."""
        with self._lock:
            self._is_closed = True
            resting, self._resting = self._resting, []
            for worker in resting:
                worker.end()
            for worker in self._working:
                worker.kill()

    def _start_one(self) -> None:
        with self._lock, suppress(Stopped):  # Who has a job for it will be told.
            self._drop_stale()
            if not (self._resting or self._working or self._is_closed):
                self._resting.append(Worker(self._purpose))

    def _drop_stale(self) -> None:
        stale = [worker for worker in self._resting if not worker.is_fresh()]
        for worker in stale:
            self._resting.remove(worker)
            worker.end()

    def _take(self) -> Worker:
        with self._lock:
            if self._is_closed:
                raise Stopped("closed")
            self._drop_stale()
            worker = self._resting.pop() if self._resting else Worker(self._purpose)
            self._working.add(worker)
            return worker

    def _give_back(self, worker: Worker, is_fine: bool) -> None:
        with self._lock:
            self._working.discard(worker)
            if is_fine and not self._is_closed and worker.is_fresh():
                self._resting.append(worker)
            else:
                worker.end()
