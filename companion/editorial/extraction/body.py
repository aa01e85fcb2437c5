"""The lines of a page that are its article."""

from collections.abc import Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from companion.editorial import metadata
from companion.editorial.extraction.amounts import prose, size
from companion.editorial.extraction.candidates import candidates
from companion.editorial.extraction.choice import choose
from companion.editorial.extraction.labels import is_caption
from companion.editorial.extraction.lead import lead
from companion.editorial.extraction.lines import Line, key_of, lines_of, renumbered
from companion.editorial.extraction.parsing import SEEN, drop, is_hidden, text_tree
from companion.editorial.extraction.trimming import Surroundings, trim
from companion.editorial.marks import MARK
from companion.editorial.metadata import Page
from companion.editorial.metadata.linked_data import first_text
from companion.editorial.metadata.titles import title_parts

# Our choice: less than this, and no sentence that both candidates take, is taken for a label or a notice, and the whole
# page is looked at instead.
FEWEST_WORDS = 25
# Our choice: with so much prose that is seen, what is hidden is no part of the article, such as a consent wall.
ENOUGH_PROSE = 150
APART = ("header", "footer", "aside", "form")


class Body(NamedTuple):
    """The lines of the article, and the captions that stand among them; `is_sure` unless all of the page was taken."""

    lines: list[Line]
    captions: list[Line]
    is_sure: bool


def article_body(page: Page, title: str) -> Body:
    """The article in the page with this title; without any lines where the page has no text."""
    tree = text_tree(page.tree)
    lines = _seen(tree)
    found = candidates(tree, lines)
    titles = _titles(page, title)
    kept = trim(choose(lines, found), Surroundings(titles, found.readability))
    both = found.trafilatura & found.readability
    agreed = [line for line in kept if line.number in both]
    is_sure = size(kept) >= FEWEST_WORDS or prose(agreed) > 0
    kept = [*lead(page, lines, kept, titles), *kept] if is_sure else max(kept, _whole(lines), key=size)
    return Body(kept, _captions(lines, kept), is_sure)


def _seen(tree: HtmlElement) -> list[Line]:
    """The lines that are not hidden; the hidden elements leave the tree too, so that no candidate takes them.

    Some pages hide the article until their scripts show it: then all lines count. Where the extension saw the page,
    they had done so, and what is hidden has to be twice as much as the rest.
    """
    lines = lines_of(tree)
    seen = [line for line in lines if not line.container.is_hidden]
    hidden = (prose(lines) - prose(seen)) / (2 if tree.get(MARK) == SEEN else 1)
    if len(seen) == len(lines) or prose(seen) < min(ENOUGH_PROSE, hidden):
        return lines
    drop(tree, [element for element in tree.iter() if is_hidden(element)])
    return renumbered(seen)


def _titles(page: Page, title: str) -> frozenset[str]:
    """The keys of the titles that the page gives itself. That of a post is its first line."""
    if metadata.kind(page, 0) == "post":
        return frozenset()
    shared = [text for name in ("og:title", "twitter:title") for text in page.meta.get(name, ())]
    titled = page.tree.findtext(".//title") or ""
    stated = first_text(page.main_thing.get("headline"))
    texts = [*shared, stated, titled, title_parts(titled)[0], title]
    return frozenset(key for text in texts if (key := key_of(text)))


def _whole(lines: Sequence[Line]) -> list[Line]:
    """What may be read where nobody finds an article: what stands in article elements, else anything."""
    within = [line for line in lines if line.container.closest("article")]
    beside = [line for line in lines if not line.container.closest(*APART)]
    return within or beside or list(lines)


def _captions(lines: Sequence[Line], kept: Sequence[Line]) -> list[Line]:
    if not kept:
        return []
    numbers = {line.number for line in kept}
    among = lines[kept[0].number : kept[-1].number]
    return [line for line in among if line.number not in numbers and is_caption(line)]
