"""A plan that is exported, edited as a workbook and brought back, as the tests of its pages need it."""

import csv
import io

import openpyxl

from tests.integration.forms import send, send_file

TUE, THU = "2026-11-24-tue", "2026-11-26-thu"
FORM = "#plan-import"


def workbook(browser):
    answer = browser.get("/plan/export/xlsx?from=2026-11-23&to=2026-12-06")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def edit(book, row_id, **cells):
    """Types in these cells of the line; headers with a line below for a blank."""
    for sheet in book:
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, columns["Id"]).value == row_id:
                for header, value in cells.items():
                    sheet.cell(row, columns[header.replace("_", " ")]).value = value


def bring(browser, book, name="plan van Anna.xlsx"):
    content = io.BytesIO()
    book.save(content)
    return send_file(browser, "/plan/import", content.getvalue(), name)


def press(browser, page, **chosen):
    """Takes over what is chosen on the page, and what was chosen on it anyway."""
    form = page.find(FORM)[0]
    fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return send(browser, form.get("action"), **(fields | chosen))


def row(api, row_id=TUE):
    """The line as the API gives it."""
    rows = csv.DictReader(
        io.StringIO(api.get("/api/exports/csv?from=2026-11-23&to=2026-12-06").data.decode("utf-8-sig"))
    )
    return next(row for row in rows if row["Id"] == row_id)


def words(page, path):
    return [" ".join(found.text_content().split()) for found in page.find(path)]
