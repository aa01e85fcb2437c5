"""A sheet is read whichever program wrote it; what is no sheet, or one made to hurt, is refused before it does."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from companion.reading import workbooks
from companion.reading.sheets import read_sheet
from tests.unit.sheet_files import book, rewritten, rows

ID, EURO = "2026-11-24-tue", "€ 5 – ‘slaap’"
MOMENT = datetime(2026, 11, 24, 8, 40)  # noqa: DTZ001 - a sheet knows no zones


FIRST_SHEET = "xl/worksheets/sheet1.xml"


def with_sheet(xml, shared=None):
    """A workbook whose only sheet is this XML."""
    texts = {"xl/sharedStrings.xml": shared} if shared else {}
    return rewritten(book(["Id"], [ID]), lambda name, part: xml if name == FIRST_SHEET else part, **texts)


CSV = f'Id,Topic,Commentary\r\n{ID},"{EURO}","Een, twee; ""drie""\nvier"\r\n'
READ = [(2, {"Id": ID, "Topic": EURO, "Commentary": 'Een, twee; "drie"\nvier'})]
TABBED = CSV.replace(",", "\t").replace("Een\t", "Een,")
SEMICOLONS = CSV.replace(",", ";").replace("Een;", "Een,")
DIALECTS = {
    "commas": CSV.encode(),
    "a byte order mark": CSV.encode("utf-8-sig"),
    "semicolons": SEMICOLONS.encode("utf-8-sig"),
    "semicolons, Western European": SEMICOLONS.encode("cp1252"),
    "Unicode text": TABBED.encode("utf-16"),
    "Unicode text, the other way round": b"\xfe\xff" + TABBED.encode("utf-16-be"),
    "tabs": TABBED.encode(),
    "line feeds": CSV.replace("\r\n", "\n").encode(),
    "carriage returns": CSV.replace("\r\n", "\r").encode(),
}


@pytest.mark.parametrize("content", DIALECTS.values(), ids=DIALECTS)
def test_a_csv_is_read_in_each_dialect(content):
    assert [(number, cells) for number, cells in rows(content)] == READ


def test_a_line_that_names_the_separator_is_no_line():
    assert rows(b"sep=;\r\n" + SEMICOLONS.encode()) == [(3, READ[0][1])]


def test_headers_may_stand_lower_in_any_order_with_others_between():
    [sheet] = read_sheet(b"Plan of Anna,,\n,,\nwho, iD ,topic\nBen,x1,Slaap,\n,,,\n")["sheets"]
    assert (sheet["headers"], sheet["unknown"], sheet["repeated"]) == (["Topic", "Id"], ["who"], [])
    assert sheet["rows"] == [(4, {"Id": "x1", "Topic": "Slaap"})]


def test_of_two_columns_with_one_header_nobody_can_tell_which_counts():
    [sheet] = read_sheet(b"Topic,Id,Kind,topic,id\nHelp,x1,own,Slaap,x2\n")["sheets"]
    assert (sheet["headers"], sheet["repeated"]) == (["Id", "Kind"], ["Topic"])
    assert sheet["rows"] == [(2, {"Id": "x1", "Kind": "own"})]


def test_cells_of_a_workbook_keep_their_sort():
    headers = ["Id", "Date", "Time", "Preparation", "Creation ready", "Topic", "Status", "Kind"]
    line = [ID, date(2026, 11, 24), time(8, 40), 25, True, "  '=1 ", MOMENT, timedelta(hours=6)]
    assert rows(book([], ["Plan"], headers, line)) == [
        (4, {
            "Id": ID, "Date": {"day": "2026-11-24"}, "Time": {"time": "08:40"}, "Preparation": 25,
            "Creation ready": True, "Topic": "  '=1 ", "Status": {"day": "2026-11-24", "time": "08:40"}, "Kind": 0.25,
        })
    ]  # fmt: skip


def test_a_formula_counts_by_its_value_and_one_without_is_a_fault_as_an_error_is():
    def calculated(name, part):
        return part.replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>").replace(
            b"<f>1+2</f><v/>", b"<f>1+2</f><v>3</v>"
        )

    headers = ["Id", "Preparation", "Topic", "Date", "Kind"]
    broken = book(headers, [ID, "=1+2", "=A9", "#REF!", "#REF!"])
    sheet = rewritten(broken, calculated)
    assert rows(sheet) == [
        (2, {"Id": ID, "Preparation": 3, "Topic": {"fault": "="}, "Date": {"fault": "#REF!"}, "Kind": {"fault": "#REF!"}}),
    ]  # fmt: skip


def test_a_formula_that_gives_an_empty_text_empties_its_cell():
    cells = f'{CELL.format("A1", "Id")}{CELL.format("B1", "Topic")}</row><row r="2">{CELL.format("A2", ID)}'
    formula = '<c r="B2" t="str"><f>""</f><v></v></c>'
    assert rows(with_sheet(SHEET.format(f'<row r="1">{cells}{formula}</row>'))) == [(2, {"Id": ID})]


@pytest.mark.parametrize("error", ["#REF!", "#VERW!", "#N/B"])
def test_an_error_that_was_saved_as_text_is_a_fault(error):
    assert rows(f"Id,Topic\n{ID},{error}\n".encode()) == [(2, {"Id": ID, "Topic": {"fault": error}})]


def test_every_sheet_with_an_id_is_read_and_others_are_not():
    made, content = openpyxl.Workbook(), io.BytesIO()
    for name, header in (("November", "Id"), ("Notes", "Note"), ("December", "Id")):
        made.create_sheet(name).append([header])
        made[name].append([name])
    made.save(content)
    assert [sheet["name"] for sheet in read_sheet(content.getvalue())["sheets"]] == ["November", "December"]


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def sheet_of(*cells):
    return with_sheet(
        SHEET.format("".join(f'<row r="{name[1:]}">{CELL.format(name, text)}</row>' for name, text in cells))
    )


def bomb(name=FIRST_SHEET):
    return rewritten(book(["Id"]), lambda part, content: b" " * 70_000_000 if part == name else content)


def lying_bomb():
    """Says that its sheet is small."""
    content = bytearray(bomb())
    end = content.rindex(b"PK\x05\x06")
    at = content.index(b"PK\x01\x02")
    while at < end:
        name = content[at + 46 : at + 46 + int.from_bytes(content[at + 28 : at + 30], "little")]
        if name.endswith(b"sheet1.xml"):
            content[at + 24 : at + 28] = (100).to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 4)
        at = end if at < 0 else at
    return bytes(content)


def with_entity(part):
    return rewritten(
        book(["Id"]),
        lambda name, content: ENTITY.encode() + content if name == part else content,
    )


REFUSED = {
    "nothing": (lambda: b"", "empty"),
    "blanks": (lambda: b" \r\n", "empty"),
    "no column Id": (lambda: b"Date,Topic\n2026-11-24,x\n", "no_id"),
    "an Id too far down": (lambda: b"x\n" * 10 + b"Id\nx\n", "no_id"),
    "a PDF document": (lambda: b"%PDF-1.7 Id", "not_a_sheet"),
    "a page": (lambda: b"<html>Id", "not_a_sheet"),
    "no text": (lambda: b"Id\x00\x01", "not_a_sheet"),
    "half of a letter": (lambda: b"\xff\xfeI\x00d", "not_a_sheet"),
    "an archive of something else": (lambda: rewritten(book(["Id"]), lambda name, part: None), "not_a_sheet"),
    "half of a workbook": (lambda: book(["Id"])[:3000], "unreadable"),
    "a workbook that unpacks to 70 MB": (bomb, "too_large"),
    "one that hides it": (lying_bomb, "unreadable"),
    "a bomb in a part that is not read": (lambda: bomb("docProps/app.xml"), "too_large"),
    "a row too far down": (lambda: sheet_of(("A1", "Id"), ("A30000", "x")), "too_many_rows"),
    "a column too far right": (lambda: sheet_of(("A1", "Id"), ("B9000", "x"), ("XFD9001", "x")), "too_many_rows"),
    "too many rows": (lambda: b"Id\n" + b"x\n" * 25_001, "too_many_rows"),
    "an entity in the list of sheets": (lambda: with_entity("xl/workbook.xml"), "unreadable"),
    "an entity in the list of parts": (lambda: with_entity("xl/_rels/workbook.xml.rels"), "unreadable"),
    "the format of before 2007": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xls"),
    "an entity of this machine": (lambda: with_sheet(ENTITY + SHEET.format("")), "unreadable"),
    "a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
}


@pytest.mark.parametrize(("content", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_plan_or_made_to_hurt_is_refused(content, problem):
    assert read_sheet(content()) == {"problem": problem}


def test_a_file_of_numbers_is_told_apart():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Index/Document.iwa", b"x")
    assert read_sheet(packed.getvalue()) == {"problem": "numbers"}


def test_depth_shared_texts_and_links_to_other_files_do_no_harm():
    deep = SHEET.format(f'<row r="1">{CELL.format("A1", "Id")}</row>{"<x>" * 100_000}{"</x>" * 100_000}')
    assert read_sheet(with_sheet(deep))["sheets"][0]["rows"] == []
    shared = "<si><t>Id</t></si>" + "".join(f"<si><t>x{number}</t></si>" for number in range(100_000))
    named = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>'
    many = with_sheet(
        SHEET.format('<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>9</v></c></row>'),
        named,
    )
    assert rows(many) == [(2, {"Id": "x8"})]
    linked = book(["Id", "Topic"], [ID, "=cmd|' /C calc'!A0"], ["x", "='[1]other.xlsx'!A1"])
    assert [cells["Topic"] for _, cells in rows(linked)] == [{"fault": "="}] * 2


def test_only_the_parts_of_the_cells_reach_the_library():
    made = rewritten(book(["Id"], [ID]), lambda name, part: part)
    assert all(workbooks.unpacked(made)[name] for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"))
    assert not {"docProps/app.xml", "xl/theme/theme1.xml"} & workbooks.unpacked(made).keys()
