"""The columns of the workbook: how wide each is, how it looks, and what may be chosen or typed in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from companion.editorial.content_plan.sheets.columns import CREATIONS, KINDS, STATUSES
from companion.editorial.posting.length import units
from companion.editorial.printable import printable
from companion.editorial.times import FIRST_DAY, LAST_DAY
from companion.exports.plan import ABOUT_IDS, Say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# What the schemas allow, in minutes.
SHORTEST_PREPARATION, LONGEST_PREPARATION = 5, 240
# The list of a drop-down stands in the file as one text, parted by commas, of this many UTF-16 units at most.
LONGEST_LIST = 255


@dataclass(frozen=True)
class Column:
    """`width` in characters, room for the arrow of the filter beside the header included; `look` names a format."""

    width: int
    look: str = "text"


COLUMNS: Mapping[str, Column] = {
    "Date": Column(16, "date"),
    "Time": Column(8, "time"),
    "Zone": Column(17),
    "Channel": Column(14),
    "Kind": Column(14),
    "Topic": Column(18),
    "Title": Column(36),
    "Source": Column(16),
    "Link": Column(20, "link"),
    "Commentary": Column(60),
    "Creation needed": Column(13),
    "People": Column(20),
    "Hashtags": Column(20),
    "Preparation": Column(14, "number"),
    "Status": Column(14),
    "Id": Column(12, "id"),
    "Creation ready": Column(12),
    "Creation link": Column(24, "link"),
    "Post link": Column(24, "link"),
}

_TOP = {"valign": "top", "font_name": "Calibri", "font_size": 11}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "header": {"bold": True, "bg_color": "#E9E7E1", "bottom": 1, "bottom_color": "#8A857A", "text_wrap": True},
    "text": {"text_wrap": True},
    # In digits, since a program that saves a CSV writes what it shows, with days and months in any language.
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "time": {"num_format": "hh:mm", "align": "left"},
    "number": {"num_format": "0", "align": "left"},
    "link": {"font_color": "#1F4E79", "underline": 1},
    "id": {"font_color": "#6B6B6B", "font_size": 8},
}


def formats(book: "Workbook") -> dict[str, "Format"]:
    """The formats of this workbook, by look."""
    return {look: book.add_format({**_TOP, **properties}) for look, properties in _LOOKS.items()}


def rules(channels: Iterable[str], say: Say) -> dict[str, dict[str, Any]]:
    """By header what a cell takes, as the library names it; empty cells are always taken.

    A channel may be any other too, so that its list only helps.
    """
    listed = _fitting(channels)
    return {
        "Date": {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY},
        "Time": {"validate": "time", "criteria": "between", "minimum": time(0), "maximum": time(23, 59)},
        **({"Channel": {"validate": "list", "source": listed, "show_error": False}} if listed else {}),
        "Kind": _one_of(KINDS, say),
        "Creation needed": _one_of(CREATIONS, say),
        "Creation ready": _one_of(("yes", "no"), say),
        "Preparation": {
            "validate": "integer",
            "criteria": "between",
            "minimum": SHORTEST_PREPARATION,
            "maximum": LONGEST_PREPARATION,
        },
        "Status": _one_of(STATUSES, say),
        "Id": {"validate": "any", "input_title": "Id", "input_message": say(ABOUT_IDS)},
    }


def _one_of(words: Iterable[str], say: Say) -> dict[str, Any]:
    return {"validate": "list", "source": [say(word) for word in words]}


def _fitting(channels: Iterable[str]) -> list[str]:
    """The channels that a drop-down can hold, as far as there is room for them."""
    listed: list[str] = []
    for channel in dict.fromkeys(printable(name).strip() for name in channels):
        if channel and not set(channel) & set(',"') and units(",".join([*listed, channel])) <= LONGEST_LIST:
            listed.append(channel)
    return listed
