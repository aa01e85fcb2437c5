"""What the plan said each time it went out as a sheet, so that it can be told who changed what since.

Kept are digests of the cells, no texts. A workbook tells which export it is; any other file may be each of them.
"""

from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any

import orjson

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.cells import EDITABLE, values_of
from companion.editorial.ports import Store
from companion.editorial.times import instant

# A marketer works on the plan of this month while that of the next goes out. A queue may hold 20,000 articles, so that
# the last export is always kept. A line takes 100 bytes.
MOST_EXPORTS, MOST_LINES = 10, 30_000
# Of the exports before those, and of what sheets brought into the plan, so many lines as they once were are kept, and
# of one line so many; the lines that did not change for the longest time make room. What is beyond these could be
# taken for an edit.
MOST_PAST, MOST_OF_LINE = 30_000, 20
# Two texts in 70 billion have the same digest of 36 bits; it fills six letters.
_DIGEST_BYTES, _LETTERS = 5, 6
# In place of the digest of a field of which nothing is known.
_UNTOLD = "." * _LETTERS
_PREFIX, _PAST = "exported_plan_", "exported_plans_past"
# The field that tells which article stood in the line.
ITEM = "item_id"
FIELDS = (*EDITABLE.values(), ITEM)
_PLACES = {name: place for place, name in enumerate(FIELDS)}

# By field the digests of what a line said.
Digests = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Past:
    """What a line said before, by field: `began` as the file had it when it went out, which is one thing where that is
    known for sure, and `ever` in any file."""

    began: Digests = field(default_factory=dict)
    ever: Digests = field(default_factory=dict)


def digest(value: Any) -> str:
    """A short name for what a cell says."""
    return b64encode(blake2b(orjson.dumps(value), digest_size=_DIGEST_BYTES).digest()).decode()[:_LETTERS]


def export_id(rows: Iterable[PlanRow]) -> str:
    """The name of the export that these lines are; the same lines have the same."""
    return _named(_lines(rows))


def note_export(store: Store, rows: Iterable[PlanRow], now: datetime) -> None:
    """Keep what these lines say, as they go out; the oldest exports make room.

    Raises StoreFull where the disk has no room for it.
    """
    lines = _lines(rows)
    kept = _kept(store)
    if len(lines) > MOST_LINES or (kept and kept[-1]["lines"] == lines):
        return
    number = kept[-1]["number"] + 1 if kept else 1
    place = f"{_PREFIX}{_named(lines)}"
    record = {"id": place, "number": number, "at": instant(now), "fields": [*FIELDS], "lines": lines}
    with store.transaction():
        store.singletons.put(record)
        dropped = list(_too_many([*(each for each in kept if each["id"] != place), record]))
        for old in dropped:
            store.singletons.discard(old["id"])
        _remember(store, "out", [(row_id, line) for old in dropped for row_id, line in old["lines"].items()])


def _lines(rows: Iterable[PlanRow]) -> dict[str, str]:
    return {row.id: "".join(digest(value) for value in (*values_of(row).values(), row.item_id)) for row in rows}


def _named(lines: Mapping[str, str]) -> str:
    return blake2b(orjson.dumps([FIELDS, lines], option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()


def _kept(store: Store) -> list[Mapping[str, Any]]:
    """The exports, the oldest first."""
    records = (record for record in store.singletons if record["id"].startswith(_PREFIX))
    return sorted((record for record in records if record["fields"] == [*FIELDS]), key=lambda record: record["number"])


def _too_many(records: Sequence[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """Those beyond what is kept; never the newest."""
    lines = 0
    for place, record in enumerate(reversed(records)):
        lines += len(record["lines"])
        if place >= MOST_EXPORTS or lines > MOST_LINES:
            yield record


def note_taken(store: Store, taken: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep what came into the plan from a sheet, by id and field.

    Who changes it back afterwards is asked when the sheet comes once more.
    """
    lines = [
        (row_id, "".join(digest(values[name]) if name in values else _UNTOLD for name in FIELDS))
        for row_id, values in taken.items()
        if row_id
    ]
    _remember(store, "taken", lines)


def _remember(store: Store, sort: str, lines: Sequence[tuple[str, str]]) -> None:
    """Keep lines as they once were, with those of their sort: that went `out`, or were `taken` over."""
    past = _past(store)
    kept: dict[str, list[str]] = {row_id: [*there] for row_id, there in past[sort].items()}
    for row_id, line in lines:
        there = kept.get(row_id, [])
        if line not in there:
            kept.pop(row_id, None)  # It goes to the end, as the one that changed last.
            kept[row_id] = [*there, line][-MOST_OF_LINE:]
    number = sum(map(len, kept.values()))
    while number > MOST_PAST:
        number -= len(kept.pop(next(iter(kept))))
    if kept != past[sort]:
        store.singletons.put({**past, sort: kept})


def _past(store: Store) -> Mapping[str, Any]:
    past = store.singletons.find(_PAST)
    is_readable = past is not None and past["fields"] == [*FIELDS]
    return past if past and is_readable else {"id": _PAST, "fields": [*FIELDS], "out": {}, "taken": {}}


def pasts(store: Store, row_ids: Iterable[str], export: str) -> dict[str, Past]:
    """By id what these lines said before, in a file that says it is this export, or does not say."""
    kept, past = _kept(store), _past(store)
    named = [record for record in kept if record["id"] == f"{_PREFIX}{export}"]
    found = {}
    for row_id in row_ids:
        out = [record["lines"][row_id] for record in kept if row_id in record["lines"]] + past["out"].get(row_id, [])
        began = [record["lines"][row_id] for record in named if row_id in record["lines"]] if export else out
        found[row_id] = Past(_Parted(began), _Parted([*out, *past["taken"].get(row_id, [])]))
    return found


class _Parted(Mapping[str, set[str]]):
    """By field what these lines said; most of 20,000 are never asked."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def __getitem__(self, name: str) -> set[str]:
        place = _PLACES[name] * _LETTERS
        return {line[place : place + _LETTERS] for line in self._lines}

    def __iter__(self) -> Iterator[str]:
        return iter(FIELDS)

    def __len__(self) -> int:
        return len(FIELDS)
