"""A capture becomes an item: known or new, with its article, its slot suggestions and the day's time."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from companion.editorial.agreement import get_agreement
from companion.editorial.articles import OTHER_PAGES, UNREADABLE, WAITING, Reading, link_article
from companion.editorial.curation import revised
from companion.editorial.identity import LONGEST, identity_url
from companion.editorial.planning.suggestions import Suggested, suggest_slots
from companion.editorial.ports import Reader, Store
from companion.editorial.time_log import AHEAD, day
from companion.editorial.times import EARLIEST, instant, local_day, moment
from companion.editorial.topics import find_topic
from companion.errors import Invalid
from companion.records import Capture, Day, Item, Quote

# As the contract limits them.
MOST_CAPTURES, MOST_QUOTES, MOST_LATER_VIEWS = 1000, 100, 100
LONGEST_NAME = 200


@dataclass(frozen=True)
class Taken:
    """What became of a capture: the receipt before its reasons are put into words."""

    item: Item
    known: bool
    suggestions: list[Suggested]
    today: Day


def take_capture(store: Store, reader: Reader, capture: Capture, zone: ZoneInfo, now: datetime) -> Taken:
    """Keep the capture, durably, as a new item or with the item that its article already has.

    The same capture sent again changes nothing. A known item's words are never overwritten: new quotes are added,
    and a view where there is one already is kept beside it. A page sent after its link gives the item its text.
    """
    capture = _in_time(capture, now)
    identity = _identity(capture)
    before = find_known(store, identity, capture["id"])
    # Reading the page takes longest, so the store is not locked meanwhile; what is known is looked up again after it.
    reading = _read(reader, capture) if before is None or before["link_only"] else None
    with store.transaction():
        known = find_known(store, identity, capture["id"])
        if known is not None:
            item = _keep_again(store, known, capture, reading, now)
        elif reading is not None:
            item = _keep(store, capture, identity, reading, now)
    if known is None and reading is None:  # Deleted this very moment: it is a new one after all.
        return take_capture(store, reader, capture, zone, now)
    today = day(store, local_day(now, zone))
    return Taken(item, known is not None, suggest_slots(store, item, zone, now), today)


def _in_time(capture: Capture, now: datetime) -> Capture:
    """A browser's clock that runs ahead must not date an item in the future; one never set is no clock."""
    captured_at = moment(capture["captured_at"])
    if captured_at < EARLIEST:
        raise Invalid.field("captured_at", "lies before the year 2000")
    return {**capture, "captured_at": instant(now)} if captured_at > now + AHEAD else capture


def _identity(capture: Capture) -> str:
    """Letters beyond ASCII take up to nine signs in it, so an address that is not too long can get so."""
    for canonical in (capture.get("canonical_url"), None):
        identity = identity_url(capture["url"], canonical)
        if len(identity) <= LONGEST:
            return identity
    raise Invalid.field("url", f"is longer than {LONGEST:,} characters once it is written without accents")


def find_known(store: Store, identity: str, capture_id: str = "") -> Item | None:
    """The item that this address led to, or that this capture made."""
    kept = store.items.find_by("identity", identity) or store.items.find_by("capture", capture_id)
    return cast(Item, kept[0]) if kept else None


def _read(reader: Reader, capture: Capture) -> Reading:
    reading = _read_sent(reader, capture)
    if reading is None:
        lacks = UNREADABLE if capture.get("pdf") else None
        return Reading(link_article(capture["url"], capture["title"], capture.get("lang")), lacks=lacks)
    named = reading.article["title"] or capture["title"].strip() or capture["url"]
    return replace(reading, article={**reading.article, "title": named})


def _read_sent(reader: Reader, capture: Capture) -> Reading | None:
    html, pdf = capture.get("html"), capture.get("pdf")
    if html:
        return reader.read(html, capture["url"])
    return reader.read_pdf(pdf, capture["url"]) if pdf else None


def _keep(store: Store, capture: Capture, identity: str, reading: Reading, now: datetime) -> Item:
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
        "fetch": WAITING if capture.get("fetch") else None,
    }
    item |= content(store, reading, _sent(capture))
    store.items.put(item)
    return cast(Item, item)


def content(store: Store, reading: Reading, page: str | None, before: Item | None = None) -> dict[str, Any]:
    """What an item holds of its article; its texts lie outside it. Of a page without an article, the page alone.

    `before` is the item as it was: a page or document that was sent earlier stays, but one that held no article gives
    way; and where such a page comes in the article's place, what was known of the article stays. Whoever wrote a post
    is to be tagged, unless the user named people.
    """
    article, text = _told(reading)
    if before and reading.lacks in OTHER_PAGES:
        article = dict(before["article"])
    found = {
        "article": article,
        "found_topic": find_topic(get_agreement(store)["topics"], article, text),
        "link_only": not text,
        "text_hash": _kept(store, text),
        "markup_hash": _kept(store, reading.markup if text else ""),
        "page_hash": _kept_page(store, before) or _kept(store, page),
    }
    if text and article["kind"] == "post" and not (before and before["people"]):
        found["people"] = [name[:LONGEST_NAME] for name in article["authors"]]
    if text or reading.lacks:
        found["fetch"] = None if text else reading.lacks
    return found


def _kept_page(store: Store, before: Item | None) -> str | None:
    """The page of an item that goes on being its page."""
    if before is None or before.get("fetch") not in (*OTHER_PAGES, WAITING):
        return before["page_hash"] if before else None
    store.forget_texts([before["page_hash"]])
    return None


def _told(reading: Reading) -> tuple[dict[str, Any], str]:
    """What is told of the article, and its text. Where there is none to be read, nothing is said about its length."""
    article: dict[str, Any] = dict(reading.article)
    text = article.pop("text", "")
    if not reading.lacks:
        return article, text
    kind = "pdf" if article["kind"] == "pdf" else "other"
    return {**article, "kind": kind, "word_count": 0, "reading_minutes": 0}, ""


def _sent(capture: Capture) -> str | None:
    return capture.get("html") or capture.get("pdf")


def _kept(store: Store, text: str | None) -> str | None:
    return store.texts.put(text) if text else None


def _keep_again(store: Store, item: Item, capture: Capture, reading: Reading | None, now: datetime) -> Item:
    changes = {} if capture["id"] in item["capture_ids"] else _additions(item, capture)
    if item["link_only"] and reading and (reading.lacks or reading.article.get("text")):
        changes |= content(store, reading, _sent(capture), item)
    if not changes:
        return item
    kept = revised(item, changes, now)
    store.items.put(kept)
    return kept


def _additions(item: Item, capture: Capture) -> dict[str, Any]:
    changes: dict[str, Any] = {"capture_ids": [*item["capture_ids"], capture["id"]]}
    if len(changes["capture_ids"]) > MOST_CAPTURES:
        # The first made the item, and the newest are those that may be sent again.
        changes["capture_ids"] = [item["capture_ids"][0], *changes["capture_ids"][-MOST_CAPTURES + 1 :]]
    if capture.get("fetch") and item["link_only"]:
        changes["fetch"] = WAITING
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
