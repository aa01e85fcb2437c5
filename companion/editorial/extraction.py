"""From a page's HTML to the article in it."""

import logging
import re
from copy import deepcopy
from html import unescape

from bs4 import BeautifulSoup, Tag
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from companion.editorial import metadata
from companion.editorial.articles import Reading, one_line, reading_minutes
from companion.editorial.markup import NAMED, WITHOUT_CONTENT, clean
from companion.editorial.metadata import Page
from companion.records import Article

# Deeper markup is hostile or broken, and makes parsers slow: it is reduced to its plain text instead.
# This parser takes it in a millisecond, others, such as the one that makes the reader view, minutes.
MAX_DEPTH = 512
TOO_DEEP = etree.XPath("boolean(/" + "/".join("*" * (MAX_DEPTH + 1)) + ")")
# Our choice: less than this is taken for a teaser or a cookie notice, and the whole page is looked at instead.
FEWEST_WORDS = 25
MAX_EXCERPT = 300
# Characters. The longest books have less; more is no reading matter, and its text is kept all the same.
MAX_MARKUP = 2_000_000
# Our choice: of 130 articles none says less in its markup than 0.89 of its text, by the words on a player's buttons.
LEAST_SHOWN = 0.8

TAG = re.compile(r"<[^<>]*>")
CODE = re.compile(r"<(/?)(script|style|template|noscript)\b[^<>]*>", re.IGNORECASE)
NOT_PROSE = "title script style noscript template nav header footer aside form button svg".split()
BLOCKS = """
    article blockquote body dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 li main ol p pre section table tr ul
    """.split()


def extract(html: str, url: str) -> Article:
    """The article in `html`, the page at `url`, with its text. A page without one gives an empty text."""
    return read(html, url).article


def read(html: str, url: str) -> Reading:
    """The article in `html`, with what the reader view shows of it. Markup nested too deep gives its plain text."""
    tree = _parse(html)
    if tree is None:
        return read_plain(html, url)
    page = Page(tree, url)
    text, found = _main_text(tree)
    return Reading(_article(page, text), _markup(found, url, text), metadata.address(page))


def read_plain(html: str, url: str) -> Reading:
    """The text between the tags, without looking at their structure: for a page that takes too much to parse."""
    return Reading(_article(Page(document_fromstring("<html></html>"), url), _stripped(html)))


def page_address(html: str) -> str | None:
    """The address that a saved page says it is of."""
    tree = _parse(html)
    return metadata.address(Page(tree, "")) if tree is not None else None


def _markup(found: str, url: str, text: str) -> str:
    """What the reader view shows of the HTML that holds the text; nothing where that would say clearly less."""
    tree = _parse(found) if len(found) <= MAX_MARKUP else None
    shown = clean(_unwrapped(tree), url) if tree is not None else ""
    return shown if _signs(unescape(TAG.sub("", shown))) >= LEAST_SHOWN * _signs(text) else ""


def _unwrapped(tree: HtmlElement) -> str:
    """The HTML of a page, in which elements that the reader view does not know give way to what they hold.

    A cleaner goes by the rules of browsers, for which the parts of formulas and drawings have no place outside of one:
    it would drop them with every word in them. The tree is changed.
    """
    etree.strip_tags(tree, *({element.tag for element in tree.iter(etree.Element)} - NAMED - WITHOUT_CONTENT))
    return etree.tostring(tree, encoding="unicode", method="html")


def _signs(text: str) -> int:
    """How many letters and other signs are seen of a text."""
    return len("".join(text.split()))


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
    if not html.strip():
        return None
    # Bytes with a named encoding: a page's own claim about its encoding no longer holds for a string, and a lone
    # surrogate would cut it off. huge_tree, since without it text nodes over 10 MB come out empty.
    parser = HTMLParser(huge_tree=True, encoding="utf-8")
    try:
        tree = document_fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser=parser)
        return None if TOO_DEEP(tree.getroottree()) else tree
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _main_text(tree: HtmlElement) -> tuple[str, str]:
    """The text and the markup that holds it; no markup where the whole page had to be taken."""
    markup = _readable(tree)
    found = _plain_text(BeautifulSoup(markup, "lxml"))
    if len(found.split()) >= FEWEST_WORDS:
        return found, markup
    whole = BeautifulSoup(etree.tostring(tree, encoding="unicode", method="html"), "lxml")
    for element in whole.find_all(NOT_PROSE):
        element.decompose()
    article = whole.find("article")
    return _plain_text(article if isinstance(article, Tag) else whole), ""


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
    lines = (one_line(line) for line in soup.get_text().splitlines())
    return "\n".join(line for line in lines if line)


def _stripped(html: str) -> str:
    lines = (one_line(unescape(line)) for line in TAG.sub("\n", _without_code(html)).splitlines())
    return "\n".join(line for line in lines if line)


def _without_code(html: str) -> str:
    """The page without what stands in scripts and styles; each tag is looked at once, also where none is closed."""
    kept, inside = [], ""
    parts = CODE.split(html)
    for text, closing, name in zip(parts[::3], ["", *parts[1::3]], ["", *parts[2::3]], strict=True):
        if closing and name.lower() == inside:
            inside = ""
        elif name and not closing:
            inside = inside or name.lower()
        if not inside:
            kept.append(text)
    return "\n".join(kept)
