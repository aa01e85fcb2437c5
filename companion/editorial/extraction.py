"""From a page's HTML to the article in it."""

import logging
import math
import re
from copy import deepcopy

from bs4 import BeautifulSoup, Tag
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from companion.editorial import metadata
from companion.editorial.metadata import Page
from companion.records import Article, Capture

# English and Dutch prose is read at 238 words a minute where a word has 5.1 letters on average (Brysbaert 2019,
# 2021); longer words take longer.
WORDS_PER_MINUTE = 238
LETTERS_PER_WORD = 5.1
# Deeper markup is hostile or broken, and makes parsers slow: it is reduced to its plain text instead.
MAX_DEPTH = 512
# Our choice: less than this is taken for a teaser or a cookie notice, and the whole page is looked at instead.
FEWEST_WORDS = 25
MAX_EXCERPT = 300

# Possessive: a tag that never closes is given up at once instead of being tried at each of its letters.
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)([^<>]*+)>")
# Elements that hold nothing, or that the next one closes: they add no depth however often they stand open.
NOT_NESTING = frozenset(
    """
    area base br col colgroup dd dt embed hr img input li link meta option p param source tbody td tfoot th thead tr
    track wbr
    """.split()
)
NOT_PROSE = "script style noscript template nav header footer aside form button svg".split()
BLOCKS = """
    article blockquote body dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li main ol p pre section table tr ul
    """.split()


def extract(html: str, url: str) -> Article:
    """The article in `html`, the page at `url`, with its text. A page without one gives an empty text."""
    tree = _parse(html)
    if tree is None:
        return _article(Page(document_fromstring("<html></html>"), url), _stripped(html))
    page = Page(tree, url)
    return _article(page, _main_text(tree))


def page_address(html: str) -> str | None:
    """The address that a saved page says it is of."""
    tree = _parse(html)
    return metadata.address(Page(tree, "")) if tree is not None else None


def link_article(capture: Capture) -> Article:
    """The article of a capture without a page: what the link itself tells."""
    page = Page(document_fromstring("<html></html>"), capture["url"])
    return {
        **_article(page, ""),
        "title": metadata.clean(capture["title"]) or capture["url"],
        "language": metadata.language_code(capture.get("lang") or ""),
        "kind": "pdf" if capture.get("pdf") else "other",
    }


def reading_minutes(text: str) -> int:
    """Whole minutes to read the text, at least 1; 0 for no text."""
    words = text.split()
    if not words:
        return 0
    letters = sum(map(len, words)) / len(words)
    pace = WORDS_PER_MINUTE * min(LETTERS_PER_WORD / letters, 1.25)
    return max(1, math.ceil(len(words) / pace))


def _article(page: Page, text: str) -> Article:
    authors = metadata.authors(page)[:50]
    words = len(text.split())
    return {
        "url": page.url,
        "title": metadata.title(page)[:2000],
        "byline": ", ".join(authors)[:1000] or None,
        "authors": [name[:300] for name in authors],
        "site_name": metadata.site_name(page)[:300],
        "published": metadata.published(page),
        "language": metadata.language(page),
        "excerpt": _excerpt(metadata.excerpt(page) or text),
        "image": metadata.image(page),
        "kind": metadata.kind(page, words),  # type: ignore[typeddict-item]  # one of the kinds by construction
        "word_count": words,
        "reading_minutes": reading_minutes(text),
        "text": text,
    }


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_EXCERPT else text[:MAX_EXCERPT].rsplit(" ", 1)[0] + " …"


def _parse(html: str) -> HtmlElement | None:
    """The page as a tree, or None where it is empty or nested too deep."""
    if not html.strip() or _depth(html) > MAX_DEPTH:
        return None
    # Bytes with a named encoding: a page's own claim about its encoding no longer holds for a string, and a lone
    # surrogate would cut it off. huge_tree, since without it text nodes over 10 MB come out empty.
    parser = HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        return document_fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _depth(html: str) -> int:
    depth = deepest = 0
    for closing, name, rest in TAG.findall(html):
        if rest.endswith("/") or name.lower() in NOT_NESTING:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _main_text(tree: HtmlElement) -> str:
    found = _plain_text(BeautifulSoup(_readable(tree), "lxml"))
    if len(found.split()) >= FEWEST_WORDS:
        return found
    whole = BeautifulSoup(etree.tostring(tree, encoding="unicode", method="html"), "lxml")
    for element in whole.find_all(NOT_PROSE):
        element.decompose()
    article = whole.find("article")
    return _plain_text(article if isinstance(article, Tag) else whole)


def _readable(tree: HtmlElement) -> str:
    from readability import Document  # 280 ms at import: not before the first capture
    from readability.readability import Unparseable

    # It tells every candidate it weighs; that would put article text into the log.
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        return Document(deepcopy(tree)).summary()
    except (Unparseable, ValueError, IndexError):
        return ""


def _plain_text(soup: Tag) -> str:
    """Text with a line for each block, without empty lines."""
    for line_break in soup.find_all("br"):
        line_break.append("\n")
    for block in soup.find_all(BLOCKS):
        block.insert(0, "\n")
        block.append("\n")
    lines = (metadata.clean(line) for line in soup.get_text().splitlines())
    return "\n".join(line for line in lines if line)


def _stripped(html: str) -> str:
    lines = (metadata.clean(line) for line in re.sub(r"<[^<>]*>", "\n", html).splitlines())
    return "\n".join(line for line in lines if line)
