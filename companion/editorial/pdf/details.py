"""What a PDF says of itself: title, authors, date. Much of it was put there by programs, and is no use."""

import re
from collections.abc import Mapping
from datetime import datetime

from companion.editorial.blocks import Block
from companion.editorial.metadata.names import is_person, people
from companion.editorial.metadata.words import cleaned, key
from companion.editorial.pdf.lines import Line

LONGEST_TITLE = 300
# A title at the head of the first page is so much higher than the text.
HEADLINE = 1.25
# What programs write as a title: the file's name, their own.
NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b|powerpoint|word document|untitled|zonder titel|unbenannt|sans titre|"
    r"document ?\d*$|presentatie|presentation|dia \d|slide \d|untitled|print|layout \d|https?:)|"
    r"\.(?:docx?|pdf|pptx?|xlsx?|indd|qxd|odt|rtf|tex|dvi|ps|html?|pages|key|cdr|ai|md|txt)\b",
    re.IGNORECASE,
)
PROGRAM = re.compile(
    r"\b(?:microsoft|user|gebruiker|owner|office|windows|default|scanner|acrobat|adobe|latex|xerox|canon|apple)\b",
    re.IGNORECASE,
)
# Our choice: some programs write 9999 where they know none.
LAST_YEAR = "2099"
DATE = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-])(\d\d)'?(\d\d)?'?|(Z))?")


def title(named: Mapping[str, str], first_page: list[Line], height: float, blocks: list[Block]) -> str:
    """The declared title where the first page has it too; else the largest line there, else the declared one."""
    declared = cleaned(named.get("Title"))
    is_sensible = len(key(declared)) > 3 and not NO_TITLE.search(declared)
    if is_sensible and key(declared) in key(" ".join(line.text for line in first_page)):
        return declared
    return _headline(first_page, height, blocks) or (declared if is_sensible else "")


def _headline(first_page: list[Line], height: float, blocks: list[Block]) -> str:
    """The block whose letters are the largest of the first page."""
    candidates = [line for line in first_page if sum(map(str.isalpha, line.text)) > 3]
    largest = max(candidates, key=lambda line: round(line.height, 1), default=None)
    if largest is None or largest.height < HEADLINE * height:
        return ""
    return next((text for _, text in blocks if text.startswith(largest.text.rstrip("-"))), "")[:LONGEST_TITLE]


def authors(named: Mapping[str, str]) -> list[str]:
    """The declared authors, as far as they are people's names: most programs put there whom the computer is of."""
    return [name for name in people(cleaned(named.get("Author"))) if is_person(name) and not PROGRAM.search(name)]


def published(named: Mapping[str, str]) -> str | None:
    """The date and time at which the document was made, with its zone where that is given; None before 1990.

    None too for a day or an hour that no calendar or clock has, as some programs write, and for the year 9999.
    """
    found = DATE.match(named.get("CreationDate", "").strip())
    if not found or not "1990" <= found[1] <= LAST_YEAR:
        return None
    day = f"{found[1]}-{found[2]}-{found[3]}"
    zone = "Z" if found[10] else f"{found[7]}{found[8]}:{found[9] or '00'}" if found[7] else ""
    made = f"{day}T{found[4]}:{found[5]}:{found[6] or '00'}{zone}" if found[4] and zone else day
    try:
        datetime.fromisoformat(made)
    except ValueError:
        return None
    return made
