"""Content plans that were brought back and wait for a decision. They are kept in memory alone."""

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from companion.editorial.content_plan.sheets.incoming import Sheet
from companion.errors import Gone

MOST_READINGS = 3


@dataclass
class Reading:
    """What a file says.

    `settled` are the keys and fields of which the user decided that they stay as they are, `others` the sheets that
    hold no plan, `repeated` the columns of ours that stand twice.
    """

    name: str
    sheet: Sheet
    unknown: Sequence[str]
    others: Sequence[str] = ()
    repeated: Sequence[str] = ()
    settled: set[tuple[str, str]] = field(default_factory=set)


class PlanReadings:
    """The last few that were read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, Reading] = {}

    def keep(self, reading: Reading) -> str:
        """Keep it for now; the oldest makes room. Returns the id by which it is found."""
        reading_id = secrets.token_hex(8)
        with self._lock:
            self._kept[reading_id] = reading
            for oldest in list(self._kept)[:-MOST_READINGS]:
                del self._kept[oldest]
        return reading_id

    def find(self, reading_id: str) -> Reading:
        """The one of this id. Raises Gone."""
        with self._lock:
            reading = self._kept.get(reading_id)
        if reading is None:
            raise Gone("What was read from this file is not kept any more.")
        return reading
