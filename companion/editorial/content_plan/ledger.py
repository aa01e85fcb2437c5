"""What calendars were told of each event of the plan, so that one that has it already knows the newer one.

Slots count no changes, and blocks are found anew each time; so the facts of each event are remembered as a digest, and
of a block or quarter when it was to be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson

from companion.editorial.content_plan.events import PlanEvent
from companion.editorial.ports import Store
from companion.editorial.times import instant, moment

# Longer than a subscribed calendar reaches back; whoever asks for older days gets events that change no more.
REMEMBERED = timedelta(weeks=26)
# No change counts for less than the minutes since then, so that what was forgotten is not told with a lower number.
_COUNTED_FROM = datetime(2026, 1, 1, tzinfo=UTC)
_RECORD = "calendar_ledger"
# What an event tells of its line; of the rest a calendar need not hear.
_SHOWN = ("status", "channel", "kind", "topic", "title", "link", "commentary", "people", "hashtags")

# By the event's id what was told of it last: `digest`, `sequence`, `changed_at` and `ends`; of a block or a quarter
# also `starts`, and what it `belongs_to`.
Ledger = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Revision:
    """`sequence` rises with each change of an event, the last one at `changed_at`."""

    sequence: int
    changed_at: datetime


def kept(store: Store) -> Ledger:
    """What calendars were told so far."""
    record = store.singletons.find(_RECORD)
    return record["events"] if record else {}


def keep(store: Store, ledger: Ledger) -> None:
    """Remember it for the next time; nothing is written where nothing changed."""
    if ledger != kept(store):
        store.singletons.put({"id": _RECORD, "events": ledger})


def number(ledger: Ledger, events: Iterable[PlanEvent], now: datetime) -> tuple[Ledger, dict[str, Revision]]:
    """The ledger with these events in it, and their revisions.

    An event that is not among them stays remembered until it is long past, since it may come back, and its sequence is
    never to fall.
    """
    oldest = now - REMEMBERED
    after = {uid: entry for uid, entry in ledger.items() if moment(entry["ends"]) > oldest}
    found: dict[str, Revision] = {}
    for event in events:
        if event.ends <= oldest:
            # No lower than it was told while it was remembered.
            found[event.uid] = Revision(_least(event.ends + REMEMBERED), event.starts)
            continue
        entry = after[event.uid] = _entry(after.get(event.uid), event, now)
        found[event.uid] = Revision(entry["sequence"], moment(entry["changed_at"]))
    return after, found


def _entry(before: Mapping[str, Any] | None, event: PlanEvent, now: datetime) -> Mapping[str, Any]:
    digest = _digest(event)
    if before and before["digest"] == digest:
        counted = {name: before[name] for name in ("sequence", "changed_at")}
    else:
        sequence = max(before["sequence"] + 1 if before else 0, _least(now))
        counted = {"sequence": sequence, "changed_at": instant(now.replace(microsecond=0))}
    begins = {"starts": instant(event.starts), "belongs_to": event.belongs_to} if event.belongs_to else {}
    return {"digest": digest, **counted, "ends": instant(event.ends), **begins}


def _least(now: datetime) -> int:
    """What a change of now counts for at least."""
    return max((now - _COUNTED_FROM) // timedelta(minutes=1), 0)


def _digest(event: PlanEvent) -> str:
    """Of the facts, not of their words: in another language it is the same event."""
    shown = [getattr(event.row, name) for name in _SHOWN] if event.row else []
    return sha256(orjson.dumps([str(event.starts.tzinfo), event.starts, event.ends, shown])).hexdigest()[:32]
