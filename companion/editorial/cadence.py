"""The weekly pattern, and the slots that it yields."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast
from zoneinfo import ZoneInfo

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
# Posts belong inside the working day: none in the evening, at night or in the weekend.
DAY_STARTS, DAY_ENDS = "07:00", "18:59"


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
        require_working_time(f"entries[{number}].time", entry["weekday"], entry["time"])
        seen.add(entry["id"])
    store.singletons.put({"id": "cadence", "entries": cadence["entries"]})
    return cadence


def require_working_time(path: str, weekday: int, clock: str) -> None:
    """Raise Invalid for a time in the evening, at night or in the weekend. Monday is 1, Sunday is 7."""
    if weekday > 5 or not DAY_STARTS <= clock <= DAY_ENDS:
        raise Invalid.field(path, f"lies outside the working day: Monday to Friday, {DAY_STARTS} to {DAY_ENDS}")


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


def entry_slot(cadence: Cadence, zone: ZoneInfo, slot_id: str) -> Slot | None:
    """The slot of this id, if the cadence yields it."""
    try:
        day = date.fromisoformat(slot_id[:10])
    except ValueError:
        return None
    return next((slot for slot in cadence_slots(cadence, zone, day, day) if slot["id"] == slot_id), None)
