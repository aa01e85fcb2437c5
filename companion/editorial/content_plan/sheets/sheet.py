"""The lines of a content plan that came back as a sheet: what each of them says, and what cannot be read of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.cells import (
    EDITABLE,
    OF_ARTICLE,
    Words,
    plain,
    read_cell,
    text_of,
    values_of,
)
from companion.editorial.content_plan.sheets.dates import Order, Unclear, order_of
from companion.editorial.content_plan.sheets.letters import is_left_of, may_have_lost, saved_in, table_in

# By id the line that stands in the plan now.
Rows = Mapping[str, PlanRow]
# A sheet as the reader of files gives it: its name, headers, and rows of cells by header.
Sheet = Mapping[str, Any]


@dataclass(frozen=True)
class SheetLine:
    """One line: where it stands, what its cells say by field, and by header the fault of those that say nothing sure.

    `id` is empty for a line that somebody added. `of_article` is what it shows of the article, by header.
    """

    sheet: str
    number: int
    id: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    of_article: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A name for the line that no other line of the file has."""
        return f"{self.number}@{self.sheet}"


def ids_in(sheets: Iterable[Sheet]) -> set[str]:
    """The ids that the lines name."""
    return {row_id for sheet in sheets for _, cells in sheet["rows"] if (row_id := _id(cells))}


@dataclass(frozen=True)
class _Reading:
    """What holds for all lines of a file: the order of its days, the letters it was saved in, the words in its cells,
    the names that are known, and the lines of the plan."""

    order: Order | None
    letters: str
    words: Words
    names: Collection[str]
    rows: Rows


def read_lines(sheets: Iterable[Sheet], rows: Rows, words: Words, letters: str = "") -> list[SheetLine]:
    """What the sheets say, line by line; lines without anything in them are left out.

    Of two lines with one id that say the same the second is left out; where they say different things, both have a
    fault. `letters` names those of a file that was not saved in all there are.
    """
    sheets, told = list(sheets), letters
    letters = saved_in(letters, _texts(sheets, rows))
    if letters != told:
        sheets = [table_in(letters, sheet) for sheet in sheets]
    names = {name for row in rows.values() for name in row.people}
    reading = _Reading(order_of(_days(sheets, rows)), letters, words, names, rows)
    read = [_read(sheet, number, cells, reading) for sheet, number, cells in _cells(sheets)]
    return list(_once([line for line in read if line.id or line.values or line.of_article or line.faults]))


def _cells(sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, int, Mapping[str, Any]]]:
    for sheet in sheets:
        for number, cells in sheet["rows"]:
            yield sheet, number, cells


def _id(cells: Mapping[str, Any]) -> str:
    try:
        return text_of(cells.get("Id"))
    except Unclear:
        return ""


def _days(sheets: Iterable[Sheet], rows: Rows) -> Iterator[tuple[str, str]]:
    for _, _, cells in _cells(sheets):
        row, cell = rows.get(_id(cells)), cells.get("Date")
        if isinstance(cell, str):
            yield cell.strip(), row.day.isoformat() if row and row.day else ""


def _texts(sheets: Iterable[Sheet], rows: Rows) -> Iterator[tuple[str, str]]:
    """The cells of texts, and what their lines say there now."""
    for _, _, cells in _cells(sheets):
        if row := rows.get(_id(cells)):
            for header in ("Title", "Topic", "Commentary"):
                yield _shown(cells.get(header)), plain(getattr(row, header.lower()))


def _read(sheet: Sheet, number: int, cells: Mapping[str, Any], reading: _Reading) -> SheetLine:
    row_id, row = _id(cells), reading.rows.get(_id(cells))
    line = SheetLine(sheet["name"], number, row_id)
    if "fault" in (cells["Id"] if isinstance(cells.get("Id"), Mapping) else ()):
        return replace(line, faults={"Id": "formula"})
    now = values_of(row) if row else {}
    values, faults = {}, {}
    for header in [header for header in EDITABLE if header in (sheet["headers"] if row_id else cells)]:
        name = EDITABLE[header]
        try:
            values[name] = _read_cell(name, cells.get(header), now.get(name), reading)
        except Unclear as unclear:
            if not _is_its_text(cells[header], now.get(name)):
                faults[header] = unclear.fault
    return replace(line, values=values, of_article=_of_article(cells, row, reading.letters), faults=faults)


def _read_cell(name: str, cell: Any, now: Any, reading: _Reading) -> Any:
    """What the cell says; where it is what the file's letters left of what the line says now, that."""
    value = read_cell(name, cell, reading.order, reading.words, reading.names)
    if not reading.letters or value == now:
        return value
    if is_left_of(value, now, reading.letters):
        return now
    if may_have_lost(value, now, reading.letters):
        raise Unclear("letters")
    return value


def _of_article(cells: Mapping[str, Any], row: PlanRow | None, letters: str) -> dict[str, str]:
    shown = {header: text for header in OF_ARTICLE if header in cells and (text := _shown(cells[header]))}
    if row is None or not letters:
        return shown
    now = {header: plain(getattr(row, name)) for header, name in OF_ARTICLE.items()}
    return {header: now[header] if is_left_of(text, now[header], letters) else text for header, text in shown.items()}


def _is_its_text(cell: Any, now: Any) -> bool:
    """Whether what reads as an error is what the line says, to the letter."""
    return isinstance(cell, Mapping) and isinstance(now, str) and plain(str(cell.get("fault", ""))) == now != ""


def _shown(cell: Any) -> str:
    try:
        return text_of(cell)
    except Unclear:
        return ""


def _once(lines: list[SheetLine]) -> Iterator[SheetLine]:
    by_id: dict[str, list[SheetLine]] = {}
    for line in lines:
        by_id.setdefault(line.id or line.key, []).append(line)
    for same in by_id.values():
        first, *others = same
        if all((other.values, other.faults) == (first.values, first.faults) for other in others):
            yield first
        else:
            yield from (replace(line, values={}, faults={"Id": "twice"}) for line in same)
