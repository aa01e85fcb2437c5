"""The weekly pattern, and the slots that it yields."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from companion.editorial.agreement import posting_hours
from companion.editorial.agreement.working_days import require_hours
from companion.editorial.ports import Store
from companion.editorial.times import at, instant, monday
from companion.errors import Invalid
from companion.records import Cadence, CadenceEntry, Slot

# Two short commentaries a week, and room for something topical every other week: a pace that holds beside full work.
DEFAULT: Cadence = {
    "entries": [
        {
            "id": "tue",
            "weekday": 2,
            "time": "08:40",
            "kind": "commentary",
            "channel": "LinkedIn",
            "every_weeks": 1,
        },
        {
            "id": "thu",
            "weekday": 4,
            "time": "08:40",
            "kind": "commentary",
            "channel": "LinkedIn",
            "every_weeks": 1,
        },
        {
            "id": "fri",
            "weekday": 5,
            "time": "12:10",
            "kind": "ad_hoc",
            "channel": "LinkedIn",
            "every_weeks": 2,
        },
    ]
}
# A Monday from which weeks are counted, so that "every second week" means the same weeks whenever one looks.
EPOCH = date(2024, 1, 1)


def get_cadence(store: Store) -> Cadence:
    """The user's cadence, or the default."""
    kept = store.singletons.find("cadence")
    return cast(Cadence, {"entries": kept["entries"]}) if kept else DEFAULT


def set_cadence(store: Store, cadence: Cadence) -> Cadence:
    """Keep a new cadence. What was placed, moved, skipped or added before stays as it is."""
    seen: set[str] = set()
    for number, entry in enumerate(cadence["entries"]):
        if entry["id"] in seen:
            raise Invalid.field(f"entries[{number}].id", "stands here twice")
        require_hours(f"entries[{number}].time", posting_hours(store), entry["weekday"], entry["time"])
        seen.add(entry["id"])
    store.singletons.put({"id": "cadence", "entries": cadence["entries"]})
    return cadence


def cadence_slots(cadence: Cadence, zone: ZoneInfo, first: date, last: date) -> Iterator[Slot]:
    """The slots that the cadence yields from `first` up to and including `last`, in no particular order."""
    for week in range((monday(first) - EPOCH).days // 7, (last - EPOCH).days // 7 + 1):
        for entry in cadence["entries"]:
            day = EPOCH + timedelta(weeks=week, days=entry["weekday"] - 1)
            if week % entry["every_weeks"] == 0 and first <= day <= last:
                yield _slot(entry, day, zone)


def _slot(entry: CadenceEntry, day: date, zone: ZoneInfo) -> Slot:
    return {
        "id": f"{day.isoformat()}-{entry['id']}",
        "starts_at": instant(at(day, entry["time"], zone)),
        "zone": zone.key,
        "date": day.isoformat(),
        "time": entry["time"],
        "kind": entry["kind"],
        "channel": entry["channel"],
        "topic": "",
        "status": "open",
        "item_id": None,
        "origin": "cadence",
        "edited": False,
    }
