"""What people and spreadsheets write in a cell, and what is read of it."""

import pytest

from companion.editorial.content_plan.sheets.cells import LONGEST, as_fitted, fit, is_cut, read_cell
from companion.editorial.content_plan.sheets.dates import Unclear, order_of, read_day, read_time
from tests.unit.plan_sheets import WORDS


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ({"day": "2026-11-24"}, None, "2026-11-24"),
        ({"day": "2026-11-24", "time": "00:00"}, None, "2026-11-24"),
        (46_350, None, "2026-11-24"),
        ("2026-11-24", None, "2026-11-24"),
        ("2026/11/24", None, "2026-11-24"),
        ("2026-11-24 00:00:00", None, "2026-11-24"),
        ("24-11-2026", None, "2026-11-24"),
        ("11/24/2026", None, "2026-11-24"),
        ("24.11.26", None, "2026-11-24"),
        ("11-11-2026", None, "2026-11-11"),
        ("5-11-2026", "dmy", "2026-11-05"),
        ("5/11/2026", "mdy", "2026-05-11"),
        ("05/11/2026", None, "date_order"),
        ("11/24/2026", "dmy", "date"),
        ("31-02-2026", None, "date"),
        ("24 november", None, "date"),
        ("morgen", None, "date"),
        ("2026-11-24 08:40", None, "date"),
        ("9999-12-31", None, "date"),
        ("0001-01-01", None, "date"),
        (8, None, "date"),
        (True, None, "date"),
        ("46350", None, "2026-11-24"),
        ("Tue 24 Nov 2026", None, "2026-11-24"),
        ("di 24 nov. 2026", None, "2026-11-24"),
        ("dinsdag 24 november 2026", None, "2026-11-24"),
        ("24-nov-2026", "mdy", "2026-11-24"),
        ("Tuesday, November 24, 2026", None, "2026-11-24"),
        ("31 november 2026", None, "date"),
        ("24 thermidor 2026", None, "date"),
    ],
)
def test_a_day(cell, order, day):
    assert read(read_day, cell, order, WORDS["date"]) == day


def read(reader, *cells):
    """What a reader makes of a cell, or the fault it finds."""
    try:
        return reader(*cells)
    except Unclear as unclear:
        return unclear.fault


@pytest.mark.parametrize(
    ("days", "order"),
    [
        ([("05-11-2026", "2026-11-05"), ("06-11-2026", "2026-11-09")], "dmy"),
        ([("11/5/2026", "2026-11-05"), ("11/6/2026", "2026-11-06")], "mdy"),
        ([("11/5/2026", "2026-11-05"), ("6/11/2026", "2026-11-06"), ("7/11/2026", "2026-11-07")], "dmy"),
        ([("05-11-2026", ""), ("24-11-2026", "")], "dmy"),
        ([("05-11-2026", "2026-03-03")], None),
        ([("2026-11-05", "2026-11-05")], None),
        ([], None),
    ],
)
def test_a_file_writes_its_days_in_the_order_by_which_most_lines_keep_theirs(days, order):
    assert order_of(days) == order


@pytest.mark.parametrize(
    ("cell", "clock"),
    [
        ({"time": "08:40"}, "08:40"),
        (0.3611111111, "08:40"),
        (0, "00:00"),
        ("08:40", "08:40"),
        ("8:40", "08:40"),
        ("8.40", "08:40"),
        ("8u40", "08:40"),
        ("8:40 uur", "08:40"),
        ("08:40:00", "08:40"),
        ("8:40 AM", "08:40"),
        ("12:05 am", "00:05"),
        ("1:15 p.m.", "13:15"),
        ("13:15 PM", "time"),
        ("24:00", "time"),
        ("8", "time"),
        (8.4, "time"),
        ("8:40\u202fAM", "08:40"),
        ("8:40\xa0PM", "20:40"),
        ("0.3611", "08:40"),
        ("0,3611", "08:40"),
        ("0.36", "00:36"),
        (False, "time"),
        ("ochtend", "time"),
    ],
)
def test_a_time_of_day(cell, clock):
    assert read(read_time, cell) == clock


KNOWN = ("Jansen, P.", "De Vries, A., MSc")


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("kind", "Eigen  Post", "own"),
        ("kind", "AD HOC", "ad_hoc"),
        ("kind", "ad_hoc", "ad_hoc"),
        ("kind", "feest", "word"),
        ("creation_needed", None, "none"),
        ("creation_ready", True, True),
        ("creation_ready", "ja", True),
        ("creation_ready", None, False),
        ("creation_ready", "misschien", "word"),
        ("preparation_minutes", 25.0, 25),
        ("preparation_minutes", "25 min", 25),
        ("preparation_minutes", "een uur", "number"),
        ("topic", 2026.0, "2026"),
        ("topic", "'=1+1", "=1+1"),
        ("topic", "'t Hof", "'t Hof"),
        ("topic", " a\r\nb ", "a\nb"),
        ("topic", {"fault": "#REF!"}, "formula"),
        ("hashtags", "#slaap #nacht", ["slaap", "nacht"]),
        ("hashtags", "slaap, nacht dienst; #slaap", ["slaap", "nachtdienst"]),
        ("hashtags", "'#slaap", ["'slaap"]),
        ("people", "Anna de Vries; Jansen, P.; Anna de Vries", ["Anna de Vries", "Jansen, P."]),
        ("people", "Anna, Ben", ["Anna", "Ben"]),
        ("people", "Jansen, P.", ["Jansen, P."]),
        ("people", "Anna, Jansen, P., De Vries, A., MSc", ["Anna", "Jansen, P.", "De Vries, A., MSc"]),
        ("people", "Bakker, T.", ["Bakker, T."]),
        ("people", "Bakker, T.J., Ben", ["Bakker, T.J.", "Ben"]),
        ("people", "Anna\nBen\n", ["Anna", "Ben"]),
        ("people", None, []),
    ],
)
def test_a_cell(field, cell, value):
    assert read(read_cell, field, cell, None, WORDS, KNOWN) == value


@pytest.mark.parametrize("text", ["a" * 50_000, "🙂" * 30_000, "=1" * 20_000, "a" * LONGEST, "'" + "=" * LONGEST])
def test_a_text_is_cut_to_what_a_cell_holds(text):
    cell = fit(text)
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST
    assert is_cut(as_fitted(text)) == (as_fitted(text) != text)
    assert text.startswith(as_fitted(text).removesuffix(" […]"))
