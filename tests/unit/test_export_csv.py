"""The plan as CSV: Excel opens it as it stands, no cell is a formula, every text comes back as it was."""

import csv
import io
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.columns import HEADERS
from companion.editorial.content_plan.sheets.formulas import guard, restore
from companion.errors import NotFound
from companion.exports import FORMATS, WORDS, Format, file_stem, lookup, safe
from companion.exports.plan import Plan
from companion.exports.spreadsheet import render

ROW = PlanRow(
    id="s1",
    status="planned",
    day=date(2026, 11, 24),
    clock=time(8, 40),
    zone="Europe/Amsterdam",
    channel="LinkedIn",
    kind="commentary",
    topic="Arbeidsrecht",
    title="'t Hof wijst vordering af",
    source="NRC",
    link="https://nrc.nl/uitspraak",
    commentary='Eerst dit.\nDan: "dat", en zo.',
    creation_needed="photo",
    people=("Anna de Vries", "Jansen, P."),
    hashtags=("arbeidsrecht", "ai"),
    preparation=25,
)
# Letters and what a sheet, a line or a quote could stumble over; a lone surrogate cannot be stored at all.
TEXTS = st.text(
    st.one_of(st.sampled_from("'\"=+-@＝﹦ \t\r\n,;\ufeff\u200b\u202e"), st.characters(exclude_categories=["Cs"]))
)


def plan(*rows):
    return Plan(
        date(2026, 11, 23),
        date(2027, 2, 14),
        "Europe/Amsterdam",
        rows,
        [],
        [],
        datetime(2026, 11, 23, tzinfo=UTC),
    )


def read(payload):
    """As a person's own script reads it."""
    return list(csv.DictReader(io.StringIO(payload.decode("utf-8-sig"), newline="")))


def test_a_row_reads_back_field_by_field():
    [row] = read(render(plan(ROW)))
    assert row == {
        "Date": "2026-11-24",
        "Time": "08:40",
        "Zone": "Europe/Amsterdam",
        "Channel": "LinkedIn",
        "Kind": "commentary",
        "Topic": "Arbeidsrecht",
        "Title": "'t Hof wijst vordering af",
        "Source": "NRC",
        "Link": "https://nrc.nl/uitspraak",
        "Commentary": 'Eerst dit.\nDan: "dat", en zo.',
        "Creation needed": "photo",
        "People": "Anna de Vries; Jansen, P.",
        "Hashtags": "#arbeidsrecht #ai",
        "Preparation": "25",
        "Status": "planned",
        "Id": "s1",
    }


def test_what_has_no_date_leaves_those_cells_empty():
    [row] = read(render(plan(PlanRow(id="i1", status="queued", title="Later"))))
    assert {name: cell for name, cell in row.items() if cell} == {
        "Title": "Later",
        "Status": "queued",
        "Id": "i1",
    }


def test_excel_finds_utf_8_commas_and_crlf():
    payload = render(plan(ROW))
    first_line = payload.split(b"\r\n")[0]
    assert first_line == b"\xef\xbb\xbf" + ",".join(HEADERS).encode()
    assert payload.endswith(b"\r\n")


def test_an_empty_plan_is_the_headers():
    assert read(render(plan())) == []


def test_headers_stay_english_and_only_the_fixed_words_are_translated():
    asked = []

    def say(word):
        asked.append(word)
        return f"«{word}»"

    photo = PlanRow(id="own", status="open", kind="own", title="open", topic="photo", creation_needed="none")
    [row] = read(render(plan(photo), say))
    assert (row["Kind"], row["Creation needed"], row["Status"]) == ("«own»", "«none»", "«open»")
    assert (row["Title"], row["Topic"], row["Id"]) == ("open", "photo", "own")
    assert set(asked) <= set(WORDS)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\rfoo", "'\rfoo"),
        ("\nfoo", "'\nfoo"),
        ("  =1+1", "'  =1+1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\u200b\ufeff=1", "'\u200b\ufeff=1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠SUM", "'＠SUM"),
        ("\x00=1", "'=1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("'t Hof", "'t Hof"),
        ("'", "'"),
        ("1 + 1 = 2", "1 + 1 = 2"),
        ("Zo-even", "Zo-even"),
        ("", ""),
    ],
)
def test_a_formula_becomes_a_text_and_ordinary_text_is_left_alone(text, cell):
    assert guard(text) == cell
    assert restore(cell) == text.replace("\x00", "")


def test_a_guarded_cell_is_quoted():
    payload = render(plan(PlanRow(id="i1", status="queued", title="=1+1")))
    assert b""","'=1+1",""" in payload


@given(TEXTS)
@example("'\x00=1")
@example("' '=1")
@example("\r\n")
def test_every_text_comes_back_from_the_file(text):
    """NUL is left out: no spreadsheet can hold it."""
    row = PlanRow(
        id=text,
        status="queued",
        title=text,
        commentary=text,
        topic=text,
        source=text,
        link=text,
        channel=text,
    )
    [back] = read(render(plan(row)))
    texts = {restore(back[name]) for name in ("Id", "Title", "Commentary", "Topic", "Source", "Link", "Channel")}
    assert texts == {text.replace("\x00", "")}


@given(TEXTS)
def test_no_cell_starts_as_a_formula(text):
    assert not guard(text).lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not guard(text).startswith(("\t", "\r", "\n"))


@pytest.mark.parametrize("name", ["csv", "xlsx", "ics", "md", "json", "buffer", "publer", "hootsuite"])
def test_a_format_is_found_by_its_name(name):
    assert lookup(name) is FORMATS[name]
    assert lookup(name).name == name


@pytest.mark.parametrize("name", ["", "CSV", "pdf", "../csv", "__class__"])
def test_an_unknown_format_is_refused_with_those_there_are(name):
    with pytest.raises(NotFound, match="xlsx, csv, ics, md, json, buffer, publer, hootsuite"):
        lookup(name)


@pytest.mark.parametrize(
    ("name", "extension", "expected"),
    [
        ("csv", "csv", "kwartier-2026-11-23-2027-02-14"),
        ("ics", "ics", "kwartier-2026-11-23-2027-02-14"),
        ("buffer", "csv", "kwartier-buffer-2026-11-23-2027-02-14"),
    ],
)
def test_a_file_is_named_after_its_days(name, extension, expected):
    wanted = Format(name, "text/plain", extension, render)
    assert file_stem(wanted, date(2026, 11, 23), date(2027, 2, 14)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LinkedIn", "linkedin"),
        ("../../.ssh/keys", "ssh-keys"),
        ("a\x00b\u202e", "a-b"),
        ("CON ", "con"),
        ("\u202e", ""),
    ],
)
def test_what_goes_into_a_file_name_is_safe_anywhere(text, expected):
    assert safe(text) == expected
