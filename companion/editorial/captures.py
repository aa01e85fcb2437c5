"""A capture becomes an item: known or new, with its article, its slot suggestions and the day's time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from companion.editorial.curation import revised
from companion.editorial.extraction import extract, link_article
from companion.editorial.identity import identity_url
from companion.editorial.ports import Store
from companion.editorial.suggestions import Suggested, suggest_slots
from companion.editorial.time_log import day
from companion.editorial.times import instant, local_day
from companion.records import Article, Capture, Day, Item, Quote


@dataclass(frozen=True)
class Taken:
    """What became of a capture: the receipt before its reasons are put into words."""

    item: Item
    known: bool
    suggestions: list[Suggested]
    today: Day


def take_capture(store: Store, capture: Capture, zone: ZoneInfo, now: datetime) -> Taken:
    """Keep the capture, durably, as a new item or with the item that its article already has.

    The same capture sent again changes nothing. A known item's words are never overwritten: new quotes are added,
    and a view where there is one already is kept beside it.
    """
    identity = identity_url(capture["url"], capture.get("canonical_url"))
    known = _find_known(store, identity, capture["id"])
    if known is None:
        # Reading the page takes longest; it happens before the store is locked.
        article = _read(capture)
        with store.transaction():
            known = _find_known(store, identity, capture["id"])
            item = _keep_again(store, known, capture, now) if known else _keep(store, capture, identity, article, now)
    else:
        item = _keep_again(store, known, capture, now)
    today = day(store, local_day(now, zone))
    return Taken(item, known is not None, suggest_slots(store, item, zone, now), today)


def _find_known(store: Store, identity: str, capture_id: str) -> Item | None:
    kept = (item for item in store.items if item["identity_url"] == identity or capture_id in item["capture_ids"])
    return next(kept, None)


def _read(capture: Capture) -> Article:
    html = capture.get("html")
    if not html:
        return link_article(capture)
    article = extract(html, capture["url"])
    return article if article["title"] else {**article, "title": capture["title"].strip() or capture["url"]}


def _keep(store: Store, capture: Capture, identity: str, article: Article, now: datetime) -> Item:
    text = article.get("text", "")
    html = capture.get("html")
    item = {
        "id": store.new_id(),
        "number": store.next_number(),
        "identity_url": identity,
        "status": "queued",
        "article": {name: value for name, value in article.items() if name != "text"},
        "commentary": capture.get("commentary", ""),
        "quotes": capture.get("quotes", []),
        "people": [],
        "hashtags": [],
        "topic": "",
        "creation_needed": "none",
        "later_views": [],
        "declined_slots": [],
        "slot_id": None,
        "link_only": not text,
        "capture_ids": [capture["id"]],
        "captured_at": capture["captured_at"],
        "updated_at": instant(now),
        "published_at": None,
        "revision": 1,
        "text_hash": store.texts.put(text) if text else None,
        "page_hash": store.texts.put(html) if html else None,
    }
    store.items.put(item)
    return cast(Item, item)


def _keep_again(store: Store, item: Item, capture: Capture, now: datetime) -> Item:
    if capture["id"] in item["capture_ids"]:
        return item
    with store.transaction():
        kept = revised(item, _additions(item, capture), now)
        store.items.put(kept)
    return kept


def _additions(item: Item, capture: Capture) -> dict[str, Any]:
    changes: dict[str, Any] = {"capture_ids": [*item["capture_ids"], capture["id"]][-1000:]}
    if new := _new_quotes(item["quotes"], capture.get("quotes", [])):
        changes["quotes"] = [*item["quotes"], *new]
    view = capture.get("commentary", "").strip()
    if view and not item["commentary"].strip():
        changes["commentary"] = view
    elif view and view != item["commentary"].strip():
        changes["later_views"] = [*item["later_views"], {"text": view, "captured_at": capture["captured_at"]}]
    return changes


def _new_quotes(kept: list[Quote], sent: list[Quote]) -> list[Quote]:
    texts = {quote["text"] for quote in kept}
    return [quote for quote in sent if quote["text"] not in texts]
