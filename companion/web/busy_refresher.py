"""Reading the user's calendars: files as they are handed in, addresses in the background."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from companion.editorial.busy.calendars import days_to_read, due, note_reading, tags_of
from companion.errors import StoreError
from companion.reading.workers import Stopped, Workers
from companion.store import Store
from companion.web.background import Background

# A calendar of ten thousand events takes about one; so does one of three hundred series that go on and on.
FILE_SECONDS = 10.0
# The asking itself gives up at 20.
ADDRESS_SECONDS = 20.0 + FILE_SECONDS
# Nor does a slow site hold up the calendar behind it, nor both of them somebody with a file.
MOST_AT_ONCE, MOST_WORKERS = 2, 3


class BusyRefresher:
    """Keeps the busy times of the calendars current."""

    def __init__(
        self, store: Store, zone: ZoneInfo, clock: Callable[[], datetime], workers: Workers | None = None
    ) -> None:
        self._store, self._zone, self._clock = store, zone, clock
        self._workers = workers or Workers(MOST_WORKERS, "calendars")
        self._background = Background(self._refresh, MOST_AT_ONCE, "a calendar's busy times")

    def ask(self, calendar_id: str) -> None:
        """Read this calendar soon, by its address."""
        self._background.ask(calendar_id)

    def wait(self, calendar_id: str, seconds: float) -> bool:
        """Wait at most so long for a calendar that is being read; whether it no longer is."""
        return self._background.wait(calendar_id, seconds)

    def resume(self) -> None:
        """Read those again whose time has come."""
        for calendar_id in due(self._store, self._zone, self._clock()):
            self.ask(calendar_id)

    def read_file(self, content: bytes) -> Mapping[str, Any]:
        """The busy times in a calendar file, or the `problem` that keeps them from being read.

        Raises StoreError where Kwartier stops meanwhile.
        """
        reading = self._do({"kind": "calendar", "ics": b64encode(content).decode()}, FILE_SECONDS)
        if reading is None:
            raise StoreError("Kwartier is stopping. Try again when it runs.")
        return reading

    def stop(self) -> None:
        """Read no more."""
        self._background.stop(self._workers.close)

    def _refresh(self, calendar_id: str) -> None:
        calendar = self._store.busy_calendars.find(calendar_id)
        if calendar is None or not calendar["url"]:
            return
        tags = tags_of(calendar, self._zone, self._clock())  # type: ignore[arg-type]  # TinyDB's document
        reading = self._do({"kind": "calendar_url", "url": calendar["url"], "tags": tags}, ADDRESS_SECONDS)
        if reading is not None:
            note_reading(self._store, calendar_id, reading, self._zone, self._clock())

    def _do(self, job: Mapping[str, Any], seconds: float) -> Mapping[str, Any] | None:
        """What a worker makes of it; None where Kwartier is stopping."""
        days = [self._zone.key, *(day.isoformat() for day in days_to_read(self._zone, self._clock()))]
        try:
            reading: Mapping[str, Any] = self._workers.do({**job, "days": days}, seconds)
        except Stopped as stopped:
            if stopped.why == "closed":
                return None
            return {"problem": "unreadable" if stopped.why == "crashed" else stopped.why}
        return reading
