"""What every format is given, and what it says about itself."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from companion.editorial.content_plan.events import PlanEvent
from companion.editorial.content_plan.ledger import Revision
from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.columns import ANSWERS, CREATIONS, KINDS, STATUSES
from companion.records import Item, Slot

Say = Callable[[str], str]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

ABOUT_IDS = "By this Kwartier finds the line again. Leave it empty on a new line."

# Every word that a format hands to `say`, as `say` gets it; what the user wrote is never among them.
WORDS = (
    *(*KINDS, *STATUSES, *CREATIONS, *ANSWERS),
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    *MONTHS,
    *("Content plan", "Week", "Without a date", "Nothing planned yet.", "Your own view is still to come."),
    *("Topic", "People", "Hashtags", "Creation needed", "ready", "Creation link", "Post link", "Preparation", "min"),
    *("Your quarter of an hour", "Write"),
    ABOUT_IDS,
)


@dataclass(frozen=True)
class Plan:
    """The content plan over a range of local dates, both included.

    `rows` is what people read; `slots` and `items` are the whole records behind it. `events` is what of it stands in a
    calendar, and `revisions` tells, by their ids, how often each changed so far. `channels` are those agreed on.
    """

    first: date
    last: date
    zone: str
    rows: Sequence[PlanRow]
    items: Sequence[Item]
    slots: Sequence[Slot]
    generated_at: datetime
    events: Sequence[PlanEvent] = ()
    revisions: Mapping[str, Revision] = field(default_factory=dict)
    channels: Sequence[str] = ()


def unchanged(word: str) -> str:
    """The `say` of those who want the words as the records spell them."""
    return word


def spoken(word: str, say: Say) -> str:
    """A fixed word of a line in the user's language; a line without one keeps an empty cell."""
    return say(word) if word else ""


class Render(Protocol):
    """Turns a plan into a file's bytes; `say` puts the fixed words into the user's language."""

    def __call__(self, plan: Plan, say: Say = unchanged) -> bytes: ...


def whole(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """The `split` of those that put all in one file."""
    yield "", plan


@dataclass(frozen=True)
class Format:
    """A kind of file the plan goes out in.

    `split` gives the plan in the parts that each become a file, with a name for each, such as its channel; always at
    least one. `with_queue` says that what waits for a date is in it too, `comes_back` that people edit the file and
    bring it back, `has_revisions` that it tells how often each event changed.
    """

    name: str
    media_type: str
    extension: str
    render: Render
    split: Callable[[Plan], Iterator[tuple[str, Plan]]] = whole
    with_queue: bool = True
    comes_back: bool = False
    has_revisions: bool = False


def file_stem(wanted: Format, first: date, last: date) -> str:
    """`kwartier-2026-11-23-2027-02-14`: nothing the user or a page wrote goes into it.

    The format is named too where the extension alone does not tell it, as with the CSV of a scheduler.
    """
    own_name = () if wanted.name == wanted.extension else (wanted.name,)
    return safe("-".join(("kwartier", *own_name, first.isoformat(), last.isoformat())))


def safe(text: str) -> str:
    """The text as part of a file's name that every system takes."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def hashtag_line(row: PlanRow) -> str:
    """`#law #ai`: as it is pasted under a post."""
    return " ".join(f"#{tag}" for tag in row.hashtags)


def people_line(row: PlanRow) -> str:
    """Names apart by semicolons, as a name may hold a comma."""
    return "; ".join(row.people)
