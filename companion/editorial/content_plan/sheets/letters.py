"""What a text loses in a file that was saved in the few hundred letters of one system, as the plain CSV of Excel is."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

# Western European of Windows, and of the Mac; the first fails for some files of the second, which takes any.
LETTERS = ("cp1252", "mac_roman")
# What programs write for a letter that they cannot.
_GAPS = frozenset("?_")


def is_left_of(found: Any, text: Any, letters: str) -> bool:
    """Whether this is what was left of the text, or list of texts, as it was saved in these letters."""
    if isinstance(text, list):
        return isinstance(found, list) and all(
            one is not None and other is not None and is_left_of(one, other, letters)
            for one, other in zip_longest(found, text)
        )
    if not isinstance(text, str) or not isinstance(found, str):
        return bool(found == text)
    # Some write one sign for a letter beyond 16 bits, Excel two.
    return any(_is_left(found, places, letters) for places in ([*text], _units(text)))


def may_have_lost(found: Any, text: Any, letters: str) -> bool:
    """Whether letters of the text may be missing where it was edited."""
    if isinstance(text, list):
        return isinstance(found, list) and may_have_lost("\n".join(found), "\n".join(text), letters)
    if not isinstance(text, str) or not isinstance(found, str):
        return False
    return bool(_GAPS & set(found)) and not all(_holds(letters, sign) for sign in set(text))


def saved_in(letters: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The letters in which a file was saved that can be read in these: those in which more of its cells are what is
    left of what their lines say now. `pairs` are a cell and that.
    """
    if letters != LETTERS[0]:
        return letters
    scores = dict.fromkeys(LETTERS, 0)
    for cell, now in pairs:
        for each in LETTERS:
            scores[each] += not cell.isascii() and is_left_of(read_in(each, cell), now, each)
    return max(LETTERS, key=lambda each: scores[each])


def read_in(letters: str, cell: Any) -> Any:
    """A cell that was read in the first of the letters, read in these."""
    return cell.encode(LETTERS[0]).decode(letters) if isinstance(cell, str) and letters != LETTERS[0] else cell


def table_in(letters: str, sheet: Mapping[str, Any]) -> dict[str, Any]:
    """A sheet that was read in the first of the letters, read in these."""
    rows = [
        (number, {header: read_in(letters, cell) for header, cell in cells.items()}) for number, cells in sheet["rows"]
    ]
    return {**sheet, "rows": rows}


def _units(text: str) -> list[str]:
    return [place for sign in text for place in ([sign] if sign <= "\uffff" else [sign, sign])]


def _is_left(found: str, places: list[str], letters: str) -> bool:
    return len(found) == len(places) and all(
        sign == place or (not _holds(letters, place) and _stands_in(sign, place))
        for sign, place in zip(found, places, strict=True)
    )


def _stands_in(sign: str, place: str) -> bool:
    """Windows writes a letter without its accent, where it has that."""
    return sign in _GAPS or (place.isalpha() and sign.isascii() and sign.isalpha())


def _holds(letters: str, sign: str) -> bool:
    try:
        sign.encode(letters)
    except UnicodeEncodeError:
        return False
    return True
