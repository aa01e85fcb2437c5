"""For each open slot the queued article that suits it best."""

from collections.abc import Sequence

from companion.editorial import calendar, curation, suggestions
from companion.editorial.times import monday
from companion.records import Item, Slot
from companion.web.context import now, store, zone
from companion.web.formats import as_date
from companion.web.pages import spans

Match = tuple[Item, list[suggestions.Reason]]


def best_items(slots: Sequence[Slot], queued: Sequence[Item]) -> dict[str, Match]:
    """By slot id the best article with its reasons; no article is suggested twice, and no bare link before one."""
    wanted = {slot["id"] for slot in slots}
    offers = [
        (suggested.score, suggested.slot["id"], item, suggested.reasons)
        for item, ranked in _ranked(slots, queued)
        for suggested in ranked
        if suggested.slot["id"] in wanted
    ]
    matches: dict[str, Match] = {}
    used: set[str] = set()
    for _, slot_id, item, reasons in sorted(offers, key=lambda offer: (suggestions.is_bare(offer[2]), -offer[0])):
        if slot_id not in matches and item["id"] not in used:
            matches[slot_id] = (item, reasons)
            used.add(item["id"])
    return matches


def _ranked(slots: Sequence[Slot], queued: Sequence[Item]) -> list[tuple[Item, list[suggestions.Suggested]]]:
    week = monday(as_date(slots[0]["date"]))
    around = calendar.calendar(store(), zone(), week, spans.end_of_week(week))
    neighbours = curation.items_of(store(), around)
    return [(item, suggestions.rank(item, around, neighbours, now())) for item in queued]
