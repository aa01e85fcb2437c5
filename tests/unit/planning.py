"""What the tests of the calendar, placement and suggestions share: one Sunday, and ways to fill a queue."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from companion.editorial import extraction
from companion.editorial.captures import take_capture
from companion.editorial.planning.calendar import calendar

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A Sunday; the week of 23 November has no ad hoc slot, the one after it has.
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


def queue(store, number=1, site="a.example", **more):
    capture = {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "url": f"https://{site}/{number}",
        "title": f"Article {number}",
        "captured_at": "2026-11-21T10:00:00Z",
        "client": {"name": "test", "version": "1"},
        **more,
    }
    return take_capture(store, extraction, capture, AMSTERDAM, NOW).item["id"]


def ids(slots):
    return [slot["id"] for slot in slots]


def week(store):
    return calendar(store, AMSTERDAM, MONDAY, SUNDAY)
