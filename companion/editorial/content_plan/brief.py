"""What is to be posted, and what for it still has to be made.

An item says so itself. A slot says it for an own post, which has no item, and beforehand for whatever comes to stand
in it: "on Tuesday a carousel, and tag Anna".
"""

from collections.abc import Mapping
from typing import Any

from companion.records import Item, Slot

EMPTY: Mapping[str, Any] = {
    "topic": "",
    "commentary": "",
    "people": [],
    "hashtags": [],
    "creation_needed": "none",
    "creation_ready": False,
    "creation_link": "",
}
# They say something together: a link belongs to the photo that is asked for.
CREATION = ("creation_needed", "creation_ready", "creation_link")
# A view is somebody's answer to one article, so a slot does not lend its own.
_LENT = ("topic", "people", "hashtags")

Brief = Mapping[str, Any]


def brief_of(slot: Slot | None, item: Item | None) -> dict[str, Any]:
    """The fields of `EMPTY` by name: the item's own, and what it leaves open as the slot says it."""
    place = _own(slot)
    if item is None:
        return place
    own = _own(item)
    made = own if _says(own, CREATION) else place
    lent = {name: own[name] or place[name] for name in _LENT}
    return {**own, **lent, **{name: made[name] for name in CREATION}}


def spread(edit: Brief, slot: Slot | None, item: Item | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What of an edit goes to the item and what to the slot, such that `brief_of` then shows what was asked for.

    Of a slot that lends an item what the edit empties, it is taken away too.
    """
    if item is None:
        return {}, dict(edit)
    if _names(edit, CREATION):
        edit = {**{name: brief_of(slot, item)[name] for name in CREATION}, **edit}
    return dict(edit), {name: EMPTY[name] for name in _lent_in_vain(edit, _own(slot))}


def _own(record: Item | Slot | None) -> dict[str, Any]:
    fields: Mapping[str, Any] = record or {}
    return {name: fields.get(name, empty) for name, empty in EMPTY.items()}


def _says(brief: Brief, names: tuple[str, ...]) -> bool:
    return any(brief[name] != EMPTY[name] for name in names)


def _names(edit: Brief, names: tuple[str, ...]) -> bool:
    return any(name in edit for name in names)


def _lent_in_vain(edit: Brief, place: Brief) -> list[str]:
    single = [name for name in _LENT if name in edit and edit[name] == EMPTY[name]]
    made = [*CREATION] if _names(edit, CREATION) and not _says(edit, CREATION) else []
    return [name for name in single + made if place[name] != EMPTY[name]]
