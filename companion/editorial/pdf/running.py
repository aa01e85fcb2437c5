"""What leads through a document and is no text of it: running heads and feet, page numbers, a table of contents.

And footnotes, which are put last.
"""

import math
import re
from collections import Counter

from companion.editorial.metadata.words import key
from companion.editorial.pdf.lines import Line

# So many lines at the top and at the foot of a page are looked at.
EDGE = 2
# Our choice: left and right pages may differ, and first pages of chapters have none.
SHARE_OF_PAGES = 0.3
# Points by which the place of a running head may differ.
GRID = 6
PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|pagina|pag|seite|p|blz)\b\.?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|\||of|van|von|sur|de)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
LEADERS = re.compile(r"(?:\.\s?){5,}\W*(?:\d+|[ivxl]+)?$")
FOOTNOTE = re.compile(r"^(?:\d{1,3}\b|[*†‡§¹²³⁴⁵⁶⁷⁸⁹])")
# A footnote's letters beside those of the text.
SMALL = 0.92


def without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages' lines without what is repeated at the same place of many pages, and what only holds page numbers."""
    edges = [_edges(lines) for lines in pages]
    counted = Counter(place for lines in edges for place in {_place(line) for line in lines if key(line.text)})
    needed = max(2, math.ceil(SHARE_OF_PAGES * len(pages)))
    repeated = {place for place, count in counted.items() if count >= needed and place[0]}
    return [
        [line for line in lines if not LEADERS.search(line.text) and not _is_running(line, edge, repeated)]
        for lines, edge in zip(pages, edges, strict=True)
    ]


def footnotes_last(pages: list[list[Line]], height: float) -> tuple[list[Line], list[Line]]:
    """All lines of the text, whose letters have this height; and those of the notes at the foot of the pages."""
    text, notes = [], []
    for lines in pages:
        start = len(lines)
        while start and lines[start - 1].height < SMALL * height:
            start -= 1
        while start < len(lines) and not FOOTNOTE.match(lines[start].text):
            start += 1
        text += lines[:start]
        notes += lines[start:]
    return text, notes


def _edges(lines: list[Line]) -> list[Line]:
    """The highest and the lowest lines."""
    sorted_lines = sorted(lines, key=lambda line: -line.bottom)
    return sorted_lines[:EDGE] + sorted_lines[EDGE:][-EDGE:]


def _place(line: Line) -> tuple[str, int]:
    """What it says, but for numbers, and how high it stands."""
    return key(re.sub(r"\d+", "", line.text)), round(line.bottom / GRID)


def _is_running(line: Line, edge: list[Line], repeated: set[tuple[str, int]]) -> bool:
    if line not in edge:
        return False
    words, row = _place(line)
    if any((words, near) in repeated for near in (row - 1, row, row + 1)):
        return True
    is_outermost = line in (edge[0], edge[-1])
    return is_outermost and bool(PAGE_NUMBER.fullmatch(line.text))
