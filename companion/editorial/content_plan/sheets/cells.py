"""The cells of a line as a sheet shows them, and what is read back from them.

What a line says now goes through the same reading, so that a cell that nobody touched is equal to it, whatever a
spreadsheet cannot hold.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.dates import Order, Unclear, read_day, read_time
from companion.editorial.content_plan.sheets.formulas import guard, restore
from companion.editorial.printable import printable

# By header the field of a line that is changed there, and what the sheet shows but does not change.
EDITABLE = {
    "Date": "date",
    "Time": "time",
    "Zone": "zone",
    "Channel": "channel",
    "Kind": "kind",
    "Topic": "topic",
    "Commentary": "commentary",
    "Creation needed": "creation_needed",
    "Creation ready": "creation_ready",
    "Creation link": "creation_link",
    "People": "people",
    "Hashtags": "hashtags",
    "Preparation": "preparation_minutes",
    "Status": "status",
    "Post link": "post_url",
}
OF_ARTICLE = {"Title": "title", "Source": "source", "Link": "link"}
# What a cell of a workbook can hold, in UTF-16 units.
LONGEST = 32_767
_CUT = " […]"
_NUMBER = re.compile(r"(\d{1,4})(?:[.,]0+)?\s*(?:min\.?|minuten|minutes|m)?", re.ASCII | re.IGNORECASE)
# Names that hold a comma are told by three parts at most: "Jansen, P., MSc".
_PARTS_OF_NAME = 3
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+")

Cell = Any
Value = Any
# By field and word, in any of our languages, the record's own word; under `date` the months' numbers.
Words = Mapping[str, Mapping[str, str]]


def fit(text: str) -> str:
    """The text as a cell of a workbook: no formula, and cut where it is longer than one can be."""
    cell = guard(text)
    if _units(cell) <= LONGEST:
        return cell
    kept = cell.encode("utf-16-le")[: 2 * (LONGEST - _units(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def is_cut(text: str) -> bool:
    """Whether a text read from a cell is what `fit` left of a longer one, edited perhaps."""
    return text.endswith(_CUT) and _units(text) > LONGEST // 2


def as_fitted(text: str) -> str:
    """What is read back where a cell held this text as far as it fits."""
    return plain(restore(fit(text)))


def plain(text: str) -> str:
    """The text without what a sheet or a browser may do to it: control characters, line ends, blanks around it."""
    return printable(text).strip()


def values_of(row: PlanRow) -> dict[str, Value]:
    """By field what a sheet says of this line."""
    return {
        "date": row.day.isoformat() if row.day else "",
        "time": row.clock.isoformat("minutes") if row.clock else "",
        "zone": row.zone,
        "channel": plain(row.channel),
        "kind": row.kind,
        "topic": plain(row.topic),
        "commentary": plain(row.commentary),
        "creation_needed": row.creation_needed or "none",
        "creation_ready": row.creation_ready,
        "creation_link": plain(row.creation_link),
        "people": read_names(plain("; ".join(row.people)), row.people),
        "hashtags": read_hashtags(plain(" ".join(f"#{tag}" for tag in row.hashtags))),
        "preparation_minutes": row.preparation or "",
        "status": row.status,
        "post_url": plain(row.post_url),
    }


def read_cell(field: str, cell: Cell, order: Order | None, words: Words, names: Collection[str]) -> Value:
    """What a cell says of a field; None is an empty one. Raises Unclear.

    `names` are those to tag that are known, which may hold commas.
    """
    text = text_of(cell)
    if field in ("date", "time") and text:
        bare = text if isinstance(cell, str) else cell
        return read_day(bare, order, words.get("date", {})) if field == "date" else read_time(bare)
    if field == "people":
        return read_names(text, names)
    return _READERS.get(field, _read_text)(text, words.get(field, {}))


def text_of(cell: Cell) -> str:
    """The cell as a text, as it was before it went out. Raises Unclear for one that holds no value."""
    match cell:
        case None:
            return ""
        case str():
            return plain(restore(cell))
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer():
            return str(int(cell))
        case {"fault": _}:
            raise Unclear("formula")
        case Mapping():
            return " ".join(str(part) for part in cell.values())
        case _:
            return str(cell)


def folded(word: str) -> str:
    """A word as it is looked up."""
    return " ".join(word.replace("_", " ").split()).casefold()


def _read_text(text: str, _: Mapping[str, str]) -> str:
    return text


def _read_word(text: str, words: Mapping[str, str]) -> str:
    if text and folded(text) not in words:
        raise Unclear("word")
    return words[folded(text)] if text else ""


def _read_needed(text: str, words: Mapping[str, str]) -> str:
    return _read_word(text, words) or "none"


def _read_yes(text: str, words: Mapping[str, str]) -> bool:
    """An empty cell is a no, as an unticked box is."""
    return _read_word(text, words) == "yes"


def _read_minutes(text: str, _: Mapping[str, str]) -> Value:
    found = _NUMBER.fullmatch(text)
    if text and found is None:
        raise Unclear("number")
    return int(found[1]) if found else ""


def read_hashtags(text: str, _: object = None) -> list[str]:
    """Hashtags apart by commas or semicolons, or by blanks where there are none of those; each once."""
    parts = re.split(r"[,;]", re.sub(r"\s+(?=#)", ",", text)) if re.search("[,;]", text) else text.split()
    tags = (re.sub(r"[#\s]", "", part) for part in parts)
    return list(dict.fromkeys(tag for tag in tags if tag))


def read_names(text: str, known: Collection[str]) -> list[str]:
    """Names apart by semicolons or line ends, or by commas where there are none of those; each once."""
    whole = {plain(name) for name in known}
    parts = re.split(r"[;\n]", text) if re.search(r"[;\n]", text) else _by_commas(text, whole)
    names = (plain(part) for part in parts)
    return list(dict.fromkeys(name for name in names if name))


def _by_commas(text: str, known: Collection[str]) -> list[str]:
    """Where neighbours are one known name, or a name and its initials, that stays whole."""
    parts, names = text.split(","), []
    while parts:
        joined = (size for size in range(_PARTS_OF_NAME, 1, -1) if plain(",".join(parts[:size])) in known)
        size = next(joined, 2 if len(parts) > 1 and _INITIALS.fullmatch(parts[1].strip()) else 1)
        names.append(",".join(parts[:size]))
        parts = parts[size:]
    return names


_READERS: Mapping[str, Callable[[str, Mapping[str, str]], Value]] = {
    "kind": _read_word,
    "status": _read_word,
    "creation_needed": _read_needed,
    "creation_ready": _read_yes,
    "preparation_minutes": _read_minutes,
    "hashtags": read_hashtags,
}
