"""The plan as a workbook, looked at with openpyxl: what a marketer opens, works in and sends back."""

import io
import zipfile
from datetime import UTC, date, datetime, time

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.cells import LONGEST, text_of
from companion.editorial.content_plan.sheets.columns import HEADERS, MORE_HEADERS
from companion.editorial.printable import printable
from companion.exports import WORDS
from companion.exports.plan import MONTHS, Plan
from companion.exports.workbook import ROOM, render
from companion.reading.sheets import read_sheet
from tests.unit.plans import TUESDAY, planned

NOW = datetime(2026, 11, 23, 7, 5, 30, 123456, tzinfo=UTC)
WAITING = PlanRow(id="i1", status="queued", title="Later", link="https://nrc.nl/later")
FULL = planned(
    topic="Arbeidsrecht",
    source="NRC",
    link="https://nrc.nl/uitspraak?a=1&b=2#kern",
    commentary="Mijn kijk,\nin twee regels.",
    creation_needed="photo",
    creation_ready=True,
    creation_link="op de schijf van Anna",
    people=("Anna de Vries", "Jansen, P."),
    hashtags=("recht", "ai"),
    preparation=25,
    post_url="https://social.example/p/1",
)


def plan(*rows, **more):
    return Plan(date(2026, 11, 23), date(2027, 2, 14), "Europe/Amsterdam", rows, [], [], NOW, **more)


def book(*rows, say=lambda word: word, **more):
    return openpyxl.load_workbook(io.BytesIO(render(plan(*rows, **more), say)))


def drop_downs(sheet):
    """By header what can be chosen, and the cells it can be chosen in."""
    rules = {header_of(sheet, rule): rule for rule in sheet.data_validations.dataValidation}
    return {
        name: (rule.formula1.strip('"').split(","), str(rule.sqref))
        for name, rule in rules.items()
        if rule.type == "list"
    }


def header_of(sheet, rule):
    return sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value


def test_a_line_stands_under_its_headers_with_real_dates_times_and_numbers():
    sheet = book(FULL)["November 2026"]
    assert tuple(cell.value for cell in sheet[1]) == (*HEADERS, *MORE_HEADERS)
    line = {header.value: cell.value for header, cell in zip(sheet[1], sheet[2], strict=True)}
    assert line == {
        "Date": datetime(2026, 11, 24),  # noqa: DTZ001  # a cell has no zone
        "Time": time(8, 40),
        "Zone": "Europe/Amsterdam",
        "Channel": "LinkedIn",
        "Kind": "commentary",
        "Topic": "Arbeidsrecht",
        "Title": "Rechter wijst vordering af",
        "Source": "NRC",
        "Link": "https://nrc.nl/uitspraak?a=1&b=2#kern",
        "Commentary": "Mijn kijk,\nin twee regels.",
        "Creation needed": "photo",
        "People": "Anna de Vries; Jansen, P.",
        "Hashtags": "#recht #ai",
        "Preparation": 25,
        "Status": "planned",
        "Id": "s1",
        "Creation ready": "yes",
        "Creation link": "op de schijf van Anna",
        "Post link": "https://social.example/p/1",
    }
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("yyyy-mm-dd", "hh:mm")


def test_there_is_a_sheet_for_each_month_and_one_for_what_waits():
    rows = (planned(), planned("s2", date(2027, 1, 5)), planned("s3", date(2027, 1, 7)), WAITING)
    sheets = {sheet.title: [cell.value for cell in sheet["P"][1:]] for sheet in book(*rows).worksheets}
    assert sheets == {"November 2026": ["s1"], "January 2027": ["s2", "s3"], "Without a date": ["i1"]}


@pytest.mark.parametrize(("rows", "names"), [([], ["November 2026"]), ([WAITING], ["November 2026", "Without a date"])])
def test_without_a_date_there_is_still_a_month_to_begin_in(rows, names):
    opened = book(*rows)
    assert opened.sheetnames == names
    assert tuple(cell.value for cell in opened.worksheets[0][1]) == (*HEADERS, *MORE_HEADERS)


def test_the_headers_stay_in_sight_on_the_screen_and_on_paper():
    sheet = book(FULL).worksheets[0]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:S{1 + 1 + ROOM}"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_area == "'November 2026'!$A$1:$O$2"


def test_columns_are_wide_enough_and_lines_high_enough():
    content = render(plan(planned(title="Een titel van " * 12), WAITING))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert all(sheet.column_dimensions[sheet.cell(1, n).column_letter].width >= 8 for n in (1, 2, 3))
    assert sheet["G2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height >= 5 * 15
    # It is no height of the user's own: more words make the line higher.
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"customHeight" not in parts.read("xl/worksheets/sheet1.xml")


def test_fixed_fields_have_drop_downs_also_where_lines_can_be_added():
    sheet = book(FULL, planned("s2", channel="Blog"), channels=["LinkedIn", "X, en meer", 'Y"']).worksheets[0]
    last = 1 + 2 + ROOM
    assert drop_downs(sheet) == {
        "Channel": (["LinkedIn", "Blog"], f"D2:D{last}"),
        "Kind": (["commentary", "own", "ad_hoc"], f"E2:E{last}"),
        "Creation needed": (["none", "photo", "video", "carousel", "document"], f"K2:K{last}"),
        "Creation ready": (["yes", "no"], f"Q2:Q{last}"),
        "Status": (["open", "planned", "published", "skipped", "queued", "dropped"], f"O2:O{last}"),
    }
    rules = {header_of(sheet, rule): rule for rule in sheet.data_validations.dataValidation}
    assert {name: rules[name].type for name in ("Date", "Time", "Preparation")} == {
        "Date": "date", "Time": "time", "Preparation": "whole",
    }  # fmt: skip
    # Another channel may be typed; a word that Kwartier does not know may not.
    assert (rules["Channel"].showErrorMessage, rules["Kind"].showErrorMessage) == (False, True)


def test_as_many_channels_as_a_drop_down_holds():
    sheet = book(channels=[f"Kanaal {number:033}" for number in range(10)]).worksheets[0]
    assert len(drop_downs(sheet)["Channel"][0]) == 6


@pytest.mark.parametrize(
    ("channels", "listed"),
    [
        ([f"{'🚀' * 30} {number}" for number in range(8)], 4),  # An emoji counts for two.
        (["Linked\x01In", "LinkedIn"], 1),
    ],
)
def test_the_list_of_channels_is_one_that_excel_can_hold(channels, listed):
    """The library warns of any other, with the names in it, and leaves it out."""
    choices, _ = drop_downs(book(channels=channels).worksheets[0])["Channel"]
    assert len(choices) == listed
    assert "_x0001_" not in "".join(choices)


def test_a_line_is_no_higher_than_excel_has_them():
    sheet = book(planned(commentary="Mijn kijk.\n" * 200)).worksheets[0]
    assert sheet.row_dimensions[2].height == pytest.approx(409, abs=1)


def test_no_more_links_than_a_sheet_can_have(monkeypatch):
    monkeypatch.setattr("companion.exports.workbook.MOST_LINKS", 2)
    sheet = book(*(planned(f"s{number}", link="https://nrc.nl/a") for number in range(3))).worksheets[0]
    assert [bool(cell.hyperlink) for cell in sheet["I"][1:]] == [True, True, False]
    assert sheet["I4"].value == "https://nrc.nl/a"


def test_an_address_of_many_parts_can_be_followed():
    long = "https://nrc.nl/a?" + "&".join(f"deel{number}=waarde:{number}" for number in range(90))
    assert 1400 < len(long) < 2000
    assert book(planned(link=long)).worksheets[0]["I2"].hyperlink.target == long


def test_links_can_be_followed_where_they_lead_somewhere():
    long = planned("s2", link="https://nrc.nl/" + "é" * 700, creation_link="javascript:alert(1)", post_url="")
    sheet = book(FULL, long).worksheets[0]
    links = [cell.hyperlink for line in sheet.iter_rows(min_row=2) for cell in line if cell.hyperlink]
    followed = {link.ref: f"{link.target}#{link.location or ''}" for link in links}
    assert followed == {"I2": "https://nrc.nl/uitspraak?a=1&b=2#kern", "S2": "https://social.example/p/1#"}
    assert sheet["I3"].value == long.link


def test_only_the_fixed_words_are_translated():
    asked = []

    def say(word):
        asked.append(word)
        return f"«{word}»"

    opened = book(FULL, WAITING, say=say)
    assert opened.sheetnames == ["«November» 2026", "«Without a date»"]
    words = {sheet.title: [sheet[f"{column}2"].value for column in "EKOQ"] for sheet in opened.worksheets}
    assert words["«November» 2026"] == ["«commentary»", "«photo»", "«planned»", "«yes»"]
    assert words["«Without a date»"] == [None, None, "«queued»", None]
    assert drop_downs(opened.worksheets[0])["Kind"][0] == ["«commentary»", "«own»", "«ad_hoc»"]
    assert opened.worksheets[0]["D2"].value == "LinkedIn"
    assert set(asked) <= set(WORDS)
    assert len(set(MONTHS)) == 12


TEXTS = st.text(
    st.one_of(st.sampled_from("'\"=+-@＝ \t\r\n\x00\x0b\ufffe_x0041"), st.characters(exclude_categories=["Cs"]))
)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
@example("_x0041_ =cmd|'/c calc'!A1")
@example("{=1}")
@example("http://a.example")
@example("1e5")
@example(f"<&>\ufffe\uffff\x1b[0m{'x' * LONGEST}")
def test_every_text_is_a_text_and_comes_back(text):
    """As far as a cell holds it; control characters and blanks around it are left out."""
    row = planned("i", title=f"{text}", topic=text, source=text, commentary=text)
    [sheet] = read_sheet(render(plan(row)))["sheets"]
    [(_, line)] = sheet["rows"]
    for header in ("Topic", "Title", "Source", "Commentary"):
        back = text_of(line.get(header))
        assert back == printable(text).strip() or (back.endswith(" […]") and len(text) > LONGEST / 2)


def test_control_characters_are_left_out_rather_than_spelled():
    line = book(planned(title="Een\x07 \x1bkop", channel="Linked\x01In")).worksheets[0][2]
    assert [line[3].value, line[6].value] == ["LinkedIn", "Een kop"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "=cmd|'/c calc'!A1"])
def test_no_cell_is_a_formula(text):
    row = planned(
        topic=text, title=text, source=text, commentary=text, channel=text, people=(text,), creation_link=text
    )
    content = render(plan(row))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert all(b"<f>" not in parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets"))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d"}


def test_the_same_plan_gives_the_same_bytes_and_tells_of_nobody():
    content = render(plan(FULL, WAITING))
    assert content == render(plan(FULL, WAITING))
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert (properties.creator, properties.lastModifiedBy, properties.created) == (
        None,
        None,
        NOW.replace(microsecond=0, tzinfo=None),
    )


def test_each_line_has_its_place_however_many_there_are():
    rows = [planned(f"s{number}", TUESDAY) for number in range(300)]
    assert [cell.value for cell in book(*rows).worksheets[0]["P"][1:]] == [row.id for row in rows]
