"""A user's working life, as the calendar finds it in the store: when they are busy, and what they agreed."""

from datetime import date
from zoneinfo import ZoneInfo

from companion.editorial.agreement import DEFAULT, set_agreement
from companion.editorial.busy import minute_of
from companion.editorial.times import at

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def keep_busy(running, *stretches, days=()):
    """The user is busy from one time on the wall to another, as in `2026-11-24 09:00-10:30`, and all of these days."""
    edges = sorted(minute_of(moment) for stretch in stretches for moment in _edges(stretch))
    running.store.busy_calendars.put(
        {
            "id": "work", "name": "Work", "kind": "file", "url": None, "added_at": "2026-11-20T10:00:00Z",
            "checked_at": None, "read_at": "2026-11-20T10:00:00Z", "problem": None, "etag": None,
            "last_modified": None, "zone": "Europe/Amsterdam", "until": "2027-12-01", "events": len(stretches),
            "unread": 0, "busy": edges, "days": list(days),
        }
    )  # fmt: skip


def _edges(stretch):
    day, _, times = stretch.partition(" ")
    return [at(date.fromisoformat(day), time, AMSTERDAM) for time in times.split("-")]


def agree(running, **changes):
    """The user has made an agreement: office hours from 09:00 to 17:00 and Dutch holidays, unless told otherwise."""
    set_agreement(running.store, {**DEFAULT, "country": "NL", **changes})
