"""The formats the content plan goes out in. A new one is a module with a FORMAT, and its name here."""

from companion.errors import NotFound
from companion.exports import archive, buffer, hootsuite, icalendar, markdown, publer, spreadsheet, workbook
from companion.exports.plan import WORDS, Format, Plan, Say, file_stem, safe

__all__ = ["FORMATS", "WORDS", "Format", "Plan", "Say", "file_stem", "lookup", "safe"]

_ALL: tuple[Format, ...] = (
    *(workbook.FORMAT, spreadsheet.FORMAT, icalendar.FORMAT, markdown.FORMAT, archive.FORMAT),
    *(buffer.FORMAT, publer.FORMAT, hootsuite.FORMAT),
)

FORMATS = {each.name: each for each in _ALL}


def lookup(name: str) -> Format:
    """The format of that name. Raises NotFound, naming those there are."""
    if name not in FORMATS:
        raise NotFound(f"There is no format of that name. There are: {', '.join(FORMATS)}.")
    return FORMATS[name]
