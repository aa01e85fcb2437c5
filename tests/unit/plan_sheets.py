"""The content plan on its way out and back, as the tests of the import need it: edited as people and programs do."""

import csv
import io
import re
from contextlib import contextmanager
from datetime import date, time
from tempfile import TemporaryDirectory

import openpyxl

import companion.store
from companion import exports
from companion.editorial.content_plan.editing import edit_row
from companion.editorial.content_plan.rows import plan_rows
from companion.editorial.content_plan.sheets import finding, importing, incoming
from companion.editorial.content_plan.sheets.cells import EDITABLE, folded, values_of
from companion.editorial.content_plan.sheets.columns import HEADERS
from companion.editorial.content_plan.sheets.exported import note_export
from companion.editorial.content_plan.sheets.sheet import ids_in, read_lines
from companion.editorial.curation import every_item, items_of
from companion.editorial.planning.calendar import calendar
from companion.exports.plan import Plan
from companion.reading.sheets import read_sheet
from tests.unit.planning import AMSTERDAM, MONDAY, NOW, queue

LAST = date(2026, 12, 6)
HEADER_OF = {name: header for header, name in EDITABLE.items()}
CODES = {
    "kind": ("commentary", "own", "ad_hoc"),
    "status": ("open", "planned", "published", "queued", "skipped", "dropped"),
    "creation_needed": ("none", "photo", "video", "carousel", "document"),
    "creation_ready": ("yes", "no"),
}
WORDS = {name: {folded(code): code for code in codes} for name, codes in CODES.items()}
WORDS["kind"]["eigen post"] = "own"
WORDS["date"] = {"november": "11", "nov": "11", "mei": "5"}
WORDS["creation_ready"] |= {"true": "yes", "ja": "yes", "false": "no"}


@contextmanager
def opened():
    """A store of its own, for each of many examples."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = companion.store.open(folder)
        try:
            yield store
        finally:
            store.close()


def edit(store, row_id, **fields):
    return edit_row(store, row_id, fields, AMSTERDAM, NOW)


def rows_of(store):
    """The lines of two weeks by their ids."""
    slots = calendar(store, AMSTERDAM, MONDAY, LAST)
    return {row.id: row for row in plan_rows(slots, items_of(store, slots), every_item(store, "queued"))}


def values_by_id(store):
    return {row_id: values_of(row) for row_id, row in rows_of(store).items()}


def take_out(store, name="csv"):
    """The plan of two weeks as a file, noted as it goes out."""
    rows = list(rows_of(store).values())
    note_export(store, rows, NOW)
    plan = Plan(MONDAY, LAST, AMSTERDAM.key, rows, [], [], NOW)
    return exports.lookup(name).render(plan)


def read(store, content):
    """The lines of a file, held against the exports."""
    found = read_sheet(content)
    rows = finding.find_rows(store, ids_in(found["sheets"]), AMSTERDAM)
    lines = read_lines(found["sheets"], rows, WORDS, found["letters"])
    return incoming.held_against_exports(store, lines, found["export"])


def bring_back(store, content, settled=()):
    """What the file would change."""
    return incoming.preview(store, read(store, content), settled, AMSTERDAM, NOW)


def take_over(store, shown, theirs=()):
    """Takes over all that the file alone changed, and of what both changed these lines."""
    choice = importing.Choice({line.key for line in shown.lines}, set(theirs))
    return importing.carry_out(store, shown, choice, AMSTERDAM, NOW)


def asked(shown):
    """By id and sort what a file asks for: its changes, conflicts, and what cannot be."""
    sorts = {
        "changes": lambda line: line.merged.changes,
        "conflicts": lambda line: line.merged.conflicts,
        "faults": lambda line: line.faults,
        "refused": lambda line: line.refusal and line.refusal["path"],
    }
    told = ((name, {line.line.id: found for line in shown.lines if (found := of(line))}) for name, of in sorts.items())
    return {name: by_id for name, by_id in told if by_id}


def records(store):
    """Every item and slot that is kept, to the letter."""
    return {
        name: {record["id"]: dict(record) for record in table}
        for name, table in (("items", store.items), ("slots", store.slots))
    }


def edit_csv(content, edits, add=()):
    """A CSV with these cells changed, by id and field, and these lines added."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    for row in rows:
        row.update({HEADER_OF[name]: cell for name, cell in edits.get(row["Id"], {}).items()})
    return write_csv([*rows, *({HEADER_OF[name]: cell for name, cell in line.items()} for line in add)])


def write_csv(rows, encoding="utf-8-sig", **dialect):
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, HEADERS, restval="", **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return sheet.getvalue().encode(encoding)


def edit_workbook(content, edits, add=()):
    """A workbook with these cells changed, by id and field, and these lines added to its first sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            for name, value in edits.get(sheet.cell(row, columns["Id"]).value, {}).items():
                _write(sheet.cell(row, columns[HEADER_OF[name]]), name, value)
    first, free = book.worksheets[0], sum(1 for (cell,) in book.worksheets[0]["P2:P200"] if cell.value) + 2
    for row, line in enumerate(add, free):
        for name, value in line.items():
            _write(first.cell(row, columns[HEADER_OF[name]]), name, value)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _write(cell, name, value):
    """As somebody types it: days and times become real ones, and a text never a formula."""
    cell.value = typed(name, value)
    if isinstance(cell.value, str):
        cell.data_type = "s"


def typed(name, value):
    if isinstance(value, list):
        return "; ".join(value)
    if name == "date" and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return date.fromisoformat(value)
    if name == "time" and re.fullmatch(r"\d\d:\d\d", value, re.ASCII):
        return time.fromisoformat(value)
    return value


def fill(store, briefs):
    """Articles with these briefs: by turns planned, waiting, and own posts in the slots of the cadence."""
    open_slots = [row_id for row_id, row in rows_of(store).items() if row.status == "open"]
    with store.transaction():
        for number, brief in enumerate(briefs, 1):
            if number % 3 == 0:
                # Words of one's own are those of an own post.
                kind = {"kind": "own"} if "commentary" in brief else {}
                edit(store, open_slots[number % len(open_slots)], **kind, **brief)
            else:
                placed = {"date": f"2026-11-{23 + number % 5}", "time": f"1{number % 7}:15"} if number % 3 == 1 else {}
                edit(store, queue(store, number), **brief, **placed)
