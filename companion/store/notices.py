"""What the user is told about damage, on every page, until they say that they have seen it."""

import secrets
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from companion.store.fields import hashes_of, texts_of
from companion.store.journal.lines import State
from companion.store.journal.recovery import Recovered

if TYPE_CHECKING:  # The store makes notices as it opens; this module only reads them from it.
    from companion.store.database import Store

UNREADABLE = "unreadable-texts"
_NAMELESS = {"items": "an article without a title", "slots": "a slot", "segments": "measured time"}


def damage_notice(folder: Path, found: Recovered) -> dict[str, Any]:
    """What the user is told of the damage: `is_complete` where all that may be lost is named."""
    lost = [
        {"table": one.table, "id": one.id, "title": one.title, "still_there": _is_there(found.state, one.table, one.id)}
        for one in found.lost
    ]
    return {
        "id": secrets.token_hex(8),
        "kind": "damage",
        "files": [damage.file for damage in found.damage],
        "copies": any((folder / damage.file).exists() for damage in found.damage),
        "lost": lost,
        "is_complete": found.is_complete,
    }


def _is_there(state: State, table: str, record_id: str) -> bool:
    return record_id in state.tables.get(table, {})


def open_notices(store: "Store") -> list[dict[str, Any]]:
    """The notices that nobody has dismissed yet."""
    return [dict(notice) for notice in store.notices if not notice.get("is_dismissed")]


def dismiss(store: "Store", notice_id: str) -> None:
    """Keep a notice as seen, so that what is found again is not told again; one that is not there is no error."""
    with store.transaction():
        notice = store.notices.find(notice_id)
        if notice is not None:
            store.notices.put({**notice, "is_dismissed": True})


def note_unreadable(store: "Store", names: AbstractSet[str]) -> None:
    """Tell which items have texts, of these hashes, that cannot be read; what was told before is not told again."""
    told = store.notices.find(UNREADABLE)
    if names <= set(told["texts"] if told else ()):
        return
    lost = [
        {"table": "items", "id": item_id, "title": title_of(item), "still_there": True}
        for item_id, item in _items(store)
        if not names.isdisjoint(hashes_of(item))
    ]
    store.notices.put({"id": UNREADABLE, "kind": "unreadable", "texts": sorted(names), "files": [], "lost": lost})


def _items(store: "Store") -> Iterator[tuple[str, Any]]:
    """Decoded one by one, each with the id that it is kept under."""
    return ((item_id, orjson.loads(raw)) for item_id, raw in store.state().tables.get("items", {}).items())


def title_of(item: Mapping[str, Any]) -> str:
    """The title of an item's article, as far as it has them."""
    article = item.get("article")
    return next(iter(texts_of(article, "title")), "") if isinstance(article, Mapping) else ""


def touched(notice: Mapping[str, Any]) -> str:
    """What a notice says, in a sentence."""
    names = ", ".join(
        dict.fromkeys(lost["title"] or _NAMELESS.get(lost["table"], "a setting") for lost in notice["lost"])
    )
    if notice["kind"] != "damage":
        return f"Texts could not be read earlier: of {names}."
    if not notice.get("is_complete", True):
        others = f" Among them are those to {names}." if names else ""
        return f"Damage was found earlier. The latest changes may be lost, and not all of them can be named.{others}"
    if not names:
        return "Damage was found earlier. As far as can be seen nothing was lost."
    return f"Damage was found earlier. The latest changes to these may be lost: {names}."
