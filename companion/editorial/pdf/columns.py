"""The order in which lines are read. Most programs write column after column; some write row after row."""

from collections.abc import Iterator
from itertools import pairwise

from companion.editorial.pdf.lines import Line

# Our choice: fewer lines are no column, and a table changes sides as often as a page that is written in rows.
FEWEST_LINES = 6
# Share of the page's width by which a line may reach over its middle.
OVERLAP = 0.02


def in_order(lines: list[Line]) -> list[Line]:
    """A page's lines in reading order, with the parts of each row put together where they are no columns."""
    sides = _sides(lines)
    left, right = sides.count("left"), sides.count("right")
    changes = sum({one, other} == {"left", "right"} for one, other in pairwise(sides))
    if min(left, right) >= FEWEST_LINES and changes >= max(left, right):
        return list(_by_columns(lines, sides))
    return _rows(lines)


def _sides(lines: list[Line]) -> list[str]:
    """On which side of the page's middle each line stands; "" for one that crosses it."""
    if not lines:
        return []
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    middle, slack = (start + end) / 2, OVERLAP * (end - start)
    return [_side(line, middle, slack) for line in lines]


def _side(line: Line, middle: float, slack: float) -> str:
    if line.right <= middle + slack:
        return "left"
    return "right" if line.left >= middle - slack else ""


def _by_columns(lines: list[Line], sides: list[str]) -> Iterator[Line]:
    """From the top: the left column down to the next line across the page, then the right one."""
    columns: dict[str, list[Line]] = {"left": [], "right": []}
    for line, side in sorted(zip(lines, sides, strict=True), key=lambda entry: -entry[0].bottom):
        if side:
            columns[side].append(line)
            continue
        yield from columns["left"] + columns["right"]
        columns = {"left": [], "right": []}
        yield line
    yield from columns["left"] + columns["right"]


def _rows(lines: list[Line]) -> list[Line]:
    rows: list[Line] = []
    for line in lines:
        if rows and rows[-1].is_beside(line):
            rows[-1] = rows[-1].with_beside(line)
        else:
            rows.append(line)
    return rows
