"""Blocks and quarters that have begun: they stay in the calendar as it was told of them.

The plan gives out time from now on, so that an hour under way would move on before whoever writes in it, and be gone
when it is over.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from companion.editorial.busy import OWN_UIDS
from companion.editorial.content_plan.events import PREPARATION, QUARTER, PlanEvent, is_post
from companion.editorial.content_plan.ledger import Ledger
from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.times import moment

Days = tuple[date, date]


def with_begun(
    events: Sequence[PlanEvent], ledger: Ledger, rows: Iterable[PlanRow], days: Days, now: datetime, zone: ZoneInfo
) -> list[PlanEvent]:
    """The events, with those that had begun by `now` as the ledger tells of them, as far as they belong to these days.

    One moves all the same where the user put it ahead, or moved its post. One whose post is gone keeps its time,
    without a name.
    """
    planned = {event.uid: event for event in events}
    posts = {row.id: row for row in rows if row.day and is_post(row)}
    begun = {
        uid: _as_told(uid, entry, posts, zone)
        for uid, entry in ledger.items()
        if _has_begun(entry, days, now) and _stays(planned.get(uid), entry, now)
    }
    return [*(begun.pop(event.uid, event) for event in events), *begun.values()]


def _has_begun(entry: Mapping[str, Any], days: Days, now: datetime) -> bool:
    if not entry.get("belongs_to") or moment(entry["starts"]) > now:
        return False
    return days[0] <= datetime.fromisoformat(entry["belongs_to"]).date() <= days[1]


def _stays(planned: PlanEvent | None, entry: Mapping[str, Any], now: datetime) -> bool:
    if planned is None:
        return True
    is_put_ahead = planned.starts > now and not planned.is_found
    return planned.belongs_to == entry["belongs_to"] and not is_put_ahead


def _as_told(uid: str, entry: Mapping[str, Any], posts: Mapping[str, PlanRow], zone: ZoneInfo) -> PlanEvent:
    starts, ends = (moment(entry[edge]).astimezone(zone) for edge in ("starts", "ends"))
    belongs_to = entry["belongs_to"]
    if uid.startswith(QUARTER):
        return PlanEvent(uid, "quarter", starts, ends, None, belongs_to)
    post = posts.get(uid.removeprefix(PREPARATION).removesuffix(OWN_UIDS))
    return PlanEvent(uid, "preparation", starts, ends, post, belongs_to)
