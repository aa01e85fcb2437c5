"""What the benches store: pages of articles, captures of them, and items as captures leave them."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import companion.store
from companion.editorial import extraction
from companion.editorial.captures import take_capture

WORDS = (
    "rooster ziekenhuis verpleegkundige verzuim slaap dienst nacht werkgever onderzoek gesprek afspraak invloed "
    "vrijheid planning avond ochtend team collega patiënt vermoeidheid herstel pauze beleid cijfer jaar maand"
).split()
PARAGRAPHS, WORDS_EACH = 40, 60
ITEM_BYTES = 2048


def page(number: int) -> str:
    """An article of its own of some 2,400 words, with what usually stands around one."""
    text = [
        "<p>" + " ".join(WORDS[(number + line * 7 + n * n) % len(WORDS)] for n in range(WORDS_EACH)) + ".</p>"
        for line in range(PARAGRAPHS)
    ]
    menu = "".join(f"<li><a href=/{n}>Rubriek {n}</a></li>" for n in range(60))
    return (
        f"<!doctype html><html lang=nl><head><title>Artikel {number} | Vakblad</title></head><body><ul>{menu}</ul>"
        f"<article><h1>Artikel {number}</h1>{''.join(text)}</article><footer><ul>{menu}</ul></footer></body></html>"
    )


def capture(number: int, with_page: bool = True) -> dict[str, Any]:
    """A capture as the extension sends it."""
    return {
        "id": str(uuid4()),
        "url": f"https://vakblad.example/{number}/{uuid4()}",
        "title": f"Artikel {number}",
        **({"html": page(number)} if with_page else {}),
        "captured_at": "2026-11-20T08:00:00Z",
        "client": {"name": "bench", "version": "1"},
    }


def item(model: dict[str, Any], number: int) -> dict[str, Any]:
    """An item of 2 KB, of a kind with `model`."""
    view = " ".join(WORDS[(number + n * n) % len(WORDS)] for n in range(ITEM_BYTES // 7))
    return {
        **model,
        "id": f"{number:016x}",
        "number": number,
        "identity_url": f"https://vakblad.example/kept/{number}",
        "capture_ids": [f"00000000-0000-4000-8000-{number:012}"],
        "commentary": view[: ITEM_BYTES - 900],
    }


def fill(folder: Path, items: int) -> dict[str, Any]:
    """A store with so many items, as captures leave them, its index made; returns one of them."""
    store = companion.store.open(folder)
    try:
        link: Any = capture(0, with_page=False)
        model = dict(take_capture(store, extraction, link, ZoneInfo("UTC"), datetime.now(UTC)).item)
        for first in range(2, items + 1, 1000):
            store.items.put_all([item(model, n) for n in range(first, min(first + 1000, items + 1))])
        if not items:
            store.items.discard(model["id"])
        store.compact()
        wait_for_search(store)
    finally:
        store.close()
    return model


def wait_for_search(store: companion.store.Store) -> None:
    """Return once the full-text index has all items, so that its making is not measured along."""
    while not store.search.is_complete:
        time.sleep(0.05)
