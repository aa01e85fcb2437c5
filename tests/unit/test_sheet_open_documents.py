"""OpenDocument sheets: what stands in them, and what no library tells of their cells."""

import pytest

from companion.editorial.content_plan.sheets.columns import EXPORT_PROPERTY
from companion.reading.sheets import read_sheet
from tests.unit.sheet_files import DAY, ROW, TEXT, book, ods, rewritten, rows

ID = "2026-11-24-tue"


def test_an_open_document_is_read():
    text = "a<text:tab/>b <text:s text:c='2'/>c<text:line-break/>d</text:p><text:p>e"
    body = ROW.format("".join(map(TEXT.format, ("Id", "Topic", "Date")))) + ROW.format(
        TEXT.format(ID) + TEXT.format(text) + DAY
    )
    assert rows(ods(body)) == [(2, {"Id": ID, "Topic": "a\tb   c\nd\ne", "Date": {"day": "2026-11-24"}})]


FAULTY = {
    "an error": '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
    "a formula without a value": '<table:table-cell table:formula="of:=A1"/>',
    "errors side by side": '<table:table-cell calcext:value-type="error" table:number-columns-repeated="1"/>',
}


@pytest.mark.parametrize("cell", FAULTY.values(), ids=FAULTY)
def test_an_error_in_an_open_document_is_a_fault_and_no_emptied_cell(cell):
    headers = ROW.format("".join(map(TEXT.format, ("Id", "Topic", "Kind"))))
    empty = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    line = ROW.format(TEXT.format(ID) + cell + TEXT.format("own"))
    assert rows(ods(headers + empty + line)) == [(5, {"Id": ID, "Topic": {"fault": "="}, "Kind": "own"})]


def test_errors_without_end_in_an_open_document_are_refused():
    error = '<table:table-cell calcext:value-type="error" table:number-columns-repeated="9000"/>'
    row = f'<table:table-row table:number-rows-repeated="200">{error}</table:table-row>'
    assert read_sheet(ods(ROW.format(TEXT.format("Id")) + row)) == {"problem": "too_many_rows"}


def test_which_export_it_is_stands_in_its_properties():
    named = f'<x xmlns:m="urn:m"><m:user-defined m:name="{EXPORT_PROPERTY}">abc</m:user-defined></x>'
    document = rewritten(ods(ROW.format(TEXT.format("Id"))), lambda name, part: part, **{"meta.xml": named})
    assert read_sheet(document)["export"] == "abc"
    assert read_sheet(book(["Id"]))["export"] == ""


def test_an_open_document_that_goes_on_for_ever_is_refused():
    row = '<table:table-row table:number-rows-repeated="1048575">' + TEXT.format("x") + "</table:table-row>"
    assert read_sheet(ods(ROW.format(TEXT.format("Id")) + row)) == {"problem": "too_many_rows"}


def test_one_that_is_too_wide_and_long_is_refused():
    cells = f'<table:table-cell table:number-columns-repeated="100"/>{TEXT.format("x")}'
    row = f'<table:table-row table:number-rows-repeated="20000">{cells}</table:table-row>'
    assert read_sheet(ods(ROW.format(TEXT.format("Id")) + row)) == {"problem": "too_many_rows"}
