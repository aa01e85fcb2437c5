"""A planned line of the content plan, as the tests of the formats need it."""

from datetime import date, time

from companion.editorial.content_plan.rows import PlanRow

TUESDAY = date(2026, 11, 24)
PLANNED = {
    "status": "planned",
    "clock": time(8, 40),
    "zone": "Europe/Amsterdam",
    "channel": "LinkedIn",
    "kind": "commentary",
    "title": "Rechter wijst vordering af",
}


def planned(row_id="s1", day=TUESDAY, **changes):
    """A post on LinkedIn with its slot, and with these fields otherwise."""
    return PlanRow(id=row_id, day=day, **(PLANNED | changes))
