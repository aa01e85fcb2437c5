"""By which keys records are found: the secondary indexes of the tables.

Keys are taken from any record, also from one that a program of the user's wrote wrongly, which must not keep the store
from opening.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from companion.store.fields import Record, number_of, texts_of
from companion.store.journal.indexes import KeyIndex, SortedIndex
from companion.store.journal.storage import Indexes

# The key under which the index of statuses has every item.
ANY_STATUS = ""
# The key under which the index of filed items has those that the user put under a topic.
FILED = ""


def record_indexes() -> Indexes:
    """The indexes of each table that has any, empty."""
    return {
        "items": {
            "identity": KeyIndex(lambda item: [*texts_of(item, "identity_url"), *texts_of(item, "aliases")]),
            "capture": KeyIndex(lambda item: texts_of(item, "capture_ids")),
            "fetch": KeyIndex(lambda item: texts_of(item, "fetch")),
            "filed": SortedIndex(lambda item: [FILED] if any(texts_of(item, "topic")) else [], number_of),
            "status": SortedIndex(lambda item: [*texts_of(item, "status"), ANY_STATUS], number_of),
        },
        "slots": {"week": KeyIndex(_weeks)},
        "segments": {"day": KeyIndex(_days)},
    }


def _weeks(slot: Record) -> Iterator[str]:
    for text in texts_of(slot, "date"):
        with suppress(ValueError):
            day = date.fromisoformat(text)
            yield (day - timedelta(days=day.weekday())).isoformat()


def _days(segment: Record) -> set[str]:
    """A segment is shorter than a day, so it touches the days it begins and ends on."""
    return {text[:10] for edge in ("start", "end") for text in texts_of(segment, edge)}
