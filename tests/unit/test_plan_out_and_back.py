"""The plan goes out again and again, is edited here and in the files, and comes back: nothing of anybody's is lost.

Each file keeps in mind what it began as. A cell that somebody edited in it is taken over or asked about, one that
nobody edited never replaces what Kwartier says, and what was brought in before and changed since is asked about.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from companion.editorial import changes
from companion.editorial.content_plan.sheets import exported
from tests.unit import plan_sheets as sheets
from tests.unit.plan_sheets import bring_back, edit, edit_csv, edit_workbook, opened, take_out, take_over, values_by_id

LINES = st.integers(0, 1)
# Few, so that people come back to what was said before.
CELLS = st.one_of(
    st.tuples(st.just("topic"), st.sampled_from(["Slaap", "Nachtdienst"])),
    st.tuples(st.just("preparation_minutes"), st.sampled_from([25, 45])),
)
WAYS = {"csv": edit_csv, "xlsx": edit_workbook}


class File:
    """A file with the plan, as somebody has it: its bytes, what its cells say, and what they said at first."""

    def __init__(self, way, content, cells):
        self.way, self.content = way, content
        self.began, self.cells = cells, {row_id: dict(row) for row_id, row in cells.items()}

    def type(self, row_id, name, value):
        self.content = WAYS[self.way](self.content, {row_id: {name: value}})
        self.cells[row_id][name] = value


class OutAndBack(RuleBasedStateMachine):
    files = Bundle("files")

    @initialize()
    def some_plan(self):
        self.opening = opened()
        self.store = self.opening.__enter__()
        # So that exports are dropped.
        self.kept, exported.MOST_EXPORTS = exported.MOST_EXPORTS, 2
        sheets.fill(self.store, [{"topic": "Slaap"}, {}, {}, {"hashtags": ["slaap"]}])
        rows = sheets.rows_of(self.store)
        self.lines = [row_id for row_id, row in rows.items() if row.item_id and row.day]
        self.lines.append(next(row_id for row_id, row in rows.items() if row.status == "open"))
        self.brought, self.last = set(), None

    def teardown(self):
        if hasattr(self, "opening"):
            exported.MOST_EXPORTS = self.kept
            self.opening.__exit__(None, None, None)

    def said(self):
        values = values_by_id(self.store)
        return {row_id: {name: values[row_id][name] for name in NAMES} for row_id in self.lines}

    @rule(target=files, way=st.sampled_from(sorted(WAYS)))
    def goes_out(self, way):
        return File(way, take_out(self.store, way), self.said())

    @rule(line=LINES, cell=CELLS)
    def is_edited_here(self, line, cell):
        edit(self.store, self.lines[line], **dict([cell]))

    @rule(file=files, line=LINES, cell=CELLS)
    def is_edited_in_a_file(self, file, line, cell):
        file.type(self.lines[line], *cell)

    @rule(file=files, theirs=st.booleans())
    def comes_back(self, file, theirs):
        before, kept = self.said(), sheets.records(self.store)
        shown = bring_back(self.store, file.content)
        changed = {line.line.id: line.merged.changes for line in shown.lines}
        asked = {line.line.id: line.merged.conflicts for line in shown.lines}
        for row_id, name, cell, now in self.differing(file, before):
            is_edited = cell != file.began[row_id][name]
            is_changed, is_asked = name in changed.get(row_id, {}), name in asked.get(row_id, {})
            assert is_changed or is_asked or not is_edited, "an edit is lost"
            assert not is_changed or (is_edited and now == file.began[row_id][name]), "somebody's words are replaced"
            assert not is_changed or (row_id, name, str(cell)) not in self.brought, "what was changed back is replaced"
        done = take_over(self.store, shown, {line.key for line in shown.lines} if theirs else ())
        taken = [
            (row_id, name)
            for found in [changed, *([asked] if theirs else [])]
            for row_id in found
            for name in found[row_id]
        ]
        for row_id, name in taken:
            before[row_id][name] = file.cells[row_id][name]
            self.brought.add((row_id, name, str(before[row_id][name])))
        assert (self.said(), list(done.refused)) == (before, [])
        if done.change_id:
            self.last = (done.change_id, kept, sheets.records(self.store))

    def differing(self, file, before):
        for row_id in self.lines:
            for name in NAMES:
                if file.cells[row_id][name] != before[row_id][name]:
                    yield row_id, name, file.cells[row_id][name], before[row_id][name]

    @rule()
    def is_undone(self):
        if self.last and sheets.records(self.store) == self.last[2]:
            changes.take_back(self.store, self.last[0], changes.IMPORTS)
            assert sheets.records(self.store) == self.last[1]
            self.last = None


NAMES = ("topic", "preparation_minutes")
QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}
TestOutAndBack = OutAndBack.TestCase
TestOutAndBack.settings = settings(max_examples=25, stateful_step_count=16, **QUIET)


@pytest.mark.long
class TestOutAndBackForLong(OutAndBack.TestCase):
    settings = settings(max_examples=150, stateful_step_count=25, **QUIET)
