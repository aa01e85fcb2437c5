"""What was suggested the last time, so that the suggestions stay as they are while they may."""

from collections.abc import Mapping
from typing import cast

from companion.editorial.ports import Store


def proposed(store: Store) -> dict[str, str]:
    """By item the slot that was suggested for it."""
    kept = store.singletons.find("proposed")
    return dict(cast(Mapping[str, str], kept["slots"])) if kept else {}


def keep_proposed(store: Store, slots: Mapping[str, str]) -> None:
    """Keep what is suggested now, by item; nothing is written where it is the same."""
    if slots != proposed(store):
        store.singletons.put({"id": "proposed", "slots": dict(slots)})
