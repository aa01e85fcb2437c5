"""From lines to headings, paragraphs and entries of lists."""

import re
from collections import Counter
from itertools import pairwise

from companion.editorial.blocks import Block
from companion.editorial.pdf.hyphens import joined, words_of
from companion.editorial.pdf.lines import Line

# Letters that differ less in height are of one size: fonts differ in the room that they take.
SAME = 0.08
# Our choice: a heading's letters are so much higher than those of the text.
LARGER = 1.12
# Lines further apart than so many times the usual distance belong to two paragraphs.
FAR = 1.3
# Of a letter's height: an indent, and how broad a letter is.
INDENT, BREADTH = 0.6, 0.5
# Of a line's length: so much room at its end is left on purpose, in an address or a poem.
SHORT = 0.3
LONGEST_HEADING = 160
BULLET = re.compile(r"^[•◦▪‣●○■□–—*·o\uf0b7\uf0a7]\s+(?=\S)")
HANGING = re.compile(r"^(?:\[\d+\]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S")
SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")


def usual_height(lines: list[Line]) -> float:
    """How high most letters are."""
    heights = Counter[float]()
    for line in lines:
        heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 1.0


def blocks_of(lines: list[Line], height: float) -> list[Block]:
    """The lines, in reading order, as blocks; `height` is that of the text's letters."""
    distance = _usual_distance(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, distance):
            groups[-1].append(line)
        else:
            groups.append([line])
    known = words_of([line.text for line in lines])
    largest = max((group[0].height for group in groups if _is_large(group, height)), default=0)
    return [Block(_tag(group, height, largest), _text(group, known)) for group in groups]


def _usual_distance(lines: list[Line]) -> float:
    """From line to line, in heights of a letter."""
    distances = Counter(
        round((line.bottom - following.bottom) / line.height, 1)
        for line, following in pairwise(lines)
        if _is_below(line, following) and _is_alike(line, following)
    )
    return distances.most_common(1)[0][0] if distances else 1.2


def _goes_on(group: list[Line], line: Line, distance: float) -> bool:
    """Whether a line belongs to the paragraph before it."""
    last = group[-1]
    if not _is_alike(last, line) or BULLET.match(line.text) or HANGING.match(line.text):
        return False
    if not _is_below(last, line):
        # On the next page, or in the next column.
        return not SENTENCE_END.search(last.text) and (line.text[0].islower() or last.text.endswith("-"))
    if last.bottom - line.bottom > FAR * distance * last.height:
        return False
    return last.text.endswith("-") or not (_is_indented(group, line) or _ends_early(group, line))


def _is_alike(one: Line, other: Line) -> bool:
    return abs(one.height - other.height) <= SAME * one.height and one.is_bold == other.is_bold


def _is_below(line: Line, following: Line) -> bool:
    overlap = min(line.right, following.right) > max(line.left, following.left)
    return line.page == following.page and following.bottom < line.bottom and overlap


def _is_indented(group: list[Line], line: Line) -> bool:
    """Whether it starts further in than the paragraph; an entry of a list starts further out than its other lines."""
    step = line.left - group[-1].left
    if _is_entry(group):
        return step < -INDENT * line.height if len(group) > 1 else step < INDENT * line.height / 2
    return step > INDENT * line.height


def _is_entry(group: list[Line]) -> bool:
    return bool(BULLET.match(group[0].text) or HANGING.match(group[0].text))


def _ends_early(group: list[Line], line: Line) -> bool:
    """Whether the next word had room on the last line: then a sentence that ends there ends the paragraph."""
    last, edge = group[-1], max(each.right for each in [*group, line])
    room = edge - last.right
    needed = (len(line.text.split(" ", 1)[0]) + 2) * BREADTH * line.height
    return room > needed and (bool(SENTENCE_END.search(last.text)) or room > SHORT * (edge - last.left))


def _is_large(group: list[Line], height: float) -> bool:
    return group[0].height >= LARGER * height and sum(len(line.text) for line in group) <= LONGEST_HEADING


def _tag(group: list[Line], height: float, largest: float) -> str:
    if BULLET.match(group[0].text):
        return "li"
    if _is_large(group, height):
        return "h2" if group[0].height >= (1 - SAME) * largest else "h3"
    text = group[-1].text
    stands_out = all(line.is_bold for line in group) and sum(len(line.text) for line in group) <= LONGEST_HEADING
    return "h3" if stands_out and not re.search(r"[.,;:]$", text) and any(map(str.isalpha, text)) else "p"


def _text(group: list[Line], known: set[str]) -> str:
    text = BULLET.sub("", group[0].text)
    for line in group[1:]:
        text = joined(text, line.text, known)
    return text
