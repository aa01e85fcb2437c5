"""What a file began as, whatever else went out since: no words of either side are lost without a question."""

import pytest

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets import exported
from companion.editorial.content_plan.sheets.exported import MOST_EXPORTS, digest, export_id, note_export, pasts
from companion.reading.sheets import read_sheet
from tests.unit.plan_sheets import (
    asked,
    bring_back,
    edit,
    edit_csv,
    edit_workbook,
    opened,
    rows_of,
    take_out,
    take_over,
)
from tests.unit.planning import NOW, queue

TUE, THU = "2026-11-24-tue", "2026-11-26-thu"
EDIT = {"csv": edit_csv, "xlsx": edit_workbook}


def lines(number, topic="", count=1):
    return [PlanRow(id=f"s{number}", status="open", topic=f"{topic}{line}") for line in range(count)]


def topics(store, row_id, export=""):
    """The digests of the topics that a file may have had there as it went out."""
    return pasts(store, [row_id], export)[row_id].began["topic"]


def exports(store):
    return [record for record in store.singletons if record["id"].startswith("exported_plan_")]


def test_the_last_exports_are_kept_and_one_that_goes_out_again_is_the_newest(store):
    for number in (0, *range(MOST_EXPORTS), 0, MOST_EXPORTS):
        note_export(store, lines(number), NOW)
    kept = {row_id for record in exports(store) for row_id in record["lines"]}
    assert kept == {"s0", *(f"s{number}" for number in range(2, MOST_EXPORTS + 1))}
    assert topics(store, "s1", export_id(lines(1))) == set()
    assert topics(store, "s1") == {digest("0")}


def test_no_texts_are_kept(store):
    note_export(store, lines(1, "Slaap"), NOW)
    assert "Slaap" not in str(exports(store))


def test_a_named_file_began_as_that_export_and_another_as_any(store):
    for topic in ("first ", "second "):
        note_export(store, lines(1, topic), NOW)
    assert topics(store, "s1", export_id(lines(1, "first "))) == {digest("first 0")}
    assert topics(store, "s1", "of somebody else") == set()
    assert topics(store, "s1") == {digest("first 0"), digest("second 0")}


def test_large_exports_make_room_for_another_and_what_was_is_kept_in_bounds(store, monkeypatch):
    monkeypatch.setattr(exported, "MOST_LINES", 3)
    monkeypatch.setattr(exported, "MOST_PAST", 4)
    monkeypatch.setattr(exported, "MOST_OF_LINE", 2)
    many = [PlanRow(id=f"m{number}", status="open") for number in range(3)]
    note_export(store, many, NOW)
    for topic in "abcd":
        note_export(store, [PlanRow(id="s", status="open", topic=topic), *many[:2]], NOW)
    assert [len(record["lines"]) for record in exports(store)] == [3]
    past = store.singletons.find("exported_plans_past")["out"]
    assert sum(map(len, past.values())) == 4
    assert topics(store, "s") == {digest(topic) for topic in "bcd"}
    note_export(store, [PlanRow(id=f"x{number}", status="open") for number in range(4)], NOW)
    assert topics(store, "x1") == set()


@pytest.mark.parametrize(("name", "expected"), [("xlsx", {}), ("csv", {"conflicts": {TUE: {"topic": "A"}}})])
def test_words_of_kwartier_are_not_overwritten_by_a_file_of_many_exports_ago(store, name, expected):
    edit(store, TUE, topic="A")
    content = take_out(store, name)
    edit(store, TUE, topic="Later")
    for number in range(MOST_EXPORTS if name == "csv" else 3):
        edit(store, THU, hashtags=[f"a{number}"])
        take_out(store)
    edited = EDIT[name](content, {THU: {"creation_needed": "photo"}})
    found = asked(bring_back(store, edited))
    conflicts = {row_id: values for row_id, values in found.get("conflicts", {}).items() if row_id == TUE}
    assert ({"conflicts": conflicts} if conflicts else {}) == expected
    assert TUE not in found.get("changes", {})


@pytest.mark.parametrize("name", EDIT)
def test_an_edit_back_to_what_an_older_export_said_is_asked_about(store, name):
    take_out(store)
    edit(store, TUE, date="2026-11-25")
    edited = EDIT[name](take_out(store, name), {TUE: {"date": "2026-11-24"}})
    assert asked(bring_back(store, edited)) == {"conflicts": {TUE: {"date": "2026-11-24"}}}


@pytest.mark.parametrize("name", EDIT)
def test_a_file_that_resembles_a_later_export_is_not_taken_for_it(store, name):
    edit(store, queue(store), date="2026-11-24")
    edited = EDIT[name](take_out(store, name), {TUE: {"topic": "T", "hashtags": "#a", "commentary": "Van Anna"}})
    edit(store, TUE, topic="T", hashtags=["a"], commentary="Van Ben")
    take_out(store)
    assert asked(bring_back(store, edited)) == {"conflicts": {TUE: {"commentary": "Van Anna"}}}


@pytest.mark.parametrize("name", EDIT)
def test_what_was_changed_back_in_kwartier_is_not_changed_again_by_the_same_file(store, name):
    edit(store, TUE, topic="A")
    edited = EDIT[name](take_out(store, name), {TUE: {"topic": "B"}})
    take_over(store, bring_back(store, edited))
    assert asked(bring_back(store, edited)) == {}
    edit(store, TUE, topic="A")
    more = EDIT[name](edited, {THU: {"hashtags": "#a"}})
    assert asked(bring_back(store, more)) == {
        "conflicts": {TUE: {"topic": "B"}},
        "changes": {THU: {"hashtags": ["a"]}},
    }


def test_a_file_that_comes_again_is_held_against_what_it_began_as_though_the_plan_went_out_since(store):
    edited = edit_workbook(
        take_out(store, "xlsx"), {TUE: {"topic": "Slaap"}, THU: {"topic": "Dag", "hashtags": "#a", "people": "Anna"}}
    )
    edit(store, TUE, topic="Nacht")
    take_over(store, bring_back(store, edited))
    again = take_out(store, "xlsx")
    assert asked(bring_back(store, edited)) == {"conflicts": {TUE: {"topic": "Slaap"}}}
    shown = bring_back(store, edit_workbook(again, {TUE: {"hashtags": "#b"}, THU: {"topic": "Avond"}}))
    assert asked(shown) == {"changes": {TUE: {"hashtags": ["b"]}, THU: {"topic": "Avond"}}}


def test_the_workbook_names_its_export_and_a_program_that_saves_it_keeps_that(store):
    rows = list(rows_of(store).values())
    content = take_out(store, "xlsx")
    for saved in (content, edit_workbook(content, {})):
        assert read_sheet(saved)["export"] == export_id(rows)
    assert read_sheet(take_out(store))["export"] == ""


def test_a_line_follows_its_article_to_where_that_stands_now():
    with opened() as store:
        one, other = queue(store, 1), queue(store, 2)
        edit(store, one, date="2026-11-24", commentary="Over een.")
        content = take_out(store, "xlsx")
        edit(store, TUE, status="queued")
        edit(store, one, date="2026-11-26")
        edit(store, other, date="2026-11-24", commentary="Over twee.")
        shown = bring_back(store, edit_workbook(content, {TUE: {"commentary": "Over een, beter."}}))
        assert [(line.row.title, line.row.id, line.is_other_article) for line in shown.lines] == [
            ("Article 1", THU, False)
        ]
        assert asked(shown) == {"changes": {TUE: {"commentary": "Over een, beter."}}}
        take_over(store, shown)
        assert (rows_of(store)[TUE].commentary, rows_of(store)[THU].commentary) == ("Over twee.", "Over een, beter.")


def test_where_there_was_no_article_it_is_said_that_one_stands_there_now(store):
    content = take_out(store, "xlsx")
    edit(store, queue(store), date="2026-11-24")
    [line] = bring_back(store, edit_workbook(content, {TUE: {"topic": "Slaap"}})).lines
    assert (line.is_other_article, line.merged.conflicts) == (True, {"topic": "Slaap"})
