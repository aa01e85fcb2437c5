"""The plan goes out as a sheet and comes back: with exactly what was edited in it, and nothing else."""

import re
from datetime import date, time
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from companion.editorial import changes
from companion.editorial.content_plan.sheets.columns import HEADERS, MORE_HEADERS
from tests.unit import plan_sheets as sheets
from tests.unit.plan_shapes import reshape_csv, reshape_workbook
from tests.unit.plan_sheets import asked, bring_back, edit_csv, edit_workbook, opened, take_out, take_over, values_by_id

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=300)
# What a sheet, a cell, a line or a quote could stumble over; nothing can hold a lone surrogate.
NASTY = st.sampled_from("'\"=+-@＝ \t\r\n,;\ufeff\u200b\u202e\x00\x1f\x85#&<>_𝒳🙂é")
TEXTS = st.text(st.one_of(NASTY, st.characters(exclude_categories=["Cs"])), max_size=40)
NAMES = TEXTS.filter(lambda name: name.strip())
TAGS = st.from_regex(r"[^\s#,\x00-\x1f\x7f-\x9f]{1,12}", fullmatch=True).filter(lambda tag: tag.isprintable())
BRIEFS = st.fixed_dictionaries(
    {},
    optional={
        "topic": TEXTS,
        "commentary": st.one_of(TEXTS, st.sampled_from(["=1+1\n" * 8000, '"' * 32_766, "'" * 40_000])),
        "people": st.lists(NAMES, max_size=4, unique=True),
        "hashtags": st.lists(TAGS, max_size=4, unique=True),
        "creation_needed": st.sampled_from(sheets.CODES["creation_needed"]),
        "creation_ready": st.booleans(),
        "creation_link": TEXTS,
    },
).filter(bool)
# What people type, as far as a cell can hold it; `_x0041_` is how a workbook writes a letter it cannot.
TYPED = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]).filter(str.isprintable), min_size=1, max_size=40
).map(str.strip).filter(lambda text: text and not re.search(r"_x[0-9A-Fa-f]{4}_|^'", text) and not text.startswith("#"))  # fmt: skip
MOMENTS = {
    "date": st.dates(date(2026, 11, 23), date(2026, 12, 4)).filter(lambda day: day.weekday() < 5).map(date.isoformat),
    "time": st.times(time(9), time(16, 59)).map(lambda clock: clock.isoformat("minutes")),
}
EDITS = {
    "topic": st.one_of(TYPED, st.sampled_from(["=cmd|' /C calc'!A0", "-1", "@SUM(A1)", ""])),
    "commentary": st.one_of(TYPED, st.just("Een regel.\n\nEn nog een."), st.just("")),
    "people": st.lists(TYPED.filter(lambda text: not re.search("[,;'=+@-]", text)), max_size=3, unique=True),
    "hashtags": st.lists(TAGS.filter(lambda tag: ";" not in tag), max_size=3, unique=True),
    "creation_needed": st.sampled_from(sheets.CODES["creation_needed"]),
    "creation_ready": st.booleans(),
    "creation_link": TYPED,
}
DATED = MOMENTS | {
    "preparation_minutes": st.integers(5, 240),
    "channel": TYPED,
    "zone": st.sampled_from(["Europe/Berlin", "Europe/Lisbon"]),
    "kind": st.sampled_from(sheets.CODES["kind"]),
    "status": st.just("skipped"),
}
NEW = st.fixed_dictionaries(
    MOMENTS | {"topic": TYPED, "commentary": TYPED}, optional={"people": EDITS["people"].filter(bool)}
)
WAYS = {"csv": ("csv", edit_csv, reshape_csv), "xlsx": ("xlsx", edit_workbook, reshape_workbook)}


def as_cells(edit):
    """As it is typed."""
    tags = {"hashtags": " ".join(f"#{tag}" for tag in edit["hashtags"])} if "hashtags" in edit else {}
    ready = {"creation_ready": "yes" if edit["creation_ready"] else "no"} if "creation_ready" in edit else {}
    return {
        name: "; ".join(value) if isinstance(value, list) else value for name, value in (edit | tags | ready).items()
    }


def comes_back_as_it_was(briefs, name):
    with opened() as store:
        sheets.fill(store, briefs)
        before = sheets.records(store)
        shown = bring_back(store, take_out(store, name))
        assert (asked(shown), len(shown.lines)) == ({}, 0)
        # Nor is anything asked about where nothing is known of what went out.
        for record in [record["id"] for record in store.singletons if record["id"].startswith("exported_plan_")]:
            store.singletons.discard(record)
        assert asked(bring_back(store, take_out(store, name))) == {}
        assert sheets.records(store) == before


def brings_exactly_the_edits(briefs, data, name, edit_file, reshape):
    with opened() as store:
        sheets.fill(store, briefs)
        before, kept = values_by_id(store), sheets.records(store)
        articles = {row_id for row_id, row in sheets.rows_of(store).items() if row.item_id}
        there = set(HEADERS) | set(MORE_HEADERS if name == "xlsx" else ())
        edits = {
            row_id: drawn(data, before[row_id], row_id in articles, there) for row_id in data.draw(some_of(before))
        }
        new = data.draw(st.lists(NEW, max_size=1))
        edited = edit_file(
            take_out(store, name), {row_id: as_cells(edit) for row_id, edit in edits.items()}, map(as_cells, new)
        )
        fields = {sheets.HEADER_OF[field] for edit in [*edits.values(), *new] for field in edit}
        edited = reshape(edited, Random(data.draw(st.integers(0, 999))), keep=fields, ids=edits)
        differing = {
            row_id: found
            for row_id, edit in edits.items()
            if (found := {name: value for name, value in edit.items() if value != before[row_id][name]})
        }
        shown = bring_back(store, edited)
        asks = differing | dict(zip([""], new, strict=False))
        assert asked(shown) == ({"changes": asks} if asks else {})
        done = take_over(store, shown)
        assert (done.lines, list(done.refused)) == (len(asks), [])
        after = values_by_id(store)
        # To the letter, since a sheet shows no control characters.
        wordy = {row_id for row_id, row in sheets.rows_of(store).items() if row.topic or row.commentary}
        added = [after.pop(row_id) for row_id in after.keys() - before.keys()]
        assert [line | row == row for line, row in zip(new, added, strict=True)] == [True] * len(new)
        assert after == as_it_becomes(before, differing, articles, wordy)
        assert asked(bring_back(store, edited)) == {}
        if done.change_id:
            changes.take_back(store, done.change_id, changes.IMPORTS)
        assert sheets.records(store) == kept


def as_it_becomes(before, differing, articles, wordy):
    """The lines with these edits. An own post is planned by what it says, and what is skipped is no line any more."""
    after = {row_id: row | differing.get(row_id, {}) for row_id, row in before.items()}
    for row_id, row in after.items():
        if row_id not in articles and row["status"] != "skipped":
            row["status"] = "planned" if row["kind"] == "own" and row_id in wordy else "open"
    return {row_id: row for row_id, row in after.items() if row["status"] != "skipped"}


def some_of(ids):
    """In the order of the plan, which does not depend on what the ids happen to be."""
    return st.lists(st.sampled_from(range(len(ids))), max_size=4, unique=True).map(
        lambda places: [list(ids)[place] for place in places]
    )


def drawn(data, row, has_article, headers):
    """Edits of a line, without what the plan would refuse."""
    fields = EDITS | (DATED if row["date"] else {})
    edit = data.draw(st.fixed_dictionaries({}, optional=fields))
    after = row | edit
    if not has_article and after["commentary"] and after["kind"] != "own":
        edit = {field: value for field, value in edit.items() if field not in ("commentary", "kind")}
    if row["status"] != "open":
        edit.pop("status", None)
    if "kind" in edit:
        # Each kind has a preparation of its own, unless somebody says how long it is.
        edit["preparation_minutes"] = row["preparation_minutes"] + 5
    return {field: value for field, value in edit.items() if sheets.HEADER_OF[field] in headers}


@pytest.mark.parametrize("name", WAYS)
@FEW
@given(briefs=st.lists(BRIEFS, max_size=4))
@example(
    briefs=[{"commentary": "_x0041_ en _x000D_"}, {"people": ["Jansen, P."]}, {"topic": "'=1", "commentary": "#REF!"}]
)
@example(
    briefs=[{"people": ["a;b", "c\rd", "'=e"], "hashtags": ["a;b"]}, {"topic": "\x00=1"}, {"creation_ready": True}]
)
def test_what_nobody_edited_changes_nothing(name, briefs):
    comes_back_as_it_was(briefs, name)


@pytest.mark.parametrize("name", WAYS)
@FEW
@given(briefs=st.lists(BRIEFS, min_size=1, max_size=4), data=st.data())
def test_what_was_edited_is_what_changes_and_goes_back_in_one_step(name, briefs, data):
    brings_exactly_the_edits(briefs, data, *WAYS[name])


@pytest.mark.long
@pytest.mark.parametrize("name", WAYS)
@MANY
@given(briefs=st.lists(BRIEFS, max_size=6), data=st.data())
def test_the_same_of_many_plans(name, briefs, data):
    comes_back_as_it_was(briefs, name)
    brings_exactly_the_edits(briefs, data, *WAYS[name])
