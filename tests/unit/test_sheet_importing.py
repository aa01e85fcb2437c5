"""What is chosen of a content plan that came back is done in its order, and what cannot be done is told."""

import io
from datetime import timedelta

import openpyxl

from companion.editorial import changes
from companion.editorial.content_plan.sheets.importing import Choice, carry_out, left_alone
from companion.editorial.content_plan.sheets.incoming import preview
from tests.unit.plan_sheets import (
    asked,
    bring_back,
    edit,
    edit_csv,
    edit_workbook,
    read,
    records,
    rows_of,
    take_out,
    take_over,
)
from tests.unit.planning import AMSTERDAM, NOW, queue

TUE, THU = "2026-11-24-tue", "2026-11-26-thu"
NEW = {"date": "2026-11-25", "time": "10:30", "topic": "Eigen", "commentary": "Eerst dit."}


def choose(shown, taken=None, theirs=()):
    """All lines are taken over unless some are named."""
    return Choice({line.key for line in shown.lines} if taken is None else set(taken), set(theirs))


def do(store, shown, choice):
    return carry_out(store, shown, choice, AMSTERDAM, NOW)


def test_two_lines_that_change_one_record_go_back_to_what_was_there_before_the_first(store):
    item = queue(store)
    content = take_out(store)
    before = records(store)
    edits = {TUE: {"hashtags": "#a"}, item: {"date": "2026-11-24", "time": "08:40", "topic": "Slaap"}}
    done = take_over(store, bring_back(store, edit_csv(content, edits)))
    assert (done.lines, rows_of(store)[TUE].item_id, rows_of(store)[TUE].hashtags) == (2, item, ("a",))
    changes.take_back(store, done.change_id, changes.IMPORTS)
    assert records(store) == before


def test_what_is_refused_is_not_settled(store):
    content = take_out(store)
    edited = edit_csv(content, {TUE: {"date": "2026-11-28", "topic": "x"}, THU: {"topic": "Dag"}})
    shown = bring_back(store, edited)
    choice = choose(shown, [line.key for line in shown.lines if line.can_be_taken])
    assert do(store, shown, choice).lines == 1
    # What nobody could tick was not decided on.
    assert left_alone(shown, choice, ()) == set()
    assert asked(bring_back(store, edited, left_alone(shown, choice, ())))["refused"] == {TUE: "starts_at"}


def test_what_is_not_ticked_or_kept_stays_and_is_asked_no_more(store):
    content = take_out(store)
    edit(store, TUE, topic="Nacht")
    edited = edit_csv(content, {TUE: {"topic": "Slaap"}, THU: {"topic": "Dag"}})
    shown = bring_back(store, edited)
    ours = [line.key for line in shown.lines if line.merged.conflicts]
    settled = left_alone(shown, choose(shown, []), ours)
    assert {name for _, name in settled} == {"topic"}
    assert bring_back(store, edited, settled).lines == []


def test_lines_are_done_in_the_order_of_the_file_and_those_refused_are_named(store):
    item = queue(store)
    content = take_out(store)
    edits = {TUE: {"status": "skipped"}, item: {"date": "2026-11-24", "time": "08:40", "topic": "Slaap"}}
    shown = bring_back(store, edit_csv(content, edits))
    assert [line.refusal for line in shown.lines] == [None, None]
    done = do(store, shown, choose(shown))
    assert (done.lines, done.refused) == (2, [])
    assert rows_of(store)[next(row.id for row in rows_of(store).values() if row.item_id == item)].topic == "Slaap"


def test_a_line_that_is_refused_as_it_is_done_is_named_and_the_rest_goes_on(store):
    shown = bring_back(store, edit_csv(take_out(store), {TUE: {"status": "skipped"}, THU: {"topic": "Dag"}}))
    edit(store, queue(store), date="2026-11-24")  # Meanwhile an article takes the place: that is a Conflict.
    skipped = next(line.key for line in shown.lines if line.line.id == TUE)
    done = do(store, shown, choose(shown))
    assert (done.lines, done.refused, rows_of(store)[THU].topic) == (1, [skipped], "Dag")


def test_a_form_can_tell_that_a_line_is_not_what_was_shown(store):
    edited = edit_csv(take_out(store), {TUE: {"topic": "Slaap"}})
    edit(store, TUE, topic="Nacht")
    first = bring_back(store, edited)
    edit(store, TUE, topic="Avond")
    other = bring_back(store, edited)
    edit(store, TUE, topic="Nacht")
    assert asked(first) == asked(other)
    assert len({first.digest, other.digest}) == 2
    assert bring_back(store, edited).digest == first.digest


def test_a_form_can_tell_that_a_line_is_refused_since(store):
    sheet = read(store, edit_csv(take_out(store), {THU: {"date": "2026-11-25"}}))
    first, then = (preview(store, sheet, (), AMSTERDAM, now) for now in (NOW, NOW + timedelta(days=3, hours=23)))
    # The same is asked for, but that day has passed.
    assert [line.merged for line in first.lines] == [line.merged for line in then.lines]
    assert ([line.can_be_taken for line in first.lines], asked(then)["refused"]) == ([True], {THU: "date"})
    assert first.digest != then.digest


def test_a_new_line_that_was_brought_in_before_is_that_line(store):
    content = take_out(store)
    take_over(store, bring_back(store, edit_csv(content, {}, [NEW])))
    again = bring_back(store, edit_csv(content, {}, [NEW | {"commentary": "Eerst dit, dan dat.", "people": "Anna"}]))
    [line] = again.lines
    assert (line.is_new, line.merged.changes) == (False, {})
    assert line.merged.conflicts == {"commentary": "Eerst dit, dan dat.", "people": ["Anna"]}
    do(store, again, choose(again, theirs=[line.key]))
    [row] = [row for row in rows_of(store).values() if row.topic == "Eigen"]
    assert (row.commentary, row.people) == ("Eerst dit, dan dat.", ("Anna",))


def test_a_new_line_at_an_open_place_is_asked_about_and_one_beside_an_article_is_added(store):
    content = take_out(store)
    new = {"date": "2026-11-24", "time": "08:40", "people": "Anna"}
    [line] = bring_back(store, edit_csv(content, {}, [new])).lines
    assert (line.row.id, line.merged.conflicts) == (TUE, {"people": ["Anna"]})
    edit(store, queue(store), date="2026-11-24")
    [line] = bring_back(store, edit_csv(content, {}, [new])).lines
    assert line.is_new


def test_an_error_under_id_is_no_new_line(store):
    content = edit_workbook(take_out(store, "xlsx"), {TUE: {"topic": "Slaap"}})
    shown = bring_back(store, with_error_as_id(content))
    assert [(line.faults, line.is_new, line.is_missing, line.can_be_taken) for line in shown.lines] == [
        ({"Id": "formula"}, False, False, False)
    ]


def with_error_as_id(content):
    book, saved = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    next(cell for (cell,) in book.worksheets[0]["P2:P60"] if cell.value == TUE).value = "#REF!"
    book.save(saved)
    return saved.getvalue()
