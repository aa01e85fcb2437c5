"""A content plan that comes back as a sheet: its cells as they are, whichever program wrote the file."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from typing import Any

from companion.editorial.content_plan.sheets.columns import HEADERS, MORE_HEADERS
from companion.editorial.content_plan.sheets.letters import LETTERS
from companion.reading import open_documents, workbooks
from companion.reading.workbooks import MOST_CELLS, MOST_ROWS, Faults, Unreadable, export_of, packed, unpacked

# Where the headers may stand: above them people put a title, and Excel its `sep=;`.
FIRST_ROWS = 10
# Beyond these no column of ours stands, whatever somebody put beside the plan.
FIRST_COLUMNS = 200
# A view of 50,000 quotation marks takes twice as many.
csv.field_size_limit(1_000_000)
_SEPARATORS = ",;\t"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A workbook with a password is a container that holds this.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What text begins with that is no sheet: PDF, HTML and XML.
_NO_SHEET = ("%PDF", "<")
# Errors that were saved as text, in English and in Dutch.
_ERRORS = frozenset(
    """
    #REF! #N/A #NAME? #VALUE! #DIV/0! #NUM! #NULL! #SPILL! #CALC!
    #VERW! #N/B #NAAM? #WAARDE! #DEEL/0! #GETAL! #LEEG!
    """.split()
)
_OURS = {header.casefold(): header for header in (*HEADERS, *MORE_HEADERS)}

Cell = Any
Row = tuple[int, Sequence[Cell]]


@dataclass(frozen=True)
class _File:
    """The sheets by name, which export it says it is, and the letters it was saved in where it has not all of them."""

    sheets: Iterable[tuple[str, Iterator[Row]]]
    export: str = ""
    letters: str = ""


def read_sheet(content: bytes) -> dict[str, Any]:
    """The sheets in a file that have a column Id, or the `problem` that keeps them from being read.

    Each has a `name`, the `headers` it has of ours, the `unknown` ones, those of ours that stand there twice
    (`repeated`: nobody can tell which column counts, so neither does), and its `rows`: the number that the program
    shows, and by header the cell. A cell is a text, a number, true or false, a `day` and `time`, or the `fault` that
    stands in it; an empty one is not there.

    Beside them stand which `export` the file says it is, and the `letters` in which a text was saved that has not all
    there are; both empty where there is nothing to tell.
    """
    try:
        file = _opened(content)
        sheets = [found for name, rows in file.sheets if (found := _table(name, rows))]
    except Unreadable as failure:
        return {"problem": failure.problem}
    if not sheets:
        return {"problem": "no_id"}
    return {"sheets": sheets, "export": file.export, "letters": file.letters}


def _opened(content: bytes) -> _File:
    if not content.strip():
        raise Unreadable("empty")
    if content.startswith(_OLE):
        # In the format of before 2007 nothing tells a cell with an error from one that somebody emptied.
        raise Unreadable("password" if _ENCRYPTED in content else "xls")
    if content.startswith(_ZIP):
        parts = unpacked(content)
        return _File(_workbook(parts), export=export_of(parts))
    text, letters = _decoded(content)
    return _File([("", _csv(text))], letters=letters)


def _table(name: str, rows: Iterator[Row]) -> dict[str, Any] | None:
    """The rows under the headers; None where there is no column Id in sight."""
    for _, cells in islice(rows, FIRST_ROWS):
        columns = _columns(cells)
        if "Id" in columns:
            break
    else:
        return None
    lines = ((number, line) for number, row in rows if (line := _line(columns, row)))
    below = list(islice(lines, MOST_ROWS + 1))
    if len(below) > MOST_ROWS:
        raise Unreadable("too_many_rows")
    unknown = [text for cell in cells if (text := _name(cell)) and text.casefold() not in _OURS]
    repeated = [header for header in _repeated(cells) if header != "Id"]
    return {"name": name, "headers": list(columns), "unknown": unknown, "repeated": repeated, "rows": below}


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    """Where each header of ours stands, without those that stand there twice; of two Ids the first counts."""
    left_out = _repeated(cells) - {"Id"}
    found = ((header, column) for column, header in enumerate(_headers(cells)) if header and header not in left_out)
    return dict(reversed(list(found)))


def _repeated(cells: Sequence[Cell]) -> set[str]:
    return {header for header, times in Counter(_headers(cells)).items() if header and times > 1}


def _headers(cells: Sequence[Cell]) -> list[str]:
    """Ours, by column; empty where another stands."""
    return [_OURS.get(_name(cell).casefold(), "") for cell in cells]


def _name(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _line(columns: dict[str, int], cells: Sequence[Cell]) -> dict[str, Cell]:
    there = ((header, cells[column]) for header, column in columns.items() if column < len(cells))
    return {header: _told(cell) for header, cell in there if cell is not None and cell != ""}


def _told(cell: Cell) -> Cell:
    return {"fault": cell} if isinstance(cell, str) and cell in _ERRORS else cell


def _workbook(parts: dict[str, bytes]) -> Iterator[tuple[str, Iterator[Row]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    faulty = workbooks.faults(parts) | open_documents.faults(parts)
    try:
        workbook = CalamineWorkbook.from_filelike(packed(parts))
        for name in workbook.sheet_names:
            yield name, _cells(workbook.get_sheet_by_name(name), faulty.get(name, {}))
    except PasswordError as error:
        raise Unreadable("password") from error
    except CalamineError as error:
        raise Unreadable("unreadable") from error


def _cells(sheet: Any, faulty: Faults) -> Iterator[Row]:
    """The rows with the faults put in that the library does not tell."""
    if sheet.end is None:
        return
    height, width = (last + 1 for last in sheet.end)
    if height * width > MOST_CELLS:
        raise Unreadable("too_many_rows")
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        row = [_cell(cell) for cell in cells[:FIRST_COLUMNS]]
        for column, fault in faulty.get(number, {}).items():
            row += [None] * (min(column, FIRST_COLUMNS) - len(row))
            row[min(column, FIRST_COLUMNS) - 1] = {"fault": fault}
        yield number, row


def _cell(value: Any) -> Cell:
    """As JSON can hold it."""
    match value:
        case datetime():
            return {"day": value.date().isoformat(), "time": f"{value:%H:%M}"}
        case date():
            return {"day": value.isoformat()}
        case time():
            return {"time": f"{value:%H:%M}"}
        case timedelta():
            return value / timedelta(days=1)
        case _:
            return value


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, and the letters it was saved in where those are not all there are."""
    # Plain English with a smiley, saved in any letters, is as good as UTF-8.
    letters = "ascii" if content.isascii() else ""
    mark = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in [mark] if mark else ["utf-8", *LETTERS]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text or text.lstrip().startswith(_NO_SHEET):
            break
        return text, encoding if encoding in LETTERS else letters
    raise Unreadable("not_a_sheet")


def _csv(text: str) -> Iterator[Row]:
    first, _, _ = text.partition("\n")
    told = first.strip().strip('"')
    separators = told[4:5] if told.casefold().startswith("sep=") else _SEPARATORS
    return next((rows for each in separators if (rows := _with_headers(text, each))), iter(()))


def _with_headers(text: str, separator: str) -> Iterator[Row] | None:
    """The rows of a text with this between its cells, where there is an Id among the first; None elsewhere."""
    rows = _records(text, separator)
    first = list(islice(rows, FIRST_ROWS))
    return chain(first, rows) if any("Id" in _columns(cells) for _, cells in first) else None


def _records(text: str, separator: str) -> Iterator[Row]:
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1)
    except csv.Error as error:
        raise Unreadable("unreadable") from error
