"""Who changed what: the plan as it went out, as it came back, and as it is now."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.editorial import changes
from companion.editorial.content_plan.sheets.cells import LONGEST
from companion.editorial.content_plan.sheets.exported import ITEM, Past, digest
from companion.editorial.content_plan.sheets.merge import Merged, merge
from companion.errors import Conflict
from tests.unit.plan_sheets import (
    asked,
    bring_back,
    edit,
    edit_csv,
    edit_workbook,
    opened,
    records,
    rows_of,
    take_out,
    take_over,
    values_by_id,
)
from tests.unit.planning import queue

TUE, THU = "2026-11-24-tue", "2026-11-26-thu"


def past(*began, ever=(), **values):
    """What a line said in the export that a file began as, or in one of these, and in others."""
    fields = {ITEM: ["i1"]} | ({"topic": began} if began else {}) | {name: [value] for name, value in values.items()}
    digests = {name: {*map(digest, values)} for name, values in fields.items()}
    return Past(digests, {**digests, "topic": {*map(digest, [*began, *ever])}})


def merged(file, now, before, item="i1"):
    return merge({"topic": file}, {"topic": now, ITEM: item}, before)


@pytest.mark.parametrize(
    ("file", "now", "before", "expected"),
    [
        ("a", "a", past("a"), Merged()),
        ("b", "a", past("a"), Merged(changes={"topic": "b"})),
        ("a", "b", past("a"), Merged()),
        ("b", "b", past("a"), Merged()),
        ("b", "c", past("a"), Merged(conflicts={"topic": "b"})),
        ("", "a", past("a"), Merged(changes={"topic": ""})),
        ("", "b", past("a"), Merged(conflicts={"topic": ""})),
        ("b", "a", Past(), Merged(conflicts={"topic": "b"})),
        ("a", "a", Past(), Merged()),
        # It was in another sheet before: that may be where it comes from.
        ("b", "a", past("a", ever=["b"]), Merged(conflicts={"topic": "b"})),
        ("a", "b", past("a", ever=["b"]), Merged()),
        # Nobody knows which of two the file began as.
        ("a", "b", past("a", "b"), Merged(conflicts={"topic": "a"})),
        ("c", "b", past("a", "b"), Merged(conflicts={"topic": "c"})),
    ],
)
def test_a_cell_is_changed_by_who_changed_it(file, now, before, expected):
    assert merged(file, now, before) == expected


def test_it_is_told_where_the_plan_is_newer():
    assert (merged("a", "b", past("a")).newer, merged("b", "a", past("a")).newer) == ({"topic"}, frozenset())


def test_where_another_article_stands_now_every_edit_is_asked_about():
    assert merged("b", "", past(""), item="i2") == Merged(conflicts={"topic": "b"})
    assert merged("", "a", past(""), item="i2") == Merged()


@pytest.mark.parametrize("name", ["date", "time", "zone", "channel", "kind", "status", "preparation_minutes"])
def test_what_a_line_cannot_be_without_is_not_emptied(name):
    now = {name: "x", ITEM: "i1"}
    assert merge({name: ""}, now, past(**{name: "x"})) == Merged(faults={name: "empty"})
    assert merge({name: ""}, {name: "", ITEM: "i1"}, Past()) == Merged()


FIELDS = {"topic": "Slaap", "commentary": "Zelf gezien.", "people": "Anna; Ben", "hashtags": "#a #b", "channel": "X"}
HERE = {"topic": "Nacht", "commentary": "Anders.", "people": ["Cor"], "hashtags": ["c"], "channel": "Bluesky"}
SIDES = st.fixed_dictionaries({row_id: st.sets(st.sampled_from(list(FIELDS))) for row_id in (TUE, THU)})


@settings(max_examples=15, deadline=None)
@given(theirs=SIDES, ours=SIDES)
def test_conflicts_are_exactly_where_both_changed(theirs, ours):
    with opened() as store:
        edit(store, queue(store), date="2026-11-24")
        edit(store, THU, kind="own")
        content = take_out(store)
        for row_id, names in ours.items():
            if names:
                edit(store, row_id, **{name: HERE[name] for name in names})
        edited = edit_csv(content, {row_id: {name: FIELDS[name] for name in names} for row_id, names in theirs.items()})
        shown = {line.line.id: line.merged for line in bring_back(store, edited).lines}
        for row_id in (TUE, THU):
            found = shown.get(row_id, Merged())
            assert found.conflicts.keys() == theirs[row_id] & ours[row_id]
            assert found.changes.keys() == theirs[row_id] - ours[row_id]


def test_what_is_taken_from_the_file_where_both_changed_is_undone_with_the_rest(store):
    content = take_out(store)
    edit(store, TUE, topic="Nacht")
    before = records(store)
    shown = bring_back(store, edit_csv(content, {TUE: {"topic": "Slaap", "hashtags": "#a"}, THU: {"topic": "Dag"}}))
    assert (take_over(store, shown).lines, rows_of(store)[TUE].topic) == (2, "Nacht")
    [open_line] = [line for line in shown.lines if line.merged.conflicts]
    done = take_over(store, shown, theirs=[open_line.key])
    assert (rows_of(store)[TUE].topic, rows_of(store)[TUE].hashtags) == ("Slaap", ("a",))
    changes.take_back(store, done.change_id, changes.IMPORTS)
    changes.take_back(store, changes.changes(store, changes.IMPORTS)[-1]["change"], changes.IMPORTS)
    assert records(store) == before


def test_an_import_goes_back_whole_or_not_at_all(store):
    shown = bring_back(store, edit_csv(take_out(store), {TUE: {"topic": "Slaap"}, THU: {"topic": "Dag"}}))
    done = take_over(store, shown)
    edit(store, THU, topic="Daarna")
    with pytest.raises(Conflict):
        changes.take_back(store, done.change_id, changes.IMPORTS)
    assert rows_of(store)[TUE].topic == "Slaap"


REFUSED = {
    "a day that has passed": ({TUE: {"date": "2026-11-20"}}, "date"),
    "a day nobody works": ({TUE: {"date": "2026-11-28"}}, "starts_at"),
    "planned without an article": ({TUE: {"status": "planned"}}, "status"),
}


@pytest.mark.parametrize(("edits", "path"), REFUSED.values(), ids=REFUSED)
def test_what_the_plan_refuses_is_told_before_and_the_rest_goes_on(store, edits, path):
    before = records(store)
    shown = bring_back(store, edit_csv(take_out(store), {**edits, THU: {"topic": "Dag"}}))
    assert asked(shown)["refused"] == {TUE: path}
    assert records(store) == before
    assert take_over(store, shown).lines == 1
    assert values_by_id(store)[THU]["topic"] == "Dag"


def test_an_article_that_waits_takes_its_place_and_its_old_line_still_finds_it(store):
    item = queue(store)
    edited = edit_csv(take_out(store), {item: {"date": "2026-11-25", "time": "10:30", "topic": "Slaap"}})
    take_over(store, bring_back(store, edited))
    [row] = [row for row in rows_of(store).values() if row.item_id == item]
    assert (row.day.isoformat(), f"{row.clock:%H:%M}", row.topic, row.status) == (
        "2026-11-25",
        "10:30",
        "Slaap",
        "planned",
    )
    assert asked(bring_back(store, edited)) == {}


def test_a_new_line_is_added_once_and_needs_a_moment(store):
    added = {"date": "2026-11-25", "time": "10:30", "topic": "Eigen", "status": "planned"}
    edited = edit_csv(take_out(store), {}, [added, {"topic": "Nergens"}])
    shown = bring_back(store, edited)
    assert asked(shown)["refused"] == {"": "date"}
    assert take_over(store, shown).lines == 1
    assert [line.line.values for line in bring_back(store, edited).lines] == [{"topic": "Nergens"}]


def test_lines_that_are_not_there_or_there_twice_are_told(store):
    content = take_out(store)
    twice = content + content.splitlines()[1].replace(b"Amsterdam", b"Paris") + b"\r\n"
    shown = bring_back(store, twice)
    assert [line.faults for line in shown.lines] == [{"Id": "twice"}] * 2
    assert bring_back(store, content + content.splitlines()[1] + b"\r\n").lines == []
    [gone] = bring_back(store, content.replace(TUE.encode(), b"nobody")).lines
    assert gone.is_missing


def test_missing_lines_and_columns_are_left_alone(store):
    edit(store, TUE, topic="Slaap", people=["Anna"])
    take_out(store)
    shown = bring_back(store, f"Id,Topic\n{TUE},Nacht\n".encode())
    assert asked(shown) == {"changes": {TUE: {"topic": "Nacht"}}}


def test_what_belongs_to_the_article_stays_and_is_told(store):
    edit(store, queue(store), date="2026-11-24")
    [line] = bring_back(store, take_out(store).replace(b"Article 1", b"Another")).lines
    assert (line.stays, line.merged) == (("Title",), Merged())


def test_a_text_that_did_not_fit_a_cell_is_never_cut_short(store):
    view = "Zin na zin. " * 4000
    edit(store, queue(store), date="2026-11-24", commentary=view)
    content = take_out(store, "xlsx")
    assert bring_back(store, content).lines == []
    shortened = f"{view[: LONGEST - 100].replace('Zin', 'Woord', 1)} […]"
    [line] = bring_back(store, edit_workbook(content, {TUE: {"commentary": shortened}})).lines
    assert (line.faults, line.merged.changes) == ({"Commentary": "cut"}, {})
    [line] = bring_back(store, edit_workbook(content, {TUE: {"commentary": "Kort."}})).lines
    assert line.merged.changes == {"commentary": "Kort."}
