"""What planning stands on: the slots of a range of days with their preparation, and when the user is busy or free."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from companion.editorial.agreement import get_agreement
from companion.editorial.agreement.working_days import WorkingDays, working_days
from companion.editorial.busy import Busy, FreeTime, Stretch, busy_times, minute_of
from companion.editorial.planning.calendar import MAX_DAYS, calendar, posting_days
from companion.editorial.planning.preparation import MOST_DAYS_BACK, Preparation, find_preparations, take_accepted
from companion.editorial.planning.quarter import quarter_of
from companion.editorial.planning.slots import has_passed
from companion.editorial.ports import Store
from companion.editorial.times import local_day, moment
from companion.records import Slot

# Putting a post out and seeing to the first answers.
POST_MINUTES = 15


@dataclass(frozen=True)
class Schedule:
    """The days from `first` up to and including `last`.

    `starts_on` is the day on which the user agreed to start. `posting` tells when a post may go out, `working` when the
    user works. `quarters` has each working day ahead, with its daily quarter or None where it has no room;
    `preparations` are by the slot's id, for slots up to two weeks after `last` too, as their blocks may lie before it.
    """

    zone: ZoneInfo
    first: date
    last: date
    starts_on: str | None
    slots: list[Slot]
    posting: WorkingDays
    working: WorkingDays
    busy: Busy
    quarters: dict[date, Stretch | None]
    preparations: dict[str, Preparation]

    def is_in_meeting(self, slot: Slot) -> bool:
        """Whether the user is busy when its post is to go out."""
        starts = minute_of(moment(slot["starts_at"]))
        return self.busy.overlaps(starts, starts + POST_MINUTES)


def get_schedule(store: Store, zone: ZoneInfo, first: date, last: date, now: datetime) -> Schedule:
    """The schedule of these days, the same whichever days are asked for: blocks are given out from today on.

    What was accepted goes first, then the daily quarter, which finds its place around it, then all other preparation.
    """
    today, agreement = local_day(now, zone), get_agreement(store)
    busy, working = busy_times(store, zone), working_days(store)
    until = min(last + timedelta(days=MOST_DAYS_BACK), today + timedelta(days=MAX_DAYS - 1))
    free = FreeTime(working, busy, zone)
    ahead = [slot for slot in _ahead(store, zone, today, until) if not has_passed(slot, now)]
    accepted = take_accepted(ahead, free, now)
    quarters = _quarters(today, until, agreement["quarter_at"], free)
    return Schedule(
        zone=zone,
        first=first,
        last=last,
        starts_on=agreement["starts_on"],
        slots=calendar(store, zone, first, last),
        posting=posting_days(store),
        working=working,
        busy=busy,
        quarters={day: block for day, block in quarters.items() if first <= day <= last},
        preparations=find_preparations(ahead, accepted, free, now),
    )


def _ahead(store: Store, zone: ZoneInfo, today: date, until: date) -> list[Slot]:
    slots = calendar(store, zone, today, until) if until >= today else []
    return [slot for slot in slots if slot["status"] in ("open", "planned")]


def _quarters(today: date, last: date, hour: str | None, free: FreeTime) -> dict[date, Stretch | None]:
    if hour is None:
        return {}
    quarters: dict[date, Stretch | None] = {}
    for number in range((last - today).days + 1):
        day = today + timedelta(days=number)
        if free.working.stretches(day):
            quarters[day] = block = quarter_of(day, hour, free, free.zone)
            if block:
                free.take(*block)
    return quarters
