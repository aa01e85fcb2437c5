"""The content plan as a workbook: a sheet per month, to be worked in and brought back."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.cells import fit
from companion.editorial.content_plan.sheets.columns import EXPORT_PROPERTY, HEADERS, MORE_HEADERS
from companion.editorial.content_plan.sheets.exported import export_id
from companion.editorial.printable import printable
from companion.exports.plan import MONTHS, Format, Plan, Say, hashtag_line, people_line, spoken, unchanged
from companion.exports.workbook_columns import COLUMNS, formats, rules

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Below the lines there is room for new ones, with the same drop-downs.
ROOM = 50
# Excel makes no more links of a sheet, and none of an address beyond some 2,080 characters.
MOST_LINKS, LONGEST_LINK = 65_530, 2_000
# What the library is sure to write as it is; all else may become three characters.
_IN_ADDRESSES = "/:?#@!$&'()*+,;="
HEADER_HEIGHT = 32
# Of one line, and the most that a row may have, in points.
LINE_HEIGHT, MOST_HEIGHT = 15, 409
A4 = 9
# What is made for the posts stands behind it, and would make the rest too small to read on paper.
LAST_PRINTED = HEADERS.index("Status")


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """A sheet for each month that has a line, with the month of the first day where none has, then what waits.

    Dates and times are real ones, texts are never formulas, and the fixed words stand in the user's language with a
    drop-down. The same plan gives the same bytes.
    """
    from xlsxwriter import Workbook  # 30 ms, so only where a workbook is asked for

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": say("Content plan"), "created": _naive(plan.generated_at)})
        book.set_custom_property(EXPORT_PROPERTY, export_id(plan.rows), "text")
        looks, ruled = formats(book), rules([row.channel for row in plan.rows] + [*plan.channels], say)
        for name, rows in _sheets(plan, say).items():
            _Sheet(book, name, looks, say).fill(rows, ruled)
    return _adaptable(content)


def _adaptable(content: io.BytesIO) -> bytes:
    """The workbook with heights that each line has for now: Excel finds them anew where somebody writes more in a cell.

    The library marks every height as the user's own, which would stay; and without any LibreOffice makes all lines low.
    """
    adapted = io.BytesIO()
    with zipfile.ZipFile(content) as made, zipfile.ZipFile(adapted, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in made.infolist():
            body = made.read(part)
            is_sheet = part.filename.startswith("xl/worksheets/")
            archive.writestr(part, body.replace(b' customHeight="1"', b"") if is_sheet else body)
    return adapted.getvalue()


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _sheets(plan: Plan, say: Say) -> dict[str, list[PlanRow]]:
    sheets: dict[str, list[PlanRow]] = {}
    for row in plan.rows:
        sheets.setdefault(_month(row.day, say) if row.day else say("Without a date"), []).append(row)
    if not any(row.day for row in plan.rows):
        sheets = {_month(plan.first, say): [], **sheets}
    return sheets


def _month(day: date, say: Say) -> str:
    return f"{say(MONTHS[day.month - 1])} {day.year}"


class _Sheet:
    """One sheet while it is written."""

    def __init__(self, book: "Workbook", name: str, looks: Mapping[str, Any], say: Say) -> None:
        self.sheet: Worksheet = book.add_worksheet(name)
        self.looks, self.say = looks, say
        self.links = 0

    def fill(self, rows: Sequence[PlanRow], ruled: Mapping[str, Mapping[str, Any]]) -> None:
        """Write the headers and the lines, and set up the rest around them."""
        self._lay_out(len(rows) + ROOM, ruled)
        for number, row in enumerate(rows, start=1):
            values = _values(row, self.say)
            for column, value in enumerate(values):
                self._write(number, column, value)
            self.sheet.set_row(number, _height(values))

    def _lay_out(self, last: int, ruled: Mapping[str, Mapping[str, Any]]) -> None:
        sheet = self.sheet
        for column, header in enumerate((*HEADERS, *MORE_HEADERS)):
            sheet.set_column(column, column, COLUMNS[header].width, self._look(column))
            sheet.write_string(0, column, header, self.looks["header"])
            if header in ruled:
                sheet.data_validation(1, column, last, column, dict(ruled[header]))
        sheet.set_row(0, HEADER_HEIGHT)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.hide_gridlines(0)  # On paper they are there too.
        sheet.print_area(0, 0, last - ROOM, LAST_PRINTED)
        sheet.set_footer("&L&A&R&P / &N")

    def _write(self, line: int, column: int, value: Any) -> None:
        look = self._look(column)
        if isinstance(value, str):
            self._write_text(line, column, value)
        elif isinstance(value, int):
            self.sheet.write_number(line, column, value, look)
        elif value is not None:
            self.sheet.write_datetime(line, column, value, look)

    def _write_text(self, line: int, column: int, text: str) -> None:
        cell, look, plain_look = fit(printable(text)), self._look(column), self.looks["text"]
        is_of_links = look is self.looks["link"]
        if is_of_links and _can_be_link(cell) and self.links < MOST_LINKS:
            self.links += 1
            self.sheet.write_url(line, column, cell, look, cell)
        elif cell:
            self.sheet.write_string(line, column, cell, plain_look if is_of_links else look)

    def _look(self, column: int) -> Any:
        return self.looks[COLUMNS[(*HEADERS, *MORE_HEADERS)[column]].look]


def _height(values: Sequence[Any]) -> int:
    """As high as its longest text, going by the number of its characters."""
    wrapped = (
        sum(len(line) // column.width + 1 for line in value.split("\n"))
        for value, column in zip(values, COLUMNS.values(), strict=True)
        if isinstance(value, str) and column.look == "text"
    )
    return min(LINE_HEIGHT * max(wrapped), MOST_HEIGHT)


def _can_be_link(text: str) -> bool:
    return text.startswith(("http://", "https://")) and len(quote(text, safe=_IN_ADDRESSES)) <= LONGEST_LINK


def _values(row: PlanRow, say: Say) -> tuple[Any, ...]:
    """The line under HEADERS and MORE_HEADERS, typed; None for what it does not have."""
    is_made = row.creation_ready or row.creation_needed not in ("", "none")
    return (
        *(row.day, row.clock, row.zone, row.channel, spoken(row.kind, say), row.topic, row.title, row.source, row.link),
        *(row.commentary, spoken(row.creation_needed, say), people_line(row), hashtag_line(row), row.preparation),
        *(spoken(row.status, say), row.id),
        say("yes" if row.creation_ready else "no") if is_made else "",
        *(row.creation_link, row.post_url),
    )


FORMAT = Format(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", render, comes_back=True
)
