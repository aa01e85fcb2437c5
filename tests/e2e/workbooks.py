"""A workbook of the content plan, in another program's hands."""

import base64
import io

import openpyxl

from tests.e2e.chromium import Chromium
from tests.e2e.firefox import Firefox

# The file that a link of the page leads to.
FETCHED = """
const headers = { 'X-Kwartier-Page': document.querySelector('input[name=csrf]').value };
const bytes = new Uint8Array(await (await fetch(document.querySelector(A[0]).href, { headers })).arrayBuffer());
return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
"""
CHOSEN = """
const file = new File([Uint8Array.from(atob(A[1]), (letter) => letter.charCodeAt(0))], 'plan.xlsx');
const chosen = new DataTransfer();
chosen.items.add(file);
document.querySelector(A[0]).files = chosen.files;
"""


def saved(browser: Chromium | Firefox, link: str) -> bytes:
    """What a press on the link saves; in Firefox, which asks where to, the page fetches it."""
    if isinstance(browser, Chromium):
        with browser.page.expect_download() as download:
            browser.click(link)
        return download.value.path().read_bytes()
    return base64.b64decode(browser.js(FETCHED, link))


def edited(workbook: bytes, edits: dict[str, dict[str, str]]) -> bytes:
    """The workbook after another program changed these cells, by the Id of the line and the head of the column."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for sheet in book:
        heads = {cell.value: cell.column for cell in sheet[1]}
        for row in sheet.iter_rows(min_row=2):
            for head, value in edits.get(str(row[heads["Id"] - 1].value), {}).items():
                row[heads[head] - 1].value = value
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def choose(browser: Chromium | Firefox, field: str, workbook: bytes) -> None:
    """Chooses the file in a form."""
    browser.js(CHOSEN, field, base64.b64encode(workbook).decode())
