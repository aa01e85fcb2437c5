"""Three ways to tell who changed what: the plan as it went out, as it came back, and as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from companion.editorial.content_plan.sheets.cells import as_fitted, is_cut
from companion.editorial.content_plan.sheets.exported import ITEM, Past, digest

# What a line with a slot cannot be without.
_NEVER_EMPTY = frozenset(("date", "time", "zone", "channel", "kind", "preparation_minutes", "status"))

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Merged:
    """What a line of a sheet asks for, by field: what it changed alone, and what was changed on both sides.

    `faults` say what keeps a field from being changed at all. `newer` are the fields in which the plan was changed
    since and the sheet was not: those stay.
    """

    changes: Values = field(default_factory=dict)
    conflicts: Values = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    newer: frozenset[str] = field(default=frozenset(), compare=False)


def merge(file: Values, now: Values, past: Past) -> Merged:
    """What of a sheet's line is to be done, given what it says now and what it said before.

    `now` also tells the article in it. Asked about is all of which nobody can tell who changed it: where the line may
    have begun as different things, where another article stands in it since, and what was in a sheet before and is
    not what the plan says now.
    """
    differing = {name: value for name, value in file.items() if not _is_same(value, now[name])}
    if not differing:
        return Merged()
    faults = {name: fault for name, value in differing.items() if (fault := _fault(name, value))}
    is_same_article = past.began.get(ITEM) == {digest(now[ITEM])}
    changes, conflicts, newer = {}, {}, set()
    for name, value in differing.items():
        began, said = past.began.get(name, ()), digest(value)
        if began == {said}:
            newer.add(name)
        elif is_same_article and began == {digest(now[name])} and said not in past.ever.get(name, ()):
            changes[name] = value
        else:
            conflicts[name] = value
    asked = {**changes, **conflicts}
    return Merged(
        {name: value for name, value in changes.items() if name not in faults},
        {name: value for name, value in conflicts.items() if name not in faults},
        {name: fault for name, fault in faults.items() if name in asked},
        frozenset(newer),
    )


def _is_same(value: Any, now: Any) -> bool:
    return bool(value == now) or (isinstance(now, str) and is_cut(str(value)) and value == as_fitted(now))


def _fault(name: str, value: Any) -> str:
    if name in _NEVER_EMPTY and value == "":
        return "empty"
    return "cut" if isinstance(value, str) and is_cut(value) else ""
