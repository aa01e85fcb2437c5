"""The plan as a table: a line for each slot by week, then the articles that wait for one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext, ngettext

from companion.editorial import curation
from companion.editorial.content_plan.rows import PlanRow, row_of
from companion.editorial.planning import calendar
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.times import monday
from companion.errors import NotFound
from companion.web.context import now, store, zone
from companion.web.pages import spans
from companion.web.pages.blocks import Block
from companion.web.pages.cards import Card, card_of
from companion.web.pages.plan_pages.form import CELLS, LineForm, form_of, is_post, status_choices
from companion.web.pages.plan_pages.shown import Shown

# As many of the queue as one looks through; all of them are on the week's page.
MOST_WAITING = 50


@dataclass(frozen=True)
class Line:
    """One line of the table. `state` is that of the slot's card, or queued; `block` is when its post is prepared."""

    row: PlanRow
    state: str
    form: LineForm
    block: Block | None = None

    @property
    def choices(self) -> dict[str, str]:
        """What can become of it, in words."""
        return status_choices(self.row)

    @property
    def is_post(self) -> bool:
        """Whether a post stands in it."""
        return is_post(self.row)

    @property
    def lacks_view(self) -> bool:
        """Whether it is a post with a date, and nobody wrote yet what it says."""
        return (
            self.is_post
            and self.row.day is not None
            and self.row.status != "published"
            and not self.row.commentary.strip()
        )

    @property
    def is_to_make(self) -> bool:
        """Whether something for it still has to be made."""
        asked = self.row.creation_needed not in ("", "none")
        return asked and not self.row.creation_ready and self.row.status != "published"

    def fields(self, cell: str) -> dict[str, str]:
        """What is in the fields of a cell, by their names in their order; nothing where it is not for editing."""
        return {name: self.form.texts[name] for name in CELLS[cell] if name in self.form.texts}


@dataclass(frozen=True)
class Table:
    """The lines that are shown. `waiting` are those of the queue; `has_more` tells that more wait than that.

    `undated` has one more where one is edited that is not among them.
    """

    dated: Sequence[Line]
    undated: Sequence[Line]
    waiting: int
    has_more: bool
    channels: Sequence[str]

    @property
    def weeks(self) -> list[tuple[date, list[Line]]]:
        """The dated lines by the Monday of their week."""
        return [(week, list(lines)) for week, lines in groupby(self.dated, key=_week)]

    @property
    def sums(self) -> str:
        """How much there is, and what is still to be done for it."""
        posts = [line for line in self.dated if line.is_post]
        parts = [ngettext("%(num)s post", "%(num)s posts", len(posts))] if posts else []
        if lacking := sum(line.lacks_view for line in posts):
            parts.append(ngettext("%(num)s without your view", "%(num)s without your view", lacking))
        if to_make := sum(line.is_to_make for line in self.dated):
            parts.append(ngettext("%(num)s visual still to make", "%(num)s visuals still to make", to_make))
        return f"{', '.join(parts)}." if parts else gettext("No post has its slot yet.")

    def find(self, row_id: str) -> Line | None:
        """The line of this id."""
        return next((line for line in (*self.dated, *self.undated) if line.row.id == row_id), None)


def table_of(shown: Shown, edited: Line | None) -> Table:
    """The lines of these days in this channel; the one that is edited stands there in any case.

    What has no date has no channel either, so it is left out where one is chosen.
    """
    schedule = get_schedule(store(), zone(), shown.first, shown.last, now())
    cards = [card_of(slot, schedule.preparations.get(slot["id"])) for slot in schedule.slots]
    every = [_line(card) for card in cards if card.state != "skipped"]
    named = {line.row.channel.strip().casefold(): line.row.channel for line in every}
    if shown.channel:
        named.setdefault(shown.channel.casefold(), shown.channel)
    waiting = [] if shown.channel else curation.every_item(store(), "queued", MOST_WAITING + 1)
    dated = [line for line in every if shown.has(line.row.channel) and _says_something(line)]
    undated = [_waiting(row_of(None, item)) for item in waiting[:MOST_WAITING]]
    channels = sorted(named.values(), key=str.casefold)
    table = Table(dated, undated, len(undated), len(waiting) > MOST_WAITING, channels)
    return _with(table, edited) if edited and not table.find(edited.row.id) else table


def _line(card: Card) -> Line:
    row = row_of(card.slot, card.item)
    return Line(row, card.state, form_of(row), card.block)


def _waiting(row: PlanRow) -> Line:
    return Line(row, "queued", form_of(row))


def _says_something(line: Line) -> bool:
    """A slot that passed without a post says nothing about what is to come."""
    return line.is_post or bool(line.row.topic) or (line.row.day or date.min) >= spans.today()


def _with(table: Table, line: Line) -> Table:
    if line.row.day is None:
        return replace(table, undated=[line, *table.undated])
    return replace(table, dated=sorted([*table.dated, line], key=_moment))


def _moment(line: Line) -> Any:
    return line.row.day, line.row.clock, line.row.id


def _week(line: Line) -> date:
    assert line.row.day  # only dated lines are grouped
    return monday(line.row.day)


def line_of(row_id: str) -> Line:
    """The line of this id; of an article that has found its slot meanwhile, the line of that.

    Raises NotFound, also for an article that was dropped or published without a slot: it has no line any more.
    """
    try:
        return _line(card_of(calendar.get_slot(store(), row_id, zone())))
    except NotFound:
        item = curation.get_item(store(), row_id)
    if item["slot_id"]:
        return line_of(item["slot_id"])
    if item["status"] != "queued":
        raise NotFound("This article does not wait in the queue.")
    return _waiting(row_of(None, item))
