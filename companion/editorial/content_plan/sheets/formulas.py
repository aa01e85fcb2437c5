"""Texts in the cells of a sheet that no spreadsheet computes."""

import re

# A spreadsheet computes a cell that starts with = + - or @ (also full-width or small), some after dropping
# blanks and unseen characters, and splits one that starts with a tab or line break (OWASP, CSV injection).
# Apostrophes before all that are a text we guarded, or one that would read as such: they get one more.
_BLANKS = r"[\s\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
_RISKY = re.compile(rf"'*(?:{_BLANKS}[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n])")


def guard(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula.

    NUL is left out: no spreadsheet holds it, and before the check, so that it cannot hide a formula.
    """
    cell = text.replace("\x00", "")
    return f"'{cell}" if _RISKY.match(cell) else cell


def restore(cell: str) -> str:
    """What `guard` was given, from the cell it made."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell[1:]) else cell
