"""What sort of page it is."""

import re
from urllib.parse import parse_qsl

from companion.editorial.metadata.linked_data import types_of
from companion.editorial.metadata.page import POST_TYPES, VIDEO_TYPES, Page, is_article
from companion.editorial.places import is_post_place, is_video_place

LIST_TYPES = {"CollectionPage", "SearchResultsPage", "ItemList"}
NO_READING_TYPES = LIST_TYPES | {"ProfilePage", "Blog", "ContactPage", "CheckoutPage"}
# Parts of a path, and names in a query, of pages that search, list or ask who one is.
NO_READING = re.compile(
    r"""/(?:search|zoeken|suche|recherche|buscar|login|log-in|signin|sign-in|inloggen|anmelden|connexion|register|account
        |cart|winkelwagen|archive|archief|archiv)/?$
    |/(?:tags?|category|categorie|kategorie|rubriek|author|auteur|autor)/[^/]+(?:/page/\d+)?/?$""",
    re.IGNORECASE | re.VERBOSE,
)
QUERIES = {"q", "query", "search", "s", "zoek", "zoekterm", "suche", "keyword", "keywords"}
HOME = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?(?:/|$))?(?:(?:index|home|default)(?:\.\w+)?/?)?", re.IGNORECASE)
# Our choice: a page that declares nothing is taken for an article from this many words on.
ENOUGH_WORDS = 150


def kind(page: Page, words: int) -> str:
    """What sort of page it is, with so many words of text: article, post, video or other.

    The surest sign comes first. A page whose JSON-LD is an article is one, since only what makes articles writes that.
    og:type says so on lists of articles too, so the address and the other types are asked before it. What declares
    nothing is taken for an article if it is long enough. A wrong "other" costs a second click, no text.
    """
    is_stated = is_article(types_of(page.main_thing) - POST_TYPES) and not is_home(page)
    if is_post_place(page.url) or (page.things(POST_TYPES) and not is_stated):
        return "post"
    if is_video_place(page.url) or _is_video(page):
        return "video"
    if not words or (not is_stated and _is_passage(page)):
        return "other"
    is_long = words >= ENOUGH_WORDS
    return "article" if is_stated or page.first_meta("og:type") == "article" or is_long else "other"


def is_home(page: Page) -> bool:
    """Whether it is the first page of a site, or of the site in one language; a query there may name an article."""
    is_first = bool(page.host and HOME.fullmatch(page.parts.path))
    return is_first and (not page.parts.query or is_search(page))


def is_search(page: Page) -> bool:
    """Whether it is what was found for a query, by its address."""
    return any(name.lower() in QUERIES for name, _ in parse_qsl(page.parts.query))


def _is_video(page: Page) -> bool:
    """News articles often have a video in them; such a page is about the article."""
    shared_as = page.first_meta("og:type") or ""
    return shared_as.startswith("video") or (shared_as != "article" and bool(types_of(page.main_thing) & VIDEO_TYPES))


def _is_passage(page: Page) -> bool:
    """Whether a reader only passes through: a home page, a list, a search, a login."""
    is_named = bool(NO_READING.search(page.parts.path)) or bool(page.things(NO_READING_TYPES))
    return is_named or is_search(page) or is_home(page)
