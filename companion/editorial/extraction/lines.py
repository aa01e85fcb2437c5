"""The lines of a page: each stretch of text that is read in one go, with the elements that it stands in."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from companion.editorial.extraction.parsing import is_hidden

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# Elements that begin a line of their own; so do those that a site has named itself.
BLOCKS = HEADINGS | frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset header hgroup hr html legend li listing main menu nav noframes ol optgroup p plaintext pre
    search section summary table tbody td template tfoot th thead tr ul xmp
    """.split()
)
OWN_INLINE = frozenset({"amp-img", "g-emoji"})
# Their words are for finding one's way or for pressing.
SKIPPED = frozenset("head title meta nav dialog button option meter progress".split())
BOLD = ("b", "strong")
LONGEST_HEADING = 15
# A cell with more words is a column of the page's layout.
MOST_IN_A_CELL = 80
WORD = re.compile(r"\w+")
NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
SPACE = re.compile(r"\s+")
# Signs to a word, where words are not parted by spaces.
SIGNS_TO_A_WORD = 8


class Inline(NamedTuple):
    """An element within a line, and the one around it."""

    element: HtmlElement
    outer: "Inline | None"

    def chain(self) -> "list[Inline]":
        """This element and those around it, the outermost first."""
        found = [self]
        while (outer := found[-1].outer) is not None:
            found.append(outer)
        return found[::-1]


class Container:
    """An element that holds lines or other containers, such as a paragraph, a list or a section."""

    def __init__(self, element: HtmlElement, parent: "Container | None") -> None:
        self.element, self.parent = element, parent
        self.tag: str = element.tag
        self.in_link: bool = self.tag == "a" or (parent is not None and parent.in_link)
        self.is_hidden: bool = is_hidden(element) or (parent is not None and parent.is_hidden)
        self.is_heading = self.tag in HEADINGS
        self.row: Container | None = self if self.tag == "tr" else parent and parent.row
        self.table: Container | None = self if self.tag == "table" else parent and parent.table

    @cached_property
    def names(self) -> frozenset[str]:
        """The words in its class and id: `relatedArticles box-2` is related, articles, box."""
        said = f"{self.element.get('class') or ''} {self.element.get('id') or ''}"
        return frozenset(name.lower() for name in NAME.findall(said[:500]))

    def chain(self) -> "Iterator[Container]":
        """This container and those around it, the innermost first."""
        container: Container | None = self
        while container is not None:
            yield container
            container = container.parent

    def closest(self, *tags: str) -> "Container | None":
        """The innermost container with one of these tags, this one included."""
        return next((container for container in self.chain() if container.tag in tags), None)


class Place(NamedTuple):
    """Where text stands: in which container, and in which elements of its line."""

    container: Container | None
    inline: Inline | None


class Piece(NamedTuple):
    """Some text and the inline elements around it."""

    text: str
    inline: Inline | None


class Line:
    """A stretch of text. `links` is the share of it that stands in links, from 0 to 1.

    `is_apart` where more than a single line break stands before it.
    """

    def __init__(self, number: int, container: Container, pieces: list[Piece], text: str, is_apart: bool) -> None:
        self.number, self.container, self.pieces, self.text = number, container, pieces, text
        self.is_apart = is_apart
        self.links = 1.0 if container.in_link else min(1.0, _linked(pieces) / len(text))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of it, in order."""
        return tuple(WORD.findall(self.text))

    @cached_property
    def size(self) -> int:
        """How many words it has; for scripts that do not part words, how many there may be."""
        return max(len(self.words), len(self.text) // SIGNS_TO_A_WORD)

    @cached_property
    def looks_like_heading(self) -> bool:
        """Whether it stands over what follows: as a heading, or as a few words that are all bold."""
        bold = (
            piece.inline and any(each.element.tag in BOLD for each in piece.inline.chain()) for piece in self.pieces
        )
        return self.container.is_heading or (
            self.size < LONGEST_HEADING
            and not self.text.endswith((".", ","))
            and all(is_bold or not piece.text.strip() for piece, is_bold in zip(self.pieces, bold, strict=True))
        )

    @cached_property
    def key(self) -> str:
        """The words alone: equal for lines that differ in typography."""
        return key_of(self.text)


def key_of(text: str) -> str:
    """The words of a text alone."""
    return " ".join(WORD.findall(text)).casefold()


def lines_of(tree: HtmlElement) -> list[Line]:
    """The lines of a tree in their order, in which each element is looked at once."""
    return _Walk(tree).lines


def is_layout(lines: Collection[Line]) -> bool:
    """Whether the table that directly holds these lines lays out the page: by much text in a cell, or one column."""
    words: Counter[Container | None] = Counter()
    rows: set[Container | None] = set()
    for line in lines:
        words[line.container.closest("td", "th")] += line.size
        rows.add(line.container.row)
    return len(words) <= len(rows) or max(words.values()) > MOST_IN_A_CELL


def renumbered(lines: list[Line]) -> list[Line]:
    """These lines, with the numbers of their places among each other."""
    for number, line in enumerate(lines):
        line.number = number
    return lines


class _Walk:
    """A walk through a tree that gathers its lines; without recursion, since unclosed tags make trees deep."""

    def __init__(self, tree: HtmlElement) -> None:
        self.lines: list[Line] = []
        self._with_blocks = _with_blocks(tree)
        self._pieces: list[Piece] = []
        self._container: Container | None = None
        self._breaks = 0
        self._walk(tree)
        self._end()

    def _walk(self, tree: HtmlElement) -> None:
        # Where each of the elements that are open lets its text stand; None in those that are skipped.
        places: list[Place | None] = [Place(None, None)]
        events = etree.iterwalk(tree, events=("start", "end"))
        for event, element in events:
            if event == "start":
                place = places[-1] and self._enter(element, places[-1])
                places.append(place)
                if place:
                    self._text(element.text, place)
            else:
                place = places.pop()
                if place and place.container is not None and place.container.element is element:
                    self._end()
                if places[-1] and element is not tree:
                    self._text(element.tail, places[-1])

    def _enter(self, element: HtmlElement, place: Place) -> Place | None:
        """Where the text in an element stands that itself stands in this place."""
        container, tag = place.container, element.tag
        if tag == "br":
            self._line_break(place)
            return place
        if tag in SKIPPED and not (container and container.is_heading):
            return None
        begins = _begins_line(tag) or element in self._with_blocks
        if container is not None and container.tag == "pre":
            # In preformatted text a line break is part of it; some give each of its lines an element.
            if begins and self._pieces and not self._pieces[-1].text.endswith("\n"):
                self._text("\n", place)
            return Place(container, Inline(element, place.inline))
        if container is None or begins:
            self._end()
            return Place(Container(element, container), None)
        return None if is_hidden(element) else Place(container, Inline(element, place.inline))

    def _text(self, text: str | None, place: Place) -> None:
        if text:
            self._container = place.container
            self._pieces.append(Piece(text, place.inline))

    def _line_break(self, place: Place) -> None:
        if place.container is not None and place.container.tag == "pre":
            self._text("\n", place)
        else:
            self._end()
            self._breaks += 1

    def _end(self) -> None:
        """End the line, if one was begun."""
        if not self._pieces:
            return
        container = self._container
        said = "".join(piece.text for piece in self._pieces).replace("\u00ad", "")
        if container is not None and (text := _preformatted(said) if container.tag == "pre" else _flowing(said)):
            self.lines.append(Line(len(self.lines), container, self._pieces, text, self._breaks != 1))
            self._breaks = 0
        self._pieces = []


def _begins_line(tag: str) -> bool:
    return tag in BLOCKS or ("-" in tag and tag not in OWN_INLINE)


def _with_blocks(tree: HtmlElement) -> set[HtmlElement]:
    """The inline elements that hold what begins a line, as in a link around a whole card."""
    found: set[HtmlElement] = set()
    for element in tree.iter():
        if not _begins_line(element.tag):
            continue
        around = element.getparent()
        while around is not None and not _begins_line(around.tag) and around not in found:
            found.add(around)
            around = around.getparent()
    return found


def _flowing(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def _preformatted(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def _linked(pieces: list[Piece]) -> int:
    """How many signs stand in links."""
    return sum(len(piece.text.strip()) for piece in pieces if piece.inline and _is_linked(piece.inline))


def _is_linked(inline: Inline) -> bool:
    return any(around.element.tag == "a" for around in inline.chain())
