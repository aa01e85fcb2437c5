"""Which lines are the article, where the candidates agree and where they do not."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set

from companion.editorial.extraction.amounts import size
from companion.editorial.extraction.candidates import Candidates
from companion.editorial.extraction.lines import Container, Line, is_layout

# Where one candidate holds so much of the other one's words, it has found the same article, and may leave things out.
# .6 to .8 score alike; at .5 whole sections of pages in several parts are lost.
SAME = 0.7
# How far up from a line that both take those are looked for that one takes: its siblings, and theirs.
NEAR = 2
BUILT = ("table", "blockquote", "pre", "dl", "details", "li")
PROSE = ("p", "li", "pre", "blockquote", "dd")
# A paragraph has so many words, and is built like so many others, up to so far around it.
PARAGRAPH, ALIKE, DEPTH = 10, 3, 3


def choose(lines: Sequence[Line], found: Candidates) -> list[Line]:
    """The lines of the article: what both candidates take, and of what one takes that which belongs to it."""
    both = found.trafilatura & found.readability
    near = _near(lines, both)
    taken = set(both)
    if _hold(lines, both, found.trafilatura):
        taken |= {n for n in found.trafilatura if _is_near(lines[n], near)}
    else:
        taken |= found.trafilatura
    if _hold(lines, both, found.readability):
        # Boxes that trafilatura leaves out are seldom part of the article, paragraphs and lists often.
        taken |= {n for n in found.readability if lines[n].container.tag in PROSE and _is_near(lines[n], near)}
    else:
        taken |= found.readability
    taken |= _alike(lines, taken) | _built(lines, taken)
    taken = _with_whole_tables(lines, taken)
    taken |= _headings(lines, found.trafilatura | found.readability, taken)
    return [lines[number] for number in sorted(taken)]


def _hold(lines: Sequence[Line], both: Set[int], one: Set[int]) -> bool:
    """Whether what both take is most of what this one takes."""
    return size(lines[number] for number in both) >= SAME * size(lines[number] for number in one)


def _near(lines: Sequence[Line], both: Set[int]) -> set[Container | None]:
    near: set[Container | None] = set()
    for number in both:
        near.update(list(lines[number].container.chain())[1 : NEAR + 1])
    return near


def _is_near(line: Line, near: Set[Container | None]) -> bool:
    whole = line.container.closest("ul", "ol", "dl") or line.container
    return whole.parent in near and (line.container.tag == "pre" or line.container.closest("figure") is None)


def _alike(lines: Sequence[Line], taken: Set[int]) -> set[int]:
    """The paragraphs that nobody takes, and that are built like most of what is taken, in the same surroundings."""
    shapes = Counter(_shape(lines[number]) for number in taken)
    return {
        line.number
        for line in lines
        if line.number not in taken and line.size >= PARAGRAPH and line.links < 0.3 and shapes[_shape(line)] >= ALIKE
    }


def _built(lines: Sequence[Line], taken: Set[int]) -> set[int]:
    """The tables, quotations, code and lists in lists that stand between paragraphs that are taken.

    Small ones are often left out by both candidates; where they were boxes, they had a name or were full of links.
    """
    ends: dict[Container | None, tuple[int, int]] = {}
    for number in sorted(taken):
        for around in list(lines[number].container.chain())[1 : NEAR + 1]:
            ends[around] = (ends.get(around, (number, number))[0], number)
    return {line.number for line in lines if line.number not in taken and line.links < 0.3 and _is_built(line, ends)}


def _is_built(line: Line, ends: Mapping[Container | None, tuple[int, int]]) -> bool:
    """Whether a line stands in such an element that lies, as a whole, between two lines that are taken."""
    for container in line.container.chain():
        first, last = ends.get(container.parent, (line.number, line.number))
        is_framed = container.tag == "figure" and line.container.closest(*BUILT)
        if (container.tag in BUILT or is_framed) and first < line.number < last:
            return True
    return False


def _with_whole_tables(lines: Sequence[Line], taken: Set[int]) -> set[int]:
    """The same lines, with all of a table of which they have half, and nothing of one of which they have less.

    A table without its head or with half of its cells says something else than it did.
    """
    tables: dict[Container, list[Line]] = {}
    for line in lines:
        if line.container.table is not None:
            tables.setdefault(line.container.table, []).append(line)
    chosen = set(taken)
    for held in tables.values():
        if not is_layout(held):
            numbers = {line.number for line in held}
            has_half = size(line for line in held if line.number in taken) >= size(held) / 2
            chosen = chosen | numbers if has_half else chosen - numbers
    return chosen


def _shape(line: Line) -> tuple[object, ...]:
    around = list(line.container.chain())
    return (*((each.tag, each.names) for each in around[:DEPTH]), *around[DEPTH : DEPTH + 1])


def _headings(lines: Sequence[Line], candidates: Set[int], taken: Set[int]) -> set[int]:
    """Of these lines the headings right before what is taken; trafilatura drops some of them."""
    return {
        number
        for number in candidates - taken
        if number >= 0
        and lines[number].looks_like_heading
        and lines[number].container.tag != "h1"
        and taken & {number + 1, number + 2}
    }
