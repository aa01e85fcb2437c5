"""The slots that suit one item."""

from datetime import datetime
from zoneinfo import ZoneInfo

from companion.editorial.planning.suggestions.desk import lay_out
from companion.editorial.planning.suggestions.reasons import Suggested, suggested
from companion.editorial.planning.suggestions.rules import is_bare
from companion.editorial.planning.suggestions.value import IMPOSSIBLE, Around, Standing
from companion.editorial.ports import Store
from companion.records import Item

WEEKS = 7


def suggest_slots(store: Store, item: Item, zone: ZoneInfo, now: datetime, most: int = 3) -> list[Suggested]:
    """The slots that suit the item best beside what is planned, best first.

    None for one that is out or set aside, nor for a link without an article on which there is no view yet.
    """
    if item["status"] in ("published", "dropped") or is_bare(item):
        return []
    desk = lay_out(store, [item], zone, now, WEEKS, {})
    standing = Standing(desk.board)
    number = desk.item_numbers[item["id"]]
    if (own := desk.slot_numbers.get(item["slot_id"] or "")) is not None and own in desk.board.fixed:
        standing.take(own)
    possible = [place for place in desk.board.open_places if standing.gain(number, place) != IMPOSSIBLE]
    ranked = [suggested(desk, number, place, Around(standing, place)) for place in possible]
    return sorted(ranked, key=lambda one: (-one.score, one.slot["starts_at"]))[:most]
