"""Taking over what a content plan that came back asks for: as it was chosen, and in one act."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from companion.editorial import changes
from companion.editorial.content_plan.editing import Before
from companion.editorial.content_plan.sheets.exported import note_taken
from companion.editorial.content_plan.sheets.incoming import Line, Preview, apply
from companion.editorial.content_plan.sheets.merge import Values
from companion.editorial.ports import Store
from companion.editorial.times import instant
from companion.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True)
class Choice:
    """By their keys the lines whose changes are taken over, and those that are to be as the file has them where they
    were changed on both sides."""

    taken: Collection[str] = ()
    theirs: Collection[str] = ()


@dataclass(frozen=True)
class Done:
    """How many lines were changed or added, the change that takes all of it back, None where nothing was, and the keys
    of those that were refused."""

    lines: int
    change_id: str | None
    refused: Sequence[str] = ()


def carry_out(store: Store, shown: Preview, choice: Choice, zone: ZoneInfo, now: datetime) -> Done:
    """Do what was chosen, in one transaction that one act takes back.

    It goes by the order of the preview, as that was found to be possible. What is refused nevertheless, since another
    line was to make room for it that was not chosen, stays as it is.
    """
    before: Before = {}
    taken: dict[str, Line] = {}
    refused = []
    with store.transaction():
        for line in shown.lines:
            if values := _chosen(line, choice):
                try:
                    # What was there before the first of two lines that change one record is what goes back.
                    before = {**apply(store, line, values, zone, now), **before}
                    taken[line.key] = line
                except (Invalid, Conflict, NotFound):
                    refused.append(line.key)
        if not taken:
            return Done(0, None, refused)
        note_taken(store, {line.line.id: _chosen(line, choice) for line in taken.values()})
        about = {"lines": len(taken), "at": instant(now)}
        return Done(len(taken), changes.note(store, before, changes.IMPORTS, about), refused)


def _chosen(line: Line, choice: Choice) -> Values:
    taken = line.merged.changes if line.key in choice.taken and line.can_be_taken else {}
    return {**taken, **(line.merged.conflicts if line.key in choice.theirs else {})}


def left_alone(shown: Preview, choice: Choice, ours: Collection[str]) -> set[tuple[str, str]]:
    """The keys and fields that stay as they are because the user said so.

    `ours` are the keys of the lines that are to be as Kwartier has them where they were changed on both sides.
    """
    unticked = {
        (line.key, name)
        for line in shown.lines
        if line.can_be_taken and line.key not in choice.taken
        for name in line.merged.changes
    }
    kept = {(line.key, name) for line in shown.lines if line.key in ours for name in line.merged.conflicts}
    return unticked | kept
