"""Articles to search for."""

import time


def article(number, text_hash=None, **fields):
    """An item, its article's fields given along with its own."""
    own = {"commentary": "", "people": [], "hashtags": [], "topic": "", "quotes": [], "later_views": []}
    of_article = {name: fields.pop(name) for name in ("title", "site_name", "authors") if name in fields}
    return {
        "id": f"item{number}",
        "number": number,
        "status": "queued",
        "article": {"title": f"Artikel {number}", "site_name": "", "authors": [], **of_article},
        "text_hash": text_hash,
        "page_hash": None,
        **own,
        **fields,
    }


def keep(store, number, text, **fields):
    """Put an article with this text in the store."""
    with store.transaction():
        store.items.put(article(number, store.texts.put(text), **fields))


def found(store, query):
    """The ids of what a query finds among the items there are."""
    return [item_id for item_id in store.search.find(query) if store.items.find(item_id)]


def until(is_so):
    """Wait until the background has done something."""
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)
