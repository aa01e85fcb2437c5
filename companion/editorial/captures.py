"""A capture becomes an item: known or new, with its article, its slot suggestions and the day's time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from companion.editorial.curation import revised
from companion.editorial.identity import identity_url
from companion.editorial.ports import Store
from companion.editorial.suggestions import Suggested, suggest_slots
from companion.editorial.time_log import AHEAD, day
from companion.editorial.times import instant, local_day, moment
from companion.errors import Invalid
from companion.records import Article, Capture, Day, Item, Quote

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
# As the contract limits them.
MOST_CAPTURES, MOST_QUOTES, MOST_LATER_VIEWS = 1000, 100, 100


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
    and a view where there is one already is kept beside it. A page sent after its link gives the item its text.
    """
    capture = _in_time(capture, now)
    identity = identity_url(capture["url"], capture.get("canonical_url"))
    known = _find_known(store, identity, capture["id"])
    # Reading the page takes longest, so the store is not locked meanwhile; what is known is looked up again after it.
    article = _read(capture) if known is None or known["link_only"] else None
    with store.transaction():
        known = _find_known(store, identity, capture["id"])
        if known is None:
            item = _keep(store, capture, identity, article or _read(capture), now)
        else:
            item = _keep_again(store, known, capture, article, now)
    today = day(store, local_day(now, zone))
    return Taken(item, known is not None, suggest_slots(store, item, zone, now), today)


def _in_time(capture: Capture, now: datetime) -> Capture:
    """A browser's clock that runs ahead must not date an item in the future; one before 1970 is no clock at all."""
    captured_at = moment(capture["captured_at"])
    if captured_at < EARLIEST:
        raise Invalid.field("captured_at", "lies before 1970")
    return {**capture, "captured_at": instant(now)} if captured_at > now + AHEAD else capture


def _find_known(store: Store, identity: str, capture_id: str) -> Item | None:
    kept = store.items.find_by("identity", identity) or store.items.find_by("capture", capture_id)
    return cast(Item, kept[0]) if kept else None


def _read(capture: Capture) -> Article:
    # The parser takes 9 MB and a fifth of a second to load; who only looks at the week never needs it.
    from companion.editorial.extraction import extract, link_article

    html = capture.get("html")
    if not html:
        return link_article(capture)
    article = extract(html, capture["url"])
    return article if article["title"] else {**article, "title": capture["title"].strip() or capture["url"]}


def _keep(store: Store, capture: Capture, identity: str, article: Article, now: datetime) -> Item:
    item = {
        "id": store.new_id(),
        "number": store.next_number(),
        "identity_url": identity,
        "status": "queued",
        "commentary": capture.get("commentary", ""),
        "quotes": capture.get("quotes", []),
        "people": [],
        "hashtags": [],
        "topic": "",
        "creation_needed": "none",
        "later_views": [],
        "declined_slots": [],
        "slot_id": None,
        "capture_ids": [capture["id"]],
        "captured_at": capture["captured_at"],
        "updated_at": instant(now),
        "published_at": None,
        "revision": 1,
        **_content(store, capture, article, kept_page=None),
    }
    store.items.put(item)
    return cast(Item, item)


def _content(store: Store, capture: Capture, article: Article, kept_page: str | None) -> dict[str, Any]:
    """What an item holds of its article; text and page lie outside it. A page that was sent earlier stays."""
    text, page = article.get("text", ""), capture.get("html") or capture.get("pdf")
    return {
        "article": {name: value for name, value in article.items() if name != "text"},
        "link_only": not text,
        "text_hash": store.texts.put(text) if text else None,
        "page_hash": kept_page or (store.texts.put(page) if page else None),
    }


def _keep_again(store: Store, item: Item, capture: Capture, article: Article | None, now: datetime) -> Item:
    if capture["id"] in item["capture_ids"]:
        return item
    changes = _additions(item, capture)
    if item["link_only"] and article and article.get("text"):
        changes |= _content(store, capture, article, item["page_hash"])
    kept = revised(item, changes, now)
    store.items.put(kept)
    return kept


def _additions(item: Item, capture: Capture) -> dict[str, Any]:
    changes: dict[str, Any] = {"capture_ids": [*item["capture_ids"], capture["id"]]}
    if len(changes["capture_ids"]) > MOST_CAPTURES:
        # The first made the item, and the newest are those that may be sent again.
        changes["capture_ids"] = [item["capture_ids"][0], *changes["capture_ids"][-MOST_CAPTURES + 1 :]]
    if new := _new_quotes(item["quotes"], capture.get("quotes", [])):
        changes["quotes"] = _within("quotes", [*item["quotes"], *new], MOST_QUOTES)
    view = capture.get("commentary", "").strip()
    if view and not item["commentary"].strip():
        changes["commentary"] = view
    elif view and view not in _views(item):
        later = {"text": view, "captured_at": capture["captured_at"]}
        changes["later_views"] = _within("commentary", [*item["later_views"], later], MOST_LATER_VIEWS)
    return changes


def _within(field: str, kept: list[Any], most: int) -> list[Any]:
    """Refused, a capture stays with who sent it; shortened, words of the user's would be gone without a word."""
    if len(kept) > most:
        raise Invalid.field(field, f"the article holds {most} already")
    return kept


def _views(item: Item) -> list[str]:
    return [item["commentary"].strip(), *(view["text"] for view in item["later_views"])]


def _new_quotes(kept: list[Quote], sent: list[Quote]) -> list[Quote]:
    texts = {quote["text"] for quote in kept}
    return [quote for quote in sent if quote["text"] not in texts]
