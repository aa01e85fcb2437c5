"""Reading a content plan that was brought back: the words that may stand in it, and its lines."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from babel.dates import get_month_names
from flask_babel import force_locale, get_locale

from companion.editorial.content_plan.sheets.cells import Words, folded
from companion.editorial.content_plan.sheets.columns import ANSWERS, CREATIONS, KINDS, STATUSES
from companion.editorial.content_plan.sheets.finding import find_rows
from companion.editorial.content_plan.sheets.incoming import held_against_exports
from companion.editorial.content_plan.sheets.sheet import Rows, Sheet, ids_in, read_lines
from companion.settings import LANGUAGES
from companion.web.context import companion, store, zone
from companion.web.formats import kind_name
from companion.web.plan_files import say
from companion.web.plan_readings import Reading

_CODES = {"kind": KINDS, "status": STATUSES, "creation_needed": CREATIONS, "creation_ready": ANSWERS}
# As spreadsheets write them, and as people tick in a cell.
_TICKS = {"true": "yes", "1": "yes", "x": "yes", "✓": "yes", "waar": "yes", "false": "no", "0": "no", "onwaar": "no"}
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")


def read_plan(name: str, content: bytes) -> Reading | str:
    """What a file says, held against the plan of now where it can be read in two ways; or the problem it has.

    Raises StoreError where Kwartier stops meanwhile.
    """
    if not content:
        return "no_file"
    found = companion().reader.read_sheet(content)
    return str(found["problem"]) if "problem" in found else _reading(name, found)


def _reading(name: str, found: Mapping[str, Any]) -> Reading | str:
    sheets: Sequence[Sheet] = found["sheets"]
    rows = find_rows(store(), ids_in(sheets), zone())
    plans = [sheet for sheet in sheets if _is_plan(sheet, rows)]
    if not plans:
        return "no_plan"
    others = [sheet["name"] for sheet in sheets if sheet not in plans]
    unknown = dict.fromkeys(header for sheet in plans for header in sheet["unknown"])
    repeated = dict.fromkeys(header for sheet in plans for header in sheet["repeated"])
    lines = read_lines(plans, rows, words(), found["letters"])
    held = held_against_exports(store(), lines, found["export"])
    return Reading(name, held, list(unknown), others, list(repeated))


def _is_plan(sheet: Sheet, rows: Rows) -> bool:
    """Whether a sheet is one of ours: other lists have a column Id too."""
    headers = set(sheet["headers"])
    return bool(ids_in([sheet]) & rows.keys()) or ("Topic" in headers and bool(headers & {"Date", "Status"}))


def words() -> Words:
    """By field the words that may stand in its cells, in every language of ours, with those of the records."""
    spoken: dict[str, dict[str, str]] = {name: {folded(code): code for code in codes} for name, codes in _CODES.items()}
    spoken["date"] = {}
    for language in LANGUAGES:
        with force_locale(language):
            for name, codes in _CODES.items():
                spoken[name].update({folded(say(code)): code for code in codes})
            spoken["kind"].update({folded(kind_name(kind)): kind for kind in KINDS})
            spoken["date"].update(_months())
    spoken["creation_ready"].update(_TICKS)
    return spoken


def _months() -> dict[str, str]:
    """The months by their names, whole and short, as a date that became a text has them."""
    names = (get_month_names(width, context, get_locale()) for width in _WIDTHS for context in _CONTEXTS)
    return {folded(name).rstrip("."): str(number) for each in names for number, name in each.items()}
