"""How a page shows itself elsewhere: its summary and its lead image."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from companion.editorial.identity import web_address
from companion.editorial.metadata.linked_data import first_text
from companion.editorial.metadata.page import Page

IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "thumbnailurl")


def image(page: Page) -> str | None:
    """The lead image's address.

    og:image first, since that is what the site has chosen to be shown: right on 121 of 126 pages; JSON-LD lists crops.
    """
    return next((address for text in _images(page) if (address := _absolute(text, page.url))), None)


def excerpt(page: Page) -> str:
    """The page's own summary; "" where it gives none."""
    stated = first_text(page.main_thing.get("description"))
    return page.first_meta("og:description", "description", "twitter:description", "dc.description") or stated


def _images(page: Page) -> Iterator[str]:
    yield from (text for name in IMAGES for text in page.meta.get(name, ()))
    yield from _addresses(page.main_thing.get("image") or page.main_thing.get("thumbnailUrl"))
    yield from page.tree.xpath("//link[@rel='image_src']/@href")


def _addresses(declared: Any) -> Iterator[str]:
    """The addresses of an image that is declared by address, as a thing, or as a list of these."""
    for entry in declared if isinstance(declared, list) else [declared]:
        found = entry.get("url") or entry.get("contentUrl") or entry.get("@id") if isinstance(entry, dict) else entry
        if isinstance(found, str):
            yield found


def _absolute(text: str, url: str) -> str | None:
    try:
        return web_address(urljoin(url, text)) if text else None
    except ValueError:
        return None
