"""What two well-kept libraries take for the article, told by the lines of the page.

They judge in different ways, and seldom err in the same place: trafilatura by rules for each kind of element,
readability-lxml by the weight of the paragraphs in each container. What both take is the article for 97 of 100 words
on 73 news pages of 2023-26; a third one, resiliparse, changed F1 by less than .001 beside these two.
"""

import logging
from collections.abc import Callable, Collection
from copy import deepcopy
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from companion.editorial.extraction.amounts import WINDOW, windows
from companion.editorial.extraction.lines import WORD, Container, Line, lines_of
from companion.editorial.extraction.parsing import lean_copy, without_empty

# Words in a row of a table; more stand in the columns of a layout.
LONGEST_ROW = 60
# Signs of a line with fewer words that is still its own, as in scripts that do not part words.
TELLING = 12
# With more elements each candidate takes a second, on a slow laptop two: one is asked then, and beyond that none.
MANY_ELEMENTS, TOO_MANY_ELEMENTS = 20_000, 40_000


class Candidates(NamedTuple):
    """The numbers of the lines that each library takes for the article."""

    trafilatura: frozenset[int]
    readability: frozenset[int]


def candidates(tree: HtmlElement, lines: Collection[Line]) -> Candidates:
    """What the libraries take for the article in the tree that these are the lines of."""
    lean = lean_copy(tree)
    elements = sum(1 for _ in lean.iter())
    if elements > TOO_MANY_ELEMENTS:
        return Candidates(frozenset(), frozenset())
    weighed = _known_again(lines, _by_readability(without_empty(deepcopy(lean))))
    if elements > MANY_ELEMENTS:
        return Candidates(weighed, weighed)
    return Candidates(_known_again(lines, _by_trafilatura(lean)), weighed)


def _by_trafilatura(tree: HtmlElement) -> list[str]:
    from trafilatura import bare_extraction  # 130 ms at import: not before the first capture
    from trafilatura.settings import Document

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # fast leaves out its own look at what readability finds: that is here beside it.
    found = bare_extraction(tree, fast=True, with_metadata=False, include_comments=False)
    return (found.text or "").splitlines() if isinstance(found, Document) else []


def _by_readability(tree: HtmlElement) -> list[str]:
    from readability import Document  # 280 ms at import
    from readability.readability import Unparseable

    # It tells every candidate it weighs; that would put article text into the log.
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        found = document_fromstring(Document(tree).summary())
    except (Unparseable, ValueError, IndexError, etree.ParserError):
        return []
    return [line.text for line in lines_of(found)]


def _known_again(lines: Collection[Line], found: list[str]) -> frozenset[int]:
    """The numbers of the lines that stand in what was found. A cell of a few words is known by its row."""
    is_in = _search(found)
    rows = _rows(lines)
    known = {row: is_in(tuple(words), "") for row, words in rows.items() if WINDOW <= len(words) <= LONGEST_ROW}
    return frozenset(
        line.number
        for line in lines
        if (known.get(line.container.row) if len(line.words) < WINDOW else None) or is_in(line.words, line.text)
    )


def _rows(lines: Collection[Line]) -> dict[Container | None, list[str]]:
    rows: dict[Container | None, list[str]] = {}
    for line in lines:
        if row := line.container.row:
            rows.setdefault(row, []).extend(line.words)
    return rows


def _search(found: list[str]) -> Callable[[tuple[str, ...], str], bool]:
    """A test whether most of a line, or all of a short one, stands in the lines that were found."""
    each_words = [tuple(WORD.findall(text)) for text in found]
    wholes = set(each_words)
    whole = [word for words in each_words for word in words]
    flat = " ".join(whole)
    known: set[tuple[str, ...]] = set()

    def is_in(words: tuple[str, ...], text: str) -> bool:
        if words in wholes:
            return True
        if len(words) < WINDOW:
            return len(text) >= TELLING and " ".join(words) in flat
        if not known:  # Most lines are found as they are; of a book these would be many.
            known.update(windows(whole))
        own = windows(words)
        return sum(window in known for window in own) >= len(own) / 2

    return is_in
