"""What every format is given, and what it says about itself."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from companion.editorial.content_plan import PlanRow
from companion.records import Item, Slot

Say = Callable[[str], str]

# Every word that a format hands to `say`, as `say` gets it; what the user wrote is never among them.
WORDS = (
    *("commentary", "own", "ad_hoc"),
    *("open", "planned", "published", "queued"),
    *("none", "photo", "video", "carousel", "document"),
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    *("Content plan", "Week", "Without a date", "Nothing planned yet.", "Your own view is still to come."),
    *("Topic", "People", "Hashtags", "Creation needed", "Preparation", "min"),
    "Your quarter of an hour",
)

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Plan:
    """The content plan over a range of local dates, both included.

    `rows` is what people read; `slots` and `items` are the whole records behind it. `quarters` are the starts and ends
    of the daily quarters of an hour ahead, in the user's zone.
    """

    first: date
    last: date
    zone: str
    rows: Sequence[PlanRow]
    items: Sequence[Item]
    slots: Sequence[Slot]
    generated_at: datetime
    quarters: Sequence[tuple[datetime, datetime]] = ()


def unchanged(word: str) -> str:
    """The `say` of those who want the words as the records spell them."""
    return word


class Render(Protocol):
    """Turns a plan into a file's bytes; `say` puts the fixed words into the user's language."""

    def __call__(self, plan: Plan, say: Say = unchanged) -> bytes: ...


@dataclass(frozen=True)
class Format:
    """A kind of file the plan goes out in."""

    name: str
    media_type: str
    extension: str
    render: Render


def file_name(name: str, first: date, last: date, extension: str) -> str:
    """`kwartier-2026-11-23-2027-02-14.csv`: nothing the user or a page wrote goes into it.

    The format is named too where the extension alone does not tell it, as with the CSV of a scheduler.
    """
    own_name = () if name in (extension, "") else (name,)
    stem = "-".join(("kwartier", *own_name, first.isoformat(), last.isoformat()))
    return f"{_safe(stem)}.{_safe(extension)}"


def _safe(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def hashtag_line(row: PlanRow) -> str:
    """`#law #ai`: as it is pasted under a post."""
    return " ".join(f"#{tag}" for tag in row.hashtags)


def people_line(row: PlanRow) -> str:
    """Names apart by semicolons, as a name may hold a comma."""
    return "; ".join(row.people)


def printable(text: str) -> str:
    """The text without control characters, which no calendar or note can hold; line breaks as line feeds."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
