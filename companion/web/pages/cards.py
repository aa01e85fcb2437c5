"""A slot as a page shows it: its state, the article in it or suggested for it."""

from dataclasses import dataclass, field
from typing import Any

from companion.editorial import curation
from companion.editorial.content_plan.brief import brief_of
from companion.editorial.planning import suggestions
from companion.editorial.planning.agree import first_day
from companion.editorial.planning.preparation import Preparation
from companion.editorial.planning.schedule import Schedule
from companion.editorial.planning.slots import has_passed, has_post
from companion.records import Item, Slot
from companion.web.context import now, store, zone
from companion.web.pages import spans
from companion.web.pages.blocks import Block, block_of
from companion.web.pages.matching import best_items

_MOST_OFFERED = 50


@dataclass
class Card:
    """One slot; `state` is open, suggested, kept, planned, unposted, published, skipped or missed.

    Of an own post without an article it is own, own_unposted or published. `opens` is when a slot that is kept free
    comes free for the queue.
    """

    slot: Slot
    state: str
    item: Item | None = None
    reasons: list[Any] = field(default_factory=list)
    opens: dict[str, str] | None = None
    today: bool = False
    block: Block | None = None

    @property
    def brief(self) -> dict[str, Any]:
        """What its post says and needs, as far as the slot asks for it too."""
        return brief_of(self.slot, self.item)


def card_of(slot: Slot, preparation: Preparation | None = None) -> Card:
    """The card of a slot, without what the queue has for it."""
    item, is_today = spans.item_of(slot), slot["date"] == spans.today().isoformat()
    card = Card(slot, _state(slot, item), item, today=is_today, block=block_of(preparation))
    if slot["kind"] == "ad_hoc" and card.state == "open" and suggestions.opens_at(slot) > now():
        local = suggestions.opens_at(slot).astimezone(zone())
        card.state = "kept"
        card.opens = {"date": local.date().isoformat(), "time": local.strftime("%H:%M")}
    return card


def _state(slot: Slot, item: Item | None) -> str:
    passed = has_passed(slot, now())
    if item is None and slot["status"] != "open":
        return slot["status"]
    if item is None and has_post(slot):
        return "own_unposted" if passed else "own"
    if item is None:
        return "missed" if passed else "open"
    if item["status"] == "published":
        return "published"
    return "unposted" if passed else "planned"


def cards_of(schedule: Schedule) -> dict[str, Card]:
    """By slot id the cards, the open ones with what the queue has for them; what was empty before it all began has
    none."""
    every = [card_of(slot, schedule.preparations.get(slot["id"])) for slot in schedule.slots]
    began = first_day(store(), zone(), spans.today()).isoformat()
    cards = {card.slot["id"]: card for card in every if card.state != "missed" or card.slot["date"] >= began}
    fillable = [card.slot for card in cards.values() if card.state == "open"]
    for slot_id, (item, reasons) in best_items(fillable).items():
        cards[slot_id].state, cards[slot_id].item, cards[slot_id].reasons = "suggested", item, reasons
    return cards


def waiting() -> list[Item]:
    """The newest articles in the queue, as many as a page offers."""
    return curation.find_items(store(), status="queued", limit=_MOST_OFFERED)[0]
