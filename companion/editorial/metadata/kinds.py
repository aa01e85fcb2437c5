"""What sort of page it is."""

import re
from urllib.parse import parse_qsl

from companion.editorial.metadata.linked_data import Thing, types_of
from companion.editorial.metadata.page import ARTICLE_ENDINGS, OTHER_ARTICLE_TYPES, POST_TYPES, VIDEO_TYPES, Page
from companion.editorial.places import is_post_place, is_video_place

LIST_TYPES = {"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage", "Blog", "ContactPage", "CheckoutPage"}
# Parts of a path, and names in a query, of pages that search, list or ask who one is.
NO_READING = re.compile(
    r"""/(?:search|zoeken|suche|recherche|buscar|login|log-in|signin|sign-in|inloggen|anmelden|connexion|register|account
        |cart|winkelwagen|archive|archief|archiv)/?$
    |/(?:tags?|category|categorie|kategorie|rubriek|author|auteur|autor)/[^/]+(?:/page/\d+)?/?$""",
    re.IGNORECASE | re.VERBOSE,
)
QUERIES = {"q", "s", "query", "search", "zoek"}
HOME = re.compile(r"/(?:(?:index|default|home)(?:\.\w+)?|[a-z]{2}(?:[-_][a-zA-Z]{2})?)?/?")
# Our choice: a page that declares nothing is taken for an article from this many words on.
ENOUGH_WORDS = 150


def kind(page: Page, words: int) -> str:
    """What sort of page it is, with so many words of text: article, post, video or other.

    The surest sign comes first. A page whose JSON-LD is an article is one, since only what makes articles writes that.
    og:type says so on lists of articles too, so the address and the other types are asked before it. What declares
    nothing is taken for an article if it is long enough. A wrong "other" costs a second click, no text.
    """
    is_stated = _is_article(page.main_thing) and not HOME.fullmatch(page.parts.path)
    if is_post_place(page.url) or (page.things(POST_TYPES) and not is_stated):
        return "post"
    if is_video_place(page.url) or _is_video(page):
        return "video"
    if not words or (not is_stated and _is_passage(page)):
        return "other"
    is_article = is_stated or page.first_meta("og:type") == "article" or words >= ENOUGH_WORDS
    return "article" if is_article else "other"


def _is_article(thing: Thing) -> bool:
    types = types_of(thing) - POST_TYPES
    return bool(types & OTHER_ARTICLE_TYPES) or any(name.endswith(ARTICLE_ENDINGS) for name in types)


def _is_video(page: Page) -> bool:
    """News articles often have a video in them; such a page is about the article."""
    shared_as = page.first_meta("og:type") or ""
    return shared_as.startswith("video") or (shared_as != "article" and bool(types_of(page.main_thing) & VIDEO_TYPES))


def _is_passage(page: Page) -> bool:
    """Whether a reader only passes through: a home page, a list, a search, a login."""
    address = page.parts
    is_query = any(name in QUERIES for name, _ in parse_qsl(address.query))
    is_home = bool(HOME.fullmatch(address.path)) and not address.query
    return is_home or is_query or bool(NO_READING.search(address.path)) or bool(page.things(LIST_TYPES))
