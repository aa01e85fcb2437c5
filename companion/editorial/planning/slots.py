"""What a slot tells by itself: whether a post stands in it, and whether it is over."""

from datetime import UTC, datetime

from companion.editorial.times import moment
from companion.records import Slot


def has_post(slot: Slot) -> bool:
    """Whether a post stands in it: an item, or an own post that has its topic or its words."""
    has_words = bool(slot["topic"] or slot.get("commentary"))
    is_own_post = slot["status"] == "open" and slot["kind"] == "own" and has_words
    return slot["status"] in ("planned", "published") or is_own_post


def has_passed(slot: Slot, now: datetime) -> bool:
    """Whether its moment is over."""
    return moment(slot["starts_at"]) <= now.astimezone(UTC)
