"""A CSV of the plan as each spreadsheet program writes it, and workbooks that LibreOffice saved: back with its edits."""

import csv
import io
import subprocess
from datetime import datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts._browsers import LIBREOFFICE
from tests.unit import plan_sheets as sheets
from tests.unit.plan_sheets import asked, bring_back, edit_csv, edit_workbook, opened, take_out, values_by_id

FEW = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
# As people type, with letters that the older ways of saving do not have.
TEXTS = st.text(st.sampled_from("aZ é€ñ\"';,\tłőż→🙂𝒳中\n=-#"), max_size=12)
EDITED = st.text(st.sampled_from("aZé€ñ\"';,"), min_size=1, max_size=12).map(lambda text: f"x{text}x")


def as_excel_writes(content, day, clock, delimiter=",", encoding="utf-8", first=""):
    """The CSV as a spreadsheet program saves it after opening it: its own days, times, separators and letters."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    for row in rows:
        if row["Date"]:
            there = datetime.fromisoformat(f"{row['Date']}T{row['Time']}:00+00:00")
            row["Date"], row["Time"] = (pattern.format(d=there) for pattern in (day, clock))
        row["Commentary"] = row["Commentary"].replace("\r\n", "\n")
    saved = sheets.write_csv(rows, "utf-8", delimiter=delimiter).decode()
    return (first + saved).encode(encoding, "replace")


DUTCH, AMERICAN = ("{d:%d-%m-%Y}", "{d:%H:%M}"), ("{d.month}/{d.day}/{d.year}", "{d.hour}:{d:%M}")
DIALECTS = {
    "Dutch, as CSV": (*DUTCH, ";", "cp1252"),
    "Dutch, as CSV UTF-8": (*DUTCH, ";", "utf-8-sig"),
    "Dutch, with its separator": (*DUTCH, ";", "utf-8-sig", "sep=;\r\n"),
    "Dutch, as Unicode text": (*DUTCH, "\t", "utf-16"),
    "American, as CSV": (*AMERICAN, ",", "cp1252"),
    "American, as CSV UTF-8": (*AMERICAN, ",", "utf-8-sig"),
    "American, by a half of the day": ("{d.month}/{d.day}/{d:%y}", "{d:%I:%M %p}", ",", "utf-8"),
    "German": ("{d:%d.%m.%Y}", "{d:%H:%M:%S}", ";", "utf-8-sig"),
    "LibreOffice": ("{d:%Y-%m-%d}", "{d:%H:%M:%S}", ",", "utf-8"),
}
BRIEF = {
    "topic": '\'t Hof; €5 = "veel"',
    "commentary": "=Eerst dit.\nDan:\tdat, en zo.",
    "people": ["Anna de Vries", "Jansen, P."],
    "hashtags": ["slaap", "nachtdienst"],
}


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_each_dialect_of_a_spreadsheet_brings_back_what_went_out_and_what_was_edited(store, dialect):
    sheets.fill(store, [BRIEF] * 6)
    content = take_out(store)
    assert asked(bring_back(store, as_excel_writes(content, *dialect))) == {}
    waits, (one, two, *_) = (
        next(row_id for row_id, row in sheets.rows_of(store).items() if not row.day),
        values_by_id(store),
    )
    edits = {
        one: {"date": "2026-12-03", "topic": "Anders"},
        two: {"people": "Ben Smit", "commentary": ""},
        waits: {"date": "2026-12-04", "time": "10:30"},
    }
    shown = bring_back(store, as_excel_writes(edit_csv(content, edits), *dialect))
    edits[two]["people"] = ["Ben Smit"]
    assert asked(shown) == {"changes": edits}


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
@FEW
@given(texts=st.lists(TEXTS, min_size=6, max_size=6), edited=st.lists(EDITED, min_size=3, max_size=3))
def test_letters_that_a_program_does_not_have_are_no_edits(dialect, texts, edited):
    with opened() as store:
        briefs = [{"topic": text, "commentary": text[::-1], "people": ["Ann, P."]} for text in texts]
        sheets.fill(store, briefs)
        content = take_out(store)
        assert asked(bring_back(store, as_excel_writes(content, *dialect))) == {}
        rows = [row_id for row_id, row in sheets.rows_of(store).items() if row.title or row.kind == "own"]
        edits = {row_id: {"topic": text, "commentary": text[::-1]} for row_id, text in zip(rows, edited, strict=False)}
        assert asked(bring_back(store, as_excel_writes(edit_csv(content, edits), *dialect))) == {"changes": edits}


@pytest.mark.long
def test_a_workbook_that_libreoffice_saved_brings_back_what_went_out_and_what_was_edited(store, tmp_path):
    sheets.fill(
        store,
        [
            BRIEF | {"commentary": "=Eerst dit.\nDan: dat."},
            {"topic": "  =1+1", "commentary": "a\r\nb\x00"},
            {"creation_ready": True},
            {"topic": "-1"},
        ]
        * 3,
    )
    content = take_out(store, "xlsx")
    assert asked(bring_back(store, saved_by_libreoffice(content, tmp_path, "as-it-was"))) == {}
    edits = {
        row_id: {"topic": "Anders", "date": "2026-12-03", "time": "10:30", "preparation_minutes": 45}
        for row_id in list(values_by_id(store))[:3]
    }
    edited = saved_by_libreoffice(edit_workbook(content, edits), tmp_path, "edited")
    assert asked(bring_back(store, edited)) == {"changes": edits}
    assert asked(bring_back(store, saved_by_libreoffice(content, tmp_path, "open-document", "ods"))) == {}


def saved_by_libreoffice(content, folder, name, kind="xlsx"):
    program = LIBREOFFICE.find()
    if program is None:
        pytest.skip("LibreOffice is not installed.")
    (folder / f"{name}.xlsx").write_bytes(content)
    profile = (folder / "profile").as_uri()
    command = [
        program,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder / "saved"),
    ]
    subprocess.run([*command, str(folder / f"{name}.xlsx")], check=True, capture_output=True, timeout=120)
    return (folder / "saved" / f"{name}.{kind}").read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_formula_that_libreoffice_cannot_compute_is_a_fault_and_empties_nothing(store, tmp_path, kind):
    sheets.fill(store, [BRIEF] * 2)
    one, two, *_ = (row_id for row_id, row in sheets.rows_of(store).items() if row.commentary)
    book = openpyxl.load_workbook(io.BytesIO(take_out(store, "xlsx")))
    for sheet in book:
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            found = sheet.cell(row, columns["Id"]).value
            if found == one:
                sheet.cell(row, columns["Topic"]).value = "=1/0"
            if found in (one, two):
                sheet.cell(row, columns["Commentary"]).value = "=NOSUCH(1)"
    edited = io.BytesIO()
    book.save(edited)
    shown = bring_back(store, saved_by_libreoffice(edited.getvalue(), tmp_path, "errors", kind))
    faults = {one: {"Topic": "formula", "Commentary": "formula"}, two: {"Commentary": "formula"}}
    assert asked(shown) == {"faults": faults}
