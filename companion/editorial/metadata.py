"""What a page declares of itself: title, authors, date, site, language, image and kind.

Order of trust: JSON-LD and Open Graph first, then named meta elements, then what stands in the page.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import orjson
from lxml.html import HtmlElement

from companion.editorial.articles import host, language_code, one_line
from companion.editorial.identity import web_address

ARTICLE_TYPES = {
    "Article",
    "NewsArticle",
    "BlogPosting",
    "Report",
    "TechArticle",
    "ScholarlyArticle",
    "OpinionNewsArticle",
}
POST_TYPES = {"SocialMediaPosting", "DiscussionForumPosting"}
VIDEO_TYPES = {"VideoObject"}
PUBLISHED_NAMES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
)
AUTHOR_NAMES = ("author", "dc.creator", "article:author", "parsely-author", "sailthru.author")
# Our choice: a page that declares nothing is taken for an article from this many words on.
ENOUGH_WORDS = 150
BY = re.compile(r"^\s*(by|door|von|par|por)\s+", re.IGNORECASE)
SEPARATOR = re.compile(r"\s+[|–—·»-]\s+")


class Page:
    """A parsed page with its declarations at hand."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.tree, self.url = tree, url
        self.meta = _meta(tree)
        self.linked_data = list(_linked_data(tree))

    def first_meta(self, *names: str) -> str | None:
        """The first of these meta elements that says anything."""
        return next((self.meta[name] for name in names if self.meta.get(name)), None)

    def things(self, types: set[str]) -> list[dict[str, Any]]:
        """The JSON-LD things of these types."""
        return [thing for thing in self.linked_data if types & _types(thing)]


def title(page: Page) -> str:
    """The headline, without the site's name behind it."""
    declared = _text(next((thing.get("headline") for thing in _articles(page)), None))
    declared = declared or page.first_meta("og:title", "twitter:title") or one_line(page.tree.findtext(".//title"))
    headings = [one_line(heading.text_content()) for heading in page.tree.iter("h1")]
    return _without_site(declared, site_name(page), headings) or next(filter(None, headings), "")


def _without_site(declared: str, site: str, headings: list[str]) -> str:
    if declared in headings:
        return declared
    parts = SEPARATOR.split(declared)
    if len(parts) > 1 and (parts[-1].casefold() == site.casefold() or any(part in headings for part in parts[:-1])):
        return declared[: declared.rindex(parts[-1])].rstrip(" |–—·»-")
    return declared


def authors(page: Page) -> list[str]:
    """The people who wrote it, as they are written, each once."""
    declared = [name for thing in _articles(page) for name in _names(thing.get("author"))]
    declared = declared or [page.first_meta(*AUTHOR_NAMES) or ""]
    if not any(declared):
        links = page.tree.xpath("//*[@rel='author' or @itemprop='author']")
        declared = [one_line(link.text_content()) for link in links]
    names = (BY.sub("", name).strip() for name in declared)
    return list(dict.fromkeys(name for name in names if name and not name.startswith("http")))


def published(page: Page) -> str | None:
    """The date, or date and time, as the page declares it."""
    declared = next((_text(thing.get("datePublished")) for thing in _articles(page)), "")
    declared = declared or page.first_meta(*PUBLISHED_NAMES) or next(iter(page.tree.xpath("//time/@datetime")), "")
    return declared if re.match(r"\d{4}-\d{2}-\d{2}", declared) and len(declared) <= 40 else None


def site_name(page: Page) -> str:
    """The publication's name, else its host without www."""
    named = next((_text(_name(thing.get("publisher"))) for thing in _articles(page)), "")
    return page.first_meta("og:site_name", "application-name") or named or host(page.url)


def language(page: Page) -> str | None:
    """The two or three letters of the declared language."""
    declared = page.tree.get("lang") or page.first_meta("og:locale", "content-language", "language") or ""
    return language_code(declared)


def address(page: Page) -> str | None:
    """The address that the page gives as its own."""
    named = next(iter(page.tree.xpath("//link[@rel='canonical']/@href")), None) or page.first_meta("og:url")
    return web_address(named) if named else None


def image(page: Page) -> str | None:
    """The lead image's address."""
    declared = page.first_meta("og:image", "og:image:url", "twitter:image")
    try:
        address = urljoin(page.url, declared) if declared else ""
    except ValueError:
        return None
    return address if address.startswith(("https://", "http://")) and len(address) <= 2000 else None


def excerpt(page: Page) -> str:
    """The page's own summary."""
    return page.first_meta("og:description", "description", "twitter:description") or ""


def kind(page: Page, words: int) -> str:
    """What sort of page it is: article, post, video or other."""
    declared = page.first_meta("og:type") or ""
    if page.things(POST_TYPES):
        return "post"
    if declared.startswith("video") or (page.things(VIDEO_TYPES) and not page.things(ARTICLE_TYPES)):
        return "video"
    has_article = declared == "article" or bool(page.things(ARTICLE_TYPES)) or words >= ENOUGH_WORDS
    return "article" if has_article and words else "other"


def _articles(page: Page) -> list[dict[str, Any]]:
    return page.things(ARTICLE_TYPES | POST_TYPES | VIDEO_TYPES)


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name:
            found.setdefault(name.lower(), one_line(element.get("content")))
    return found


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            loaded = orjson.loads(script.text or "")
        except orjson.JSONDecodeError:
            continue  # Broken JSON-LD is common; the other declarations still stand.
        yield from _flat(loaded)


def _flat(loaded: Any) -> Iterator[dict[str, Any]]:
    """The things in lists and graphs, in order, however deep these are nested."""
    waiting = [loaded]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, list):
            waiting.extend(reversed(entry))
        elif isinstance(entry, dict):
            yield entry
            waiting.append(entry.get("@graph"))


def _types(thing: dict[str, Any]) -> set[str]:
    declared = thing.get("@type", [])
    return {name for name in (declared if isinstance(declared, list) else [declared]) if isinstance(name, str)}


def _names(declared: Any) -> list[str]:
    people = declared if isinstance(declared, list) else [declared]
    return [name for name in (_text(_name(person)) for person in people) if name]


def _name(thing: Any) -> Any:
    return thing.get("name") if isinstance(thing, dict) else thing


def _text(value: Any) -> str:
    return one_line(value) if isinstance(value, str) else ""
