"""Making the agreement and what follows from it: the weekly pattern that fits it, and the topics of what waits."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from companion.editorial.agreement import get_agreement, is_made, set_agreement
from companion.editorial.curation import ANY_STATUS
from companion.editorial.planning import cadence
from companion.editorial.planning.fitting import fitted
from companion.editorial.ports import Store
from companion.editorial.times import local_day, moment
from companion.editorial.topics import renew_topics
from companion.errors import Conflict
from companion.records import Agreement

# What an act on the agreement may change.
TOUCHED = ("agreement", "cadence", "pace")


def make_agreement(store: Store, agreement: Agreement, today: date) -> bool:
    """Keep the agreement as of today. Raises Invalid naming the field.

    A weekly pattern that is not the user's own is fitted to it; whether that made it another one is returned. What was
    accepted before keeps its slot.
    """
    topics, pattern = get_agreement(store)["topics"], cadence.get_cadence(store)
    with _recorded(store):
        _agree(store, agreement, today)
    if agreement["topics"] != topics:
        renew_topics(store, agreement["topics"])
    return cadence.get_cadence(store) != pattern


def _agree(store: Store, agreement: Agreement, today: date) -> bool:
    """Whether the weekly pattern follows; one that the user made stays as it is."""
    before = get_agreement(store)
    is_ours = cadence.get_cadence(store) in (cadence.DEFAULT, fitted(before))
    # A pace is judged by the weeks since it was agreed.
    if agreement["posts_a_week"] != before["posts_a_week"]:
        store.singletons.put({"id": "pace", "since": today.isoformat()})
    set_agreement(store, agreement)
    if is_ours:
        cadence.set_cadence(store, fitted(agreement))
    return is_ours


def pace_since(store: Store) -> date | None:
    """Since when the agreed pace is what it is; None where it never changed."""
    kept = store.singletons.find("pace")
    return date.fromisoformat(kept["since"]) if kept else None


def fit_pattern(store: Store) -> None:
    """Let the weekly pattern be the one that fits the agreement."""
    with _recorded(store):
        cadence.set_cadence(store, fitted(get_agreement(store)))


def first_day(store: Store, zone: ZoneInfo, today: date) -> date:
    """The day from which a slot without a post is a missed one: that of the first article, or the agreed start.

    Whichever is later; today where nothing was kept yet.
    """
    first = store.items.oldest("status", ANY_STATUS)
    # One that a damaged file left has not all of its fields.
    kept = local_day(moment(first["captured_at"]), zone) if first and "captured_at" in first else today
    starts_on = get_agreement(store)["starts_on"]
    return max(kept, date.fromisoformat(starts_on)) if starts_on else kept


def slow_down(store: Store, posts_a_week: float, today: date) -> bool:
    """From today on agree on fewer posts a week. Raises Conflict unless they are fewer.

    Whether the weekly pattern follows is returned: one that the user made stays as it is.
    """
    with _recorded(store):
        slower: Agreement = {**get_agreement(store), "posts_a_week": posts_a_week}
        if not is_made(store) or posts_a_week >= get_agreement(store)["posts_a_week"]:
            raise Conflict("The agreement was changed meanwhile.")
        return _agree(store, slower, today)


@contextmanager
def _recorded(store: Store) -> Iterator[None]:
    """Keeps beside what is done how things were, so that it can be taken back."""
    with store.transaction():
        before = _now(store)
        yield
        store.singletons.put({"id": "agreement_change", "before": before, "after": _now(store)})


def _now(store: Store) -> dict[str, Mapping[str, Any] | None]:
    return {name: store.singletons.find(name) for name in TOUCHED}


def take_back(store: Store) -> None:
    """Undo the last act on the agreement. Raises Conflict where something was changed since."""
    topics = get_agreement(store)["topics"]
    with store.transaction():
        change = store.singletons.find("agreement_change")
        if change is None or change["after"] != _now(store):
            raise Conflict("Things changed meanwhile, so nothing was done.")
        for name, record in change["before"].items():
            if record is None:
                store.singletons.discard(name)
            else:
                store.singletons.put(record)
        store.singletons.discard("agreement_change")
    if get_agreement(store)["topics"] != topics:
        renew_topics(store, get_agreement(store)["topics"])
