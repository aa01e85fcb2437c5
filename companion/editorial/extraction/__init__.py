"""From a page's HTML to the article in it.

The page is parsed once. Its lines are set beside what two libraries take for the article (candidates.py), those that
are the article are chosen (choice.py), what stands among them is left out (trimming.py), the lead is added (lead.py),
and they are written down as text and as HTML (writing.py). What the page says of itself is found by metadata/.
"""

from typing import NamedTuple

from companion.editorial import metadata, no_article, typed
from companion.editorial.articles import Reading
from companion.editorial.blocks import Block
from companion.editorial.blocks import markup_of as markup_of_blocks
from companion.editorial.extraction.body import FEWEST_WORDS, article_body
from companion.editorial.extraction.embedded_text import embedded_text
from companion.editorial.extraction.parsing import head, parse
from companion.editorial.extraction.plain import plain_text
from companion.editorial.extraction.writing import markup_of, text_of
from companion.editorial.markup import clean
from companion.editorial.metadata import Page
from companion.records import Article

__all__ = ["extract", "page_address", "read", "read_plain"]

MAX_EXCERPT = 300
# Characters. More is no reading matter for a quarter of an hour; its text is kept all the same.
MAX_MARKUP = 2_000_000


class Written(NamedTuple):
    """A text, and the same text as HTML."""

    text: str
    markup: str


def extract(html: str, url: str) -> Article:
    """The article in `html`, the page at `url`, with its text. A page without one gives an empty text."""
    return read(html, url).article


def read(html: str, url: str) -> Reading:
    """The article in `html`, with what the reader view shows of it. Markup nested too deep gives its plain text."""
    tree = parse(html)
    if tree is None:
        return read_plain(html, url)
    page = Page(tree, url)
    title = metadata.title(page)
    found = _text(page, title)
    kind = metadata.kind(page, len(found.text.split()))
    found = _as_typed(page, kind, found)
    lacks = no_article.reason(page, kind, found.text)
    article = _article(page, kind, title, found.text)
    if lacks:
        article["excerpt"] = _excerpt(metadata.excerpt(page))
    markup = clean(found.markup, url) if len(found.markup) <= MAX_MARKUP else ""
    return Reading(article, markup, metadata.address(page), lacks)


def read_plain(html: str, url: str) -> Reading:
    """The text between the tags, without looking at their structure, and what the head of the page says of it.

    For a page that takes too much to parse as a whole.
    """
    page, text = Page(head(html), url), plain_text(html)
    return Reading(_article(page, metadata.kind(page, len(text.split())), metadata.title(page), text))


def page_address(html: str) -> str | None:
    """The address that a saved page says it is of."""
    tree = parse(html)
    return metadata.address(Page(tree, "")) if tree is not None else None


def _text(page: Page, title: str) -> Written:
    body = article_body(page, title)
    embedded = [] if body.is_sure else embedded_text(page)
    if sum(len(line.split()) for line in embedded) >= FEWEST_WORDS:
        return _of_lines(embedded)
    return Written(text_of(body.lines), markup_of(body.lines, body.captions))


def _as_typed(page: Page, kind: str, found: Written) -> Written:
    """A post or a video says its own text."""
    text = typed.text(page, kind, found.text)
    return found if text is None or text == found.text else _of_lines(text.splitlines())


def _of_lines(lines: list[str]) -> Written:
    return Written("\n".join(lines), markup_of_blocks([Block("p", line) for line in lines]))


def _article(page: Page, kind: str, title: str, text: str) -> Article:
    authors = typed.authors(page, kind, metadata.authors(page))[:50]
    return {
        "url": page.url,
        "title": typed.title(kind, title, text)[:2000],
        "byline": ", ".join(authors)[:1000] or None,
        "authors": [name[:300] for name in authors],
        "site_name": metadata.site_name(page)[:300],
        "published": metadata.published(page),
        "language": metadata.language(page, text),
        "excerpt": _excerpt(metadata.excerpt(page) or text),
        "image": metadata.image(page),
        "kind": kind,  # type: ignore[typeddict-item]  # one of the kinds by construction
        "word_count": len(text.split()),
        "reading_minutes": typed.minutes(page, kind, text),
        "text": text,
    }


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_EXCERPT else text[:MAX_EXCERPT].rsplit(" ", 1)[0] + " …"
