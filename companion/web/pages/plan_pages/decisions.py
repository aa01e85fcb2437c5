"""What somebody decides about a content plan that came back: what a page asks, and what the form answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from companion.editorial.content_plan.sheets.importing import Choice
from companion.editorial.content_plan.sheets.incoming import Line, Preview

# Of each sort; a page of more is slow to read and to make.
MOST_SHOWN = 200
SORTS = ("open", "taken", "rest", "missing")

Form = MultiDict[str, str]


@dataclass(frozen=True)
class Asked:
    """The lines of a preview by sort, as far as a page shows them, and those that it does not.

    `open` ask for a decision, `taken` can be taken over as they are, `rest` cannot, and `missing` are not in the plan.
    """

    shown: Mapping[str, Sequence[Line]]
    unshown: Mapping[str, Sequence[Line]]

    def count(self, sort: str) -> int:
        """How many lines of this sort there are, shown or not."""
        return len(self.shown[sort]) + len(self.unshown[sort])


def asked(found: Preview) -> Asked:
    """What a page shows of it."""
    by_sort: dict[str, list[Line]] = {sort: [] for sort in SORTS}
    for line in found.lines:
        by_sort[_sort(line)].append(line)
    first = {sort: lines[:MOST_SHOWN] for sort, lines in by_sort.items()}
    return Asked(first, {sort: lines[MOST_SHOWN:] for sort, lines in by_sort.items()})


def _sort(line: Line) -> str:
    if line.merged.conflicts:
        return "open"
    if line.can_be_taken:
        return "taken"
    return "missing" if line.is_missing else "rest"


@dataclass(frozen=True)
class Decided:
    """What to carry out, the lines it was decided about, and the keys of those that are to be as Kwartier has them."""

    choice: Choice
    about: Preview
    ours: set[str]


def decided(found: Preview, form: Form) -> Decided:
    """What the form says of this preview.

    Lines that the page had no room for go along, so that a file is one import: what it alone changed unless those are
    to wait, and what was changed on both sides where one answer was given for all of it.
    """
    lines = asked(found)
    others = [] if "leave_others" in form else lines.unshown["taken"]
    others = [*others, *(lines.unshown["open"] if form.get("for_all") else [])]
    sides = {line.key: _side(line, form) for line in [*lines.shown["open"], *others] if line.merged.conflicts}
    theirs, ours = ({key for key, side in sides.items() if side == wanted} for wanted in ("theirs", "ours"))
    taken = {*form.getlist("take"), *(line.key for line in others)}
    about = {line.key for line in [*_all(lines.shown), *others]}
    told = replace(found, lines=[line for line in found.lines if line.key in about])
    return Decided(Choice(taken, theirs), told, ours)


def _all(lines: Mapping[str, Sequence[Line]]) -> Iterable[Line]:
    return (line for sort in SORTS for line in lines[sort])


def _side(line: Line, form: Form) -> str:
    """Whose words a line is to have; of the file's not those that the plan refuses."""
    side = form.get(f"decide {line.key}") or form.get("for_all", "")
    return "" if side == "theirs" and line.conflict_refusal else side


@dataclass(frozen=True)
class Kept:
    """What was chosen on the page before, for the lines that are as they were on it."""

    form: Form = field(default_factory=MultiDict)

    def is_anew(self, line: Line) -> bool:
        """Whether the line is another than on that page."""
        return bool(self.form) and seen(line) not in self.form.getlist("seen")

    def is_ticked(self, line: Line) -> bool:
        """Whether it is to be taken over, as every line is unless somebody unticked it."""
        return seen(line) not in self.form.getlist("seen") or line.key in self.form.getlist("take")

    def side(self, line: Line) -> str:
        """Whose words it is to have; empty where that is not decided."""
        return _side(line, self.form) if seen(line) in self.form.getlist("seen") else ""

    @property
    def leaves_others(self) -> bool:
        """Whether the lines that the page has no room for are to wait."""
        return "leave_others" in self.form


def seen(line: Line) -> str:
    """By which a form tells that a line is as it was shown."""
    return f"{line.digest} {line.key}"
