"""The lines of an article written down: as plain text, and as HTML with their structure. Both say the same."""

from collections.abc import Iterable, Iterator, Sequence, Set
from html import escape
from itertools import groupby, pairwise

from lxml.html import HtmlElement

from companion.editorial.extraction.lines import SPACE, Container, Inline, Line, is_layout

# What a reader should see of how a text is built; everything else around a line is the layout of the page.
LISTS = frozenset("blockquote dd dl dt figcaption figure li ol pre ul".split())
TABLES = frozenset("caption table tbody td tfoot th thead tr".split())
CELLS = ("td", "th")
HEADINGS = {"h1": "h2", "summary": "h4"} | {name: name for name in ("h2", "h3", "h4", "h5", "h6")}
INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small strong sub sup time u var".split()
)
ATTRIBUTES = {
    "a": ("href",),
    "abbr": ("title",),
    "ol": ("start", "reversed"),
    "li": ("value",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
}
EVERYWHERE = ("dir", "lang")


def text_of(lines: Sequence[Line]) -> str:
    """The text, a line for each; the cells of a row stand on one."""
    layout = _layout_tables(lines)
    rows = groupby(lines, lambda line: _row(line, layout) or line)
    return "\n".join(" ".join(line.text for line in row) for _, row in rows)


def markup_of(lines: Sequence[Line], captions: Sequence[Line] = ()) -> str:
    """The same lines as HTML: headings, lists, quotations, tables, code and links. Captions stand where they stood."""
    layout = _layout_tables(lines)
    shown = sorted([*lines, *captions], key=lambda line: line.number)
    told = {line.container for line in captions}
    filled = {cell.element for line in shown if (cell := line.container.closest(*CELLS))}
    written: list[str] = []
    opened: list[Container] = []
    for container, run in groupby(shown, lambda line: line.container):
        around = _around(container, layout)
        same = _in_common(opened, around)
        written += [f"</{each.tag}>" for each in reversed(opened[same:])]
        written += [_opening(each, filled) for each in around[same:]]
        opened = around
        tag = "figcaption" if container in told else HEADINGS.get(container.tag, "p")
        written.append(_written(list(run), None if around and around[-1] is container else tag))
    return "".join([*written, *(f"</{each.tag}>" for each in reversed(opened))])


def _written(run: list[Line], tag: str | None) -> str:
    """The lines of one container, in elements with this tag; without one, the container itself is written already."""
    if tag is None:
        return "<br>".join(map(_inner, run))
    starts = [place for place, line in enumerate(run) if place == 0 or line.is_apart]
    paragraphs = [run[start:end] for start, end in pairwise([*starts, len(run)])]
    attributes = _attributes(run[0].container.element, tag)
    return "".join(f"<{tag}{attributes}>{'<br>'.join(map(_inner, each))}</{tag}>" for each in paragraphs)


def _row(line: Line, layout: Set[Container]) -> Container | None:
    table = line.container.table
    return None if table is None or table in layout else line.container.row


def _layout_tables(lines: Iterable[Line]) -> set[Container]:
    """The tables that lay out the page: by what they hold, or since they hold other tables."""
    held: dict[Container, list[Line]] = {}
    layout: set[Container] = set()
    for line in lines:
        if (table := line.container.table) is not None:
            held.setdefault(table, []).append(line)
            layout.update(each for each in table.chain() if each.tag == "table" and each is not table)
    return layout | {table for table, within in held.items() if is_layout(within)}


def _around(container: Container, layout: Set[Container]) -> list[Container]:
    """The containers that are shown around a line, the outermost first."""
    table = container.table
    shown = LISTS if table is None or table in layout else LISTS | TABLES
    return [each for each in container.chain() if each.tag in shown][::-1]


def _in_common(opened: Sequence[object], around: Sequence[object]) -> int:
    """How many elements, from the outermost on, stay open."""
    pairs = zip(opened, around, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one is not other), min(len(opened), len(around)))


def _opening(container: Container, filled: Set[HtmlElement]) -> str:
    tag = container.tag
    empty = "".join(_empty_cells(container.element, filled)) if tag in CELLS else ""
    return f"{empty}<{tag}{_attributes(container.element, tag)}>"


def _empty_cells(cell: HtmlElement, filled: Set[HtmlElement]) -> Iterator[str]:
    """The cells before this one in which nothing is said, so that it stands in its column."""
    for before in cell.itersiblings(*CELLS, preceding=True):
        if before in filled:
            return
        yield f"<{before.tag}{_attributes(before, before.tag)}></{before.tag}>"


def _attributes(element: HtmlElement, tag: str) -> str:
    names = (name for name in (*ATTRIBUTES.get(tag, ()), *EVERYWHERE) if element.get(name) is not None)
    return "".join(f' {name}="{escape(element.get(name))}"' for name in names)


def _inner(line: Line) -> str:
    """A line with the elements in it."""
    written: list[str] = []
    opened: list[Inline] = []
    is_code = line.container.tag == "pre"
    for text, inline in line.pieces:
        around = [each for each in inline.chain() if each.element.tag in INLINE] if inline else []
        same = _in_common(opened, around)
        written += [f"</{each.element.tag}>" for each in reversed(opened[same:])]
        written += [f"<{each.element.tag}{_attributes(each.element, each.element.tag)}>" for each in around[same:]]
        opened = around
        written.append(escape(_spaced(text, is_code), quote=False))
    return "".join([*written, *(f"</{each.element.tag}>" for each in reversed(opened))]).strip(
        None if not is_code else "\n"
    )


def _spaced(text: str, is_code: bool) -> str:
    text = text.replace("\u00ad", "")
    return text if is_code else SPACE.sub(" ", text)
