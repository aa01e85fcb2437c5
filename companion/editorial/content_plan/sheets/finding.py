"""Which line of the plan a line of a sheet is."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import cast
from zoneinfo import ZoneInfo

from companion.editorial.agreement import get_agreement
from companion.editorial.content_plan.rows import PlanRow, row_of
from companion.editorial.content_plan.sheets.cells import values_of
from companion.editorial.content_plan.sheets.exported import ITEM, Past, digest
from companion.editorial.content_plan.sheets.sheet import SheetLine
from companion.editorial.planning import calendar
from companion.editorial.ports import Store
from companion.records import Item

_AHEAD = ("open", "planned", "queued")


def find_rows(store: Store, ids: Iterable[str], zone: ZoneInfo) -> dict[str, PlanRow]:
    """By id the lines there are. That of an article which has its slot since is the slot's."""
    found = ((row_id, _find_row(store, row_id, zone)) for row_id in ids)
    return {row_id: row for row_id, row in found if row}


def _find_row(store: Store, row_id: str, zone: ZoneInfo) -> PlanRow | None:
    item = store.items.find(row_id)
    slot = calendar.find_slot(store, item["slot_id"] if item else row_id, zone)
    if slot and slot["item_id"]:
        item = store.items.find(slot["item_id"])
    return row_of(slot, cast(Item | None, item)) if slot or item else None


class Articles:
    """Finds an article by the digest that is kept of its id."""

    def __init__(self, store: Store, zone: ZoneInfo) -> None:
        self._store, self._zone = store, zone

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {digest(item["id"]): item["id"] for item in self._store.items}

    def find(self, past: Past, row: PlanRow) -> PlanRow | None:
        """The line of the article that this one was about, where that is known and another stands there now."""
        began = past.began.get(ITEM, ())
        if len(began) != 1 or began == {digest(row.item_id)}:
            return None
        item_id = self._ids.get(next(iter(began)))
        return _find_row(self._store, item_id, self._zone) if item_id else None


def standing(store: Store, line: SheetLine, zone: ZoneInfo) -> tuple[PlanRow | None, SheetLine]:
    """The line of the plan that a line without an Id is, if any: one of its moment, channel and topic, as the same file
    may be read twice. Whoever copies a line says of the new one too that it is planned, so that is not taken from it.
    """
    is_told = line.values.get("status") not in _AHEAD
    values = {name: value for name, value in line.values.items() if name != "status" or is_told}
    line = replace(line, values=values)
    if not {"date", "time"} <= values.keys():
        return None, line
    day = date.fromisoformat(values["date"])
    channel = values.get("channel") or next(iter(get_agreement(store)["channels"]), "")
    wanted = (values["time"], channel, values.get("topic", ""))
    rows = (_find_row(store, slot["id"], zone) for slot in calendar.calendar(store, zone, day, day))
    return next((row for row in rows if row and row.status != "skipped" and _is_it(row, wanted)), None), line


def _is_it(row: PlanRow, wanted: tuple[str, str, str]) -> bool:
    """A line without a topic may be any article's at that moment, which tells nothing."""
    now = values_of(row)
    return (now["time"], now["channel"], now["topic"]) == wanted and bool(row.topic or not row.item_id)
