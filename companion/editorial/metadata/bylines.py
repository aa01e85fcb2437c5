"""The lines near the headline that say who wrote the article."""

import re
from collections.abc import Iterator, Set
from itertools import islice, takewhile
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from companion.editorial.metadata.names import AND, NO_NAME, is_person, people
from companion.editorial.metadata.page import MOST_ELEMENTS, Page
from companion.editorial.metadata.words import cleaned
from companion.editorial.metadata.written_dates import NUMBERS

# How a byline begins, and how it is marked: of 785 pages with a known author 610 name them in such a place.
SAID = re.compile(r"\s*(?:by|von|vom|door|par|por|di|(?:text|autor|autorin|author|auteur)\s*:)(?:\s|$)", re.IGNORECASE)
MARKED = re.compile(r"author|byline|autor|auteur|redakteur|writer|vcard|posted-?by|contributor", re.IGNORECASE)
MARKS = ("class", "rel", "itemprop", "id", "data-testid")
# Names of parts of a page in which others are named: commenters, and who wrote other articles.
ELSEWHERE = re.compile(
    r"""comment|kommentar|reactie|related|sidebar|widget-area|teaser|recommend|newsletter|menu|popular|trending|latest
    |promo(?!ted)|author[\w-]*(?:description|bio)|(?<!post-)(?<!entry-)(?<!article-)(?<!card-)footer""",
    re.IGNORECASE | re.VERBOSE,
)
OUTSIDE = frozenset("head script style nav form figure figcaption blockquote textarea".split())
# An article's own footer and margin name its author; the page's do not.
MARGINS, ARTICLES = frozenset(("aside", "footer")), frozenset(("article", "main"))

NAMES_IN: Any = etree.XPath(
    ".//*[@itemprop='name'] | .//*[@rel='author'] | .//a[contains(@href, '/author') or contains(@href, '/autor')"
    " or contains(@href, '/auteur') or contains(@href, '/people/') or contains(@href, '/person')]"
)
FIRST_PARAGRAPHS: Any = etree.XPath("following::p[position() <= 3][string(strong | b | em | i) = string(.)]")
# Characters of a line with names, and of one name.
LONGEST_LINE, LONGEST_NAME = 150, 40
# More are looked at nowhere: a page has a few lines for the article, and one for each teaser.
MOST_PLACES, MOST_TEXTS, MOST_BESIDE = 300, 60, 15


def author_places(page: Page) -> list[HtmlElement]:
    """The elements that may name the author, the likeliest first.

    These come after the headline, in the order of the page; above it there is mostly the site's navigation.
    """
    heading = page.heading
    around = {page.tree, *(heading.iterancestors() if heading is not None else page.tree.iter("body"))}
    elements = islice(page.tree.iter("*"), MOST_ELEMENTS)
    found = islice((element for element in elements if _is_place(element)), MOST_PLACES)
    places = [place for place in found if place.tag == "h1" or not _is_elsewhere(place, around)]
    start = next((index for index, place in enumerate(places) if place is heading), 0)
    return [place for place in (*places[start:], *places[:start][::-1]) if place.tag != "h1"]


def people_in(places: list[HtmlElement]) -> Iterator[list[str]]:
    """The people whom a place and those beside it name, for one place after the other."""
    for index, place in enumerate(places):
        if names := _names(place):
            beside = [other for other in places[index + 1 : index + MOST_BESIDE] if _is_beside(other, place)]
            yield list(dict.fromkeys([*names, *(name for other in beside for name in _names(other))]))


def signed(page: Page) -> list[str]:
    """The people whose names are all that one of the first paragraphs says, in bold or italics."""
    paragraphs = FIRST_PARAGRAPHS(page.heading) if page.heading is not None else []
    texts = (cleaned(paragraph.text_content()) for paragraph in paragraphs)
    named = (people(text) for text in texts if len(text) < LONGEST_NAME)
    return next((names for names in named if names and all(map(is_person, names))), [])


def nickname(places: list[HtmlElement]) -> list[str]:
    """The one word by which many blogs name who wrote, where a place has nothing else."""
    for place in places:
        texts = [cleaned(inner.text_content()) for inner in (*NAMES_IN(place)[:3], place)]
        names = [name for text in texts if len(text) < LONGEST_NAME for name in people(text)]
        words = [name for name in names if " " not in name and name.casefold() not in NUMBERS]
        if found := next((word for word in words if not NO_NAME.search(word)), None):
            return [found]
    return []


def _is_place(element: HtmlElement) -> bool:
    """Whether it is a heading of the first degree, or may name an author, by what it says or how it is marked."""
    text = element.text
    says = text is not None and len(text) < LONGEST_LINE and SAID.match(text)
    return bool(says) or element.tag == "h1" or any(MARKED.search(element.get(mark) or "") for mark in MARKS)


def _is_elsewhere(place: HtmlElement, around: Set[HtmlElement]) -> bool:
    """Whether it stands in a comment, a list of other articles, a caption, or where no reader sees it.

    What is `around` the headline too is not asked: whole pages are called after the sidebar that they have.
    """
    within = list(takewhile(lambda element: element not in around, (place, *place.iterancestors())))
    tags = {element.tag for element in within}
    is_beside = bool(tags & MARGINS) and not ARTICLES & (tags | {element.tag for element in around})
    marks = (f"{element.get('class') or ''} {element.get('id') or ''}" for element in within)
    return place in around or is_beside or bool(tags & OUTSIDE) or any(map(ELSEWHERE.search, marks))


def _is_beside(other: HtmlElement, place: HtmlElement) -> bool:
    parent = place.getparent()
    return other.getparent() is parent or other.getparent().getparent() is parent.getparent()


def _names(place: HtmlElement) -> list[str]:
    for texts in _texts(place):
        named = (name for text in texts if len(text) <= LONGEST_LINE for name in people(text))
        if found := [name for name in named if is_person(name)]:
            return found
    return []


def _texts(place: HtmlElement) -> Iterator[list[str]]:
    """What may be the names in a place: what is marked in it as one, else its pieces of text one by one."""
    texts = [text for text in islice(map(cleaned, place.itertext()), MOST_TEXTS) if text]
    if len(texts) < MOST_TEXTS:
        yield [cleaned(inner.text_content()) for inner in NAMES_IN(place)[:MOST_BESIDE]]
        yield _first_names(texts) if sum(map(len, texts)) <= LONGEST_LINE else []
        yield [" ".join(texts)]
    yield [cleaned(place.text)]


def _first_names(texts: list[str]) -> list[str]:
    """The texts from the first name up to where something else follows."""
    found: list[str] = []
    for text in texts:
        if any(map(is_person, people(text))):
            found.append(text)
        elif found and len(text) > 2 and not AND.fullmatch(f" {text} "):
            break
    return found
