"""A content plan that came back as a sheet: what it would change."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, partial
from typing import Any, cast
from zoneinfo import ZoneInfo

from companion import contract
from companion.editorial.content_plan.editing import Before, add_row, edit_row
from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.cells import EDITABLE, OF_ARTICLE, plain, values_of
from companion.editorial.content_plan.sheets.exported import ITEM, Past, digest, pasts
from companion.editorial.content_plan.sheets.finding import Articles, find_rows, standing
from companion.editorial.content_plan.sheets.merge import Merged, Values, merge
from companion.editorial.content_plan.sheets.sheet import SheetLine
from companion.editorial.ports import Store
from companion.errors import Conflict, Invalid, NotFound
from companion.records import PlanEdit, Problem

# By key and field what the user decided on already: it stays as it is.
Settled = Collection[tuple[str, str]]

_HEADERS = {name: header for header, name in EDITABLE.items()}


@dataclass(frozen=True)
class Sheet:
    """The lines of a file, and by id what they said before."""

    lines: Sequence[SheetLine]
    pasts: Mapping[str, Past]


@dataclass(frozen=True)
class Line:
    """What a line of the sheet asks for.

    `row` is how the line is now, None for one that is to be added. `faults` tell by header what of it cannot be taken
    over, `stays` the headers of the article's own, which no sheet changes. `refusal` says why the changes cannot be
    made, `conflict_refusal` why they cannot together with what was changed on both sides. `is_other_article` says that
    another article stands there now than when the file went out.
    """

    line: SheetLine
    row: PlanRow | None
    merged: Merged = field(default_factory=Merged)
    faults: Mapping[str, str] = field(default_factory=dict)
    stays: Sequence[str] = ()
    refusal: Problem | None = None
    conflict_refusal: Problem | None = None
    is_other_article: bool = False

    @property
    def key(self) -> str:
        """A name for it within the sheet."""
        return self.line.key

    @cached_property
    def now(self) -> Values:
        """By field what it says now."""
        return values_of(self.row) if self.row else {}

    @cached_property
    def digest(self) -> str:
        """A short name for all of it that is to be decided on."""
        asked = [self.merged.changes, self.merged.conflicts]
        now = [self.now.get(name) for names in asked for name in names]
        return digest([self.key, *asked, now, self.refusal, self.conflict_refusal])

    @property
    def is_new(self) -> bool:
        """Whether it is to be added."""
        return self.row is None and not self.line.id and "Id" not in self.faults

    @property
    def is_missing(self) -> bool:
        """Whether it names a line that is not in the plan."""
        return self.row is None and bool(self.line.id)

    @property
    def can_be_taken(self) -> bool:
        """Whether there is something that can be taken over as it is."""
        return bool(self.merged.changes) and self.refusal is None


@dataclass(frozen=True)
class Preview:
    """What a sheet would change, in its order, without what it leaves as it is: of that there are `unchanged` lines.

    In `newer` of its cells the plan says something else since, which stays.
    """

    lines: Sequence[Line]
    unchanged: int
    newer: int = 0

    @cached_property
    def digest(self) -> str:
        """A short name for all that is to be decided on, by which a form can tell that it still is what was shown."""
        return digest([line.digest for line in self.lines])


class _Tried(Exception):
    """Ends a transaction in which something was only tried."""


def held_against_exports(store: Store, lines: Sequence[SheetLine], export: str = "") -> Sheet:
    """The lines with what they said before, in a file that says it is this export, or does not say.

    It is told once: what goes out later is not what they began as.
    """
    return Sheet(lines, pasts(store, {line.id for line in lines if line.id}, export))


def preview(store: Store, sheet: Sheet, settled: Settled, zone: ZoneInfo, now: datetime) -> Preview:
    """What a sheet would change now. Nothing is changed."""
    rows = find_rows(store, {line.id for line in sheet.lines if line.id}, zone)
    articles = Articles(store, zone)
    lines = [_line(store, line, rows.get(line.id), sheet.pasts, articles, settled, zone) for line in sheet.lines]
    shown = [line for line in lines if line.merged != Merged() or line.faults or line.stays or line.is_missing]
    newer = sum(len(line.merged.newer) for line in lines)
    return Preview(_tried(store, shown, zone, now), len(lines) - len(shown), newer)


def _line(
    store: Store,
    line: SheetLine,
    row: PlanRow | None,
    by_id: Mapping[str, Past],
    articles: Articles,
    settled: Settled,
    zone: ZoneInfo,
) -> Line:
    if "Id" in line.faults:
        return Line(line, row, faults=line.faults)
    past = by_id.get(line.id, Past())
    if not line.id:
        row, line = standing(store, line, zone)
        if row is None:
            return _new_line(line, settled)
    elif row is None:
        return Line(line, None)
    else:
        row = articles.find(past, row) or row
    merged = _unsettled(merge(line.values, {**values_of(row), ITEM: row.item_id}, past), line.key, settled)
    began = past.began.get(ITEM, ())
    is_other = bool(began) and digest(row.item_id) not in began
    return _judged(Line(line, row, merged, line.faults, _stays(line, row), is_other_article=is_other))


def _new_line(line: SheetLine, settled: Settled) -> Line:
    if any(key == line.key for key, _ in settled):
        return Line(line, None)
    return _judged(Line(line, None, Merged(line.values), line.faults, tuple(line.of_article)))


def _unsettled(merged: Merged, key: str, settled: Settled) -> Merged:
    def open_ones(fields: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if (key, name) not in settled}

    if not settled:
        return merged
    return replace(merged, changes=open_ones(merged.changes), conflicts=open_ones(merged.conflicts))


def _stays(line: SheetLine, row: PlanRow) -> Sequence[str]:
    """The headers under which the file says something else of the article."""
    return tuple(header for header, text in line.of_article.items() if text != plain(getattr(row, OF_ARTICLE[header])))


def _judged(line: Line) -> Line:
    """Without what no line can say, which is told as a fault."""
    asked = {**line.merged.changes, **line.merged.conflicts}
    if not asked and not line.merged.faults:
        return line
    wrong = {name for name, value in asked.items() if contract.check("plan_edit", _edit({name: value}))}
    told = {**line.merged.faults, **dict.fromkeys(wrong, "invalid")}
    changes, conflicts = _without(line.merged.changes, wrong), _without(line.merged.conflicts, wrong)
    merged = replace(line.merged, changes=changes, conflicts=conflicts, faults={})
    return replace(line, merged=merged, faults={**line.faults, **{_HEADERS[name]: why for name, why in told.items()}})


def _without(fields: Values, names: Collection[str]) -> Values:
    return {name: value for name, value in fields.items() if name not in names}


def _edit(values: Values) -> PlanEdit:
    """An address that was emptied is none."""
    return cast(
        PlanEdit, {name: value if (name, value) != ("post_url", "") else None for name, value in values.items()}
    )


def _tried(store: Store, lines: Sequence[Line], zone: ZoneInfo, now: datetime) -> list[Line]:
    """The lines with what would be refused of them, tried one after the other and taken back together."""
    tried: list[Line] = []
    with suppress(_Tried), store.transaction():
        for line in lines:
            both = {**line.merged.changes, **line.merged.conflicts}
            conflict_refusal = _refusal(store, line, both, zone, now) if line.merged.conflicts else None
            refusal = _refusal_of(partial(apply, store, line, line.merged.changes, zone, now))
            tried.append(replace(line, refusal=refusal, conflict_refusal=conflict_refusal))
        raise _Tried
    return tried


def _refusal(store: Store, line: Line, values: Values, zone: ZoneInfo, now: datetime) -> Problem | None:
    """Why this cannot be, if so; nothing of it stays."""

    def try_it() -> None:
        with store.transaction():
            apply(store, line, values, zone, now)
            raise _Tried

    with suppress(_Tried):
        return _refusal_of(try_it)
    return None


def _refusal_of(act: Callable[[], object]) -> Problem | None:
    try:
        act()
    except (Invalid, Conflict, NotFound) as error:
        return error.problems[0] if error.problems else {"path": "", "message": error.message}
    return None


def apply(store: Store, line: Line, values: Values, zone: ZoneInfo, now: datetime) -> Before:
    """Let the line say these values. Returns and raises as `edit_row`."""
    if line.is_new:
        return add_row(store, _edit(values), zone, now)
    if not values or line.row is None:
        return {}
    return edit_row(store, line.row.id, _edit(values), zone, now)
