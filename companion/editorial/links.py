"""Links whose page is fetched by its address, since nobody was looking at it: what becomes of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from companion import contract
from companion.editorial.articles import OTHER_PAGES, WAITING, Reading
from companion.editorial.captures import MOST_CAPTURES, content, find_known
from companion.editorial.curation import delete_item, get_item, revised
from companion.editorial.identity import identity_url
from companion.editorial.ports import Reader, Store
from companion.errors import Conflict
from companion.records import Article, Item

NO_TEXT = "no_text"
# As the contract limits them.
MOST_ALIASES = 20


def waiting_links(store: Store) -> list[Item]:
    """The items whose page is still to be fetched, the oldest first."""
    return sorted(store.items.find_by("fetch", WAITING), key=lambda item: item["number"])


def ask_for_page(store: Store, item_id: str, now: datetime) -> Item:
    """Have the page of a link fetched (again). Raises Conflict for an item that has its text."""
    with store.transaction():
        item = get_item(store, item_id)
        if not item["link_only"]:
            raise Conflict("The text of this article is there already.")
        return _take(store, item, {"fetch": WAITING}, now)


def may_hold_text(item: Item) -> bool:
    """Whether there is a page in which no article was found, though the user may see one."""
    return item["link_only"] and bool(item["page_hash"]) and item.get("fetch") in OTHER_PAGES


def keep_text(store: Store, reader: Reader, item_id: str, now: datetime) -> None:
    """Give an item the text of its kept page, which was taken for no article.

    Raises Conflict where it has its text, or no such page.
    """
    seen = get_item(store, item_id)
    page = store.texts.get(seen["page_hash"] or "") if may_hold_text(seen) else ""
    # Reading takes long, so the store is not locked meanwhile.
    reading = reader.read(page, seen["article"]["url"]) if page else None
    with store.transaction():
        item = get_item(store, item_id)
        if reading is None or not reading.article.get("text") or item["page_hash"] != seen["page_hash"]:
            raise Conflict("There is no page of which the text could be kept.")
        _take(store, item, _content(store, item, replace(reading, lacks=None), page), now)


def note_failure(store: Store, item_id: str, reason: str, now: datetime) -> None:
    """Keep why a page could not be fetched. The item stays the link that it was."""
    with store.transaction():
        if (item := _still_waiting(store, item_id)) is not None:
            _take(store, item, {"fetch": reason}, now)


def take_page(store: Store, item_id: str, reading: Reading, page: str, now: datetime) -> None:
    """Give a link its page or PDF. Where the address led on to another, the item is found by both from now on.

    Is that the article of another item, the link goes into that one, unless the user did something with it already.
    Of a page that is no article the link keeps the page, and stays what it was.
    """
    with store.transaction():
        item = _still_waiting(store, item_id)
        if item is None:
            return
        if reading.lacks in OTHER_PAGES:  # Sites answer with one where the article is gone: the address is not its.
            _take(store, item, content(store, reading, page, item), now)
            return
        identity = _identity(item, reading)
        other = find_known(store, identity)
        if other is None or other["id"] == item["id"]:
            _take(store, item, {**_addresses(item, identity), **_content(store, item, reading, page)}, now)
        elif _is_untouched(item):
            _fold(store, item, other, now)
        else:
            _take(store, item, _content(store, item, reading, page), now)


def _content(store: Store, item: Item, reading: Reading, page: str) -> dict[str, Any]:
    """What was found, under the addresses and the title that the link had where there are no better ones."""
    article: Article = {
        **reading.article,
        "url": reading.article["url"] if _is_address(reading.article["url"]) else item["article"]["url"],
        "title": reading.article["title"] or item["article"]["title"],
    }
    found = replace(reading, article=article)
    return {"fetch": NO_TEXT, **content(store, found, page, item)}


def _identity(item: Item, reading: Reading) -> str:
    """The identity of the page that was reached."""
    reached = identity_url(reading.article["url"], reading.address) if _is_address(reading.article["url"]) else ""
    return reached if _is_address(reached) else item["identity_url"]


def _is_address(text: str) -> bool:
    return not contract.check("web_address", text)


def _addresses(item: Item, identity: str) -> dict[str, Any]:
    if identity == item["identity_url"]:
        return {}
    return {"identity_url": identity, "aliases": [item["identity_url"], *item.get("aliases", [])][:MOST_ALIASES]}


def _is_untouched(item: Item) -> bool:
    """Whether nothing of the user's is in it, so that nothing would be lost with it."""
    words = ("commentary", "quotes", "people", "hashtags", "topic", "later_views", "slot_id")
    return item["status"] == "queued" and not any(item[name] for name in words)  # type: ignore[literal-required]


def _fold(store: Store, item: Item, other: Item, now: datetime) -> None:
    """Let a link lead to the item that has its article."""
    addresses = [item["identity_url"], *item.get("aliases", []), *other.get("aliases", [])]
    captures = [*other["capture_ids"], *item["capture_ids"]][-MOST_CAPTURES:]
    delete_item(store, item["id"])
    _take(store, other, {"aliases": addresses[:MOST_ALIASES], "capture_ids": captures}, now)


def _still_waiting(store: Store, item_id: str) -> Item | None:
    """The item, unless it was deleted meanwhile, or got its page otherwise."""
    found = store.items.find(item_id)
    return get_item(store, item_id) if found is not None and found.get("fetch") == WAITING else None


def _take(store: Store, item: Item, changes: Mapping[str, Any], now: datetime) -> Item:
    changed = revised(item, changes, now)
    store.items.put(changed)
    return changed
