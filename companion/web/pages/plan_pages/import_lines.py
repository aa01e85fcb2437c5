"""The lines of a content plan that came back, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from companion.editorial.content_plan.sheets.incoming import Line
from companion.web import formats
from companion.web.pages.plan_pages.decisions import SORTS, Asked, Kept, seen
from companion.web.pages.plan_pages.word_diff import SHORT, Part, WordDiffs
from companion.web.pages.plan_pages.words import LABELS, faults_of, refusal_words, stays_words, where
from companion.web.plan_files import say


@dataclass(frozen=True)
class Cell:
    """A field in words: what it says now and what it becomes; `parts` tell the difference between long texts."""

    label: str
    old: str
    new: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Shown:
    """A line of the file as the page shows it.

    `seen` names it as it is; `is_anew` where it is another than the page showed before, `is_ticked` and `side` are what
    is chosen already.
    """

    line: Line
    title: str
    when: str
    where: Mapping[str, str]
    cells: Sequence[Cell]
    conflicts: Sequence[Cell]
    faults: Sequence[str]
    refusal: str
    conflict_refusal: str
    stays: str
    seen: str
    is_anew: bool
    is_ticked: bool
    side: str


def lines_in_words(lines: Asked, kept: Kept) -> dict[str, list[Shown]]:
    """By sort the lines that a page shows."""
    diffs = WordDiffs()
    return {sort: [_shown(line, kept, diffs) for line in lines.shown[sort]] for sort in SORTS}


def _shown(line: Line, kept: Kept, diffs: WordDiffs) -> Shown:
    return Shown(
        line,
        _title(line),
        _when(line),
        where(line),
        cells=[_cell(line, name, value, diffs) for name, value in line.merged.changes.items()],
        conflicts=[_cell(line, name, value, diffs) for name, value in line.merged.conflicts.items()],
        faults=faults_of(line),
        refusal=refusal_words(line.refusal),
        conflict_refusal=refusal_words(line.conflict_refusal),
        stays=stays_words(line),
        seen=seen(line),
        is_anew=kept.is_anew(line),
        is_ticked=kept.is_ticked(line),
        side=kept.side(line),
    )


def _title(line: Line) -> str:
    row, said = line.row, line.line
    told = (row.title, row.topic) if row else (said.values.get("topic"), *said.of_article.values())
    return next((text for text in told if text), "")


def _when(line: Line) -> str:
    """When the line goes out; of one that is gone as the file has it."""
    said = line.line.values if line.is_missing else line.now
    return ", ".join([formats.day_short(said["date"]), said.get("time", "")]) if said.get("date") else ""


def _cell(line: Line, name: str, value: Any, diffs: WordDiffs) -> Cell:
    old, new = _words(name, line.now.get(name, "")), _words(name, value)
    is_long = max(len(old), len(new)) > SHORT
    return Cell(str(LABELS[name]), old, new, diffs.between(old, new) if is_long else [])


def _words(name: str, value: Any) -> str:
    """A field's value as it is read; nothing where there is none."""
    if name == "creation_ready":
        return say("yes" if value else "no")
    if value in ("", [], None):
        return ""
    match name:
        case "date":
            return formats.day_short(value)
        case "people":
            # As in the file: a comma can be part of a name.
            return "; ".join(value)
        case "hashtags":
            return formats.hash_signs(value)
        case "preparation_minutes":
            return formats.minutes(value)
        case "kind" | "status" | "creation_needed":
            return say(value)
        case _:
            return str(value)
