"""What of the content plan stands in a calendar: posts, the blocks to write them in, and the daily quarters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from companion.editorial.busy import OWN_UIDS, Stretch, minute_of, moment_of
from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.planning.preparation import Preparation, minutes_of
from companion.editorial.planning.schedule import POST_MINUTES, Schedule
from companion.editorial.times import moment
from companion.records import Slot

PREPARATION, QUARTER = "prep-", "quarter-"


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """One event, from `starts` to `ends` on the clock of their zone.

    `uid` stays the same however often the event moves. `row` is the post that goes out, or that is written; a quarter
    has none. A quarter `belongs_to` its day, a block to the wall time at which its post goes out. `is_found` says that
    nobody chose its time: it is looked for anew each time, from then on.
    """

    uid: str
    kind: Literal["post", "preparation", "quarter"]
    starts: datetime
    ends: datetime
    row: PlanRow | None = None
    belongs_to: str = ""
    is_found: bool = False


def plan_events(rows: Iterable[PlanRow], schedule: Schedule, now: datetime) -> list[PlanEvent]:
    """The events of these lines and of the schedule that they come from: posts, then preparation, then quarters."""
    posts = [row for row in rows if row.day and is_post(row)]
    return [*map(post_event, posts), *_preparations(posts, schedule, now), *_quarters(schedule)]


def is_post(row: PlanRow) -> bool:
    """Whether there is something to post: an article, or an own post that has its topic or its words."""
    return bool(row.link or (row.kind == "own" and (row.topic or row.commentary.strip())))


def post_event(row: PlanRow) -> PlanEvent:
    """The event of a line that has its date."""
    assert row.day and row.clock
    zone = ZoneInfo(row.zone)
    starts = datetime.combine(row.day, row.clock, zone)
    # By UTC, since the clock may be set back in between.
    ends = (starts.astimezone(UTC) + timedelta(minutes=POST_MINUTES)).astimezone(zone)
    return PlanEvent(f"{row.id}{OWN_UIDS}", "post", starts, ends, row)


def _preparations(posts: Sequence[PlanRow], schedule: Schedule, now: datetime) -> Iterator[PlanEvent]:
    slots = {slot["id"]: slot for slot in schedule.slots}
    for row in posts:
        slot = slots[row.id]
        if block := _block(slot, schedule.preparations.get(row.id), now):
            starts, ends = _on_the_clock(block, schedule.zone)
            accepted, post = slot.get("prepare_at"), f"{slot['date']}T{slot['time']}"
            is_found = accepted is None or moment(accepted) != starts
            yield PlanEvent(f"{PREPARATION}{row.id}{OWN_UIDS}", "preparation", starts, ends, row, post, is_found)


def _block(slot: Slot, found: Preparation | None, now: datetime) -> Stretch | None:
    """The block ahead where it lies where it belongs; of a post that is out, the one that was accepted and is over."""
    if found:
        return found.block if found.fits else None
    if not (accepted := slot.get("prepare_at")) or moment(accepted) > now:
        return None
    starts = minute_of(moment(accepted))
    return starts, starts + minutes_of(slot)


def _quarters(schedule: Schedule) -> Iterator[PlanEvent]:
    """A day has one, so that it keeps its id when a meeting moves it."""
    for day, block in schedule.quarters.items():
        if block:
            starts, ends = _on_the_clock(block, schedule.zone)
            name = day.isoformat()
            yield PlanEvent(f"{QUARTER}{name}{OWN_UIDS}", "quarter", starts, ends, belongs_to=name, is_found=True)


def _on_the_clock(block: Stretch, zone: ZoneInfo) -> tuple[datetime, datetime]:
    starts, ends = (moment_of(edge).astimezone(zone) for edge in block)
    return starts, ends
