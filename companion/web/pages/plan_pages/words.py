"""What is to be said of a content plan that comes back, in words."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext, ngettext

from companion.editorial.content_plan.sheets.cells import EDITABLE
from companion.editorial.content_plan.sheets.incoming import Line, Preview
from companion.records import Problem

_FILES = {
    "no_file": lazy_gettext("Choose a file first."),
    "empty": lazy_gettext("This file is empty."),
    "no_id": lazy_gettext(
        "This file has no column Id, by which Kwartier finds the lines. Save the plan from Kwartier as a spreadsheet, "
        "edit that, and leave its first line as it is."
    ),
    "no_plan": lazy_gettext(
        "This file has a column Id, but no lines of the plan. Choose the spreadsheet that Kwartier made."
    ),
    "not_a_sheet": lazy_gettext("This is no spreadsheet. Kwartier reads .xlsx, .ods and .csv."),
    "xls": lazy_gettext("This is an old format of Excel. Save it as .xlsx, and bring that."),
    "numbers": lazy_gettext("This is a file of Numbers. In Numbers choose File, Export to, Excel, and bring that."),
    "password": lazy_gettext("This file has a password. Save it without one, and bring that."),
    "file_too_large": lazy_gettext("This file is larger than 8 MB, which is more than Kwartier takes."),
    "too_large": lazy_gettext(
        "This file unpacks to more than Kwartier takes. Copy the plan into a new file, and bring that."
    ),
    "too_many_rows": lazy_gettext(
        "This sheet goes on for more lines than a plan can have. Copy the plan into a new file, and bring that."
    ),
    "too_slow": lazy_gettext("Reading this file took too long. Copy the plan into a new file, and bring that."),
    "unreadable": lazy_gettext("This file cannot be read; it may be damaged. Save it anew, and bring that."),
}
LABELS = {
    "date": lazy_gettext("Date"),
    "time": lazy_gettext("Time"),
    "zone": lazy_gettext("Time zone"),
    "channel": lazy_gettext("Channel"),
    "kind": lazy_gettext("Kind"),
    "topic": lazy_gettext("Topic"),
    "commentary": lazy_gettext("Your view"),
    "creation_needed": lazy_gettext("Creation needed"),
    "creation_ready": lazy_gettext("Creation ready"),
    "creation_link": lazy_gettext("Where it is"),
    "people": lazy_gettext("People"),
    "hashtags": lazy_gettext("Hashtags"),
    "preparation_minutes": lazy_gettext("Preparation"),
    "status": lazy_gettext("Status"),
    "post_url": lazy_gettext("Link to the post"),
}
_FAULTS = {
    "formula": lazy_gettext("The cell holds an error or a formula without a value. Type what is meant."),
    "date": lazy_gettext("This is no date. Write it as 2026-11-24."),
    "date_order": lazy_gettext("This date can be read in two ways. Write it as 2026-11-24."),
    "time": lazy_gettext("This is no time. Write it as 08:40."),
    "word": lazy_gettext("This word is not one of the list. Choose one from it."),
    "number": lazy_gettext("This is no number of minutes."),
    "empty": lazy_gettext("This cannot be empty, so it stays as it was."),
    "cut": lazy_gettext(
        "The text is longer than a cell can hold, so the sheet has only its beginning. Change it in Kwartier."
    ),
    "twice": lazy_gettext(
        "Two lines have this Id and say different things. Is one of them a new line? Then empty its Id. Otherwise take "
        "one of them out."
    ),
    "letters": lazy_gettext(
        "The program that saved this file has not all letters of the text, so some are lost. Save it as CSV UTF-8, or "
        "as .xlsx."
    ),
}
# What a field takes at most.
_INVALID = {
    "zone": lazy_gettext("This is no time zone. Write it as Europe/Amsterdam."),
    "channel": lazy_gettext("A channel has at most 40 characters."),
    "topic": lazy_gettext("At most 200 characters."),
    "commentary": lazy_gettext("This is longer than a view can be: at most 50,000 characters."),
    "creation_link": lazy_gettext("At most 2,000 characters."),
    "people": lazy_gettext("At most 50 names, each at most 200 characters, with semicolons between them."),
    "hashtags": lazy_gettext("At most 30 hashtags, each at most 100 characters."),
    "preparation_minutes": lazy_gettext("Preparation takes from 5 to 240 minutes."),
    "post_url": lazy_gettext("This is no address. It begins with https://."),
}
# By the end of what the plan says when it refuses a line.
_REFUSALS = {
    "has passed": lazy_gettext("That moment has passed. Choose one that lies ahead."),
    "falls on a public holiday": lazy_gettext("That is a public holiday. Choose another day."),
    "is missing": lazy_gettext("A line needs a date and a time."),
    "needs a date first": lazy_gettext("An article in the queue needs a date and a time first."),
    "is only for a line with an article": lazy_gettext("That status is for a line with an article."),
    "slot is taken": lazy_gettext("An article stands there. Set its status to queued or dropped first."),
    "has an article": lazy_gettext("An article stands there. Set its status to queued or dropped first."),
    "is published": lazy_gettext("This post is out already."),
    "is that of a published post": lazy_gettext("This post is out already."),
    "is for a post that is published": lazy_gettext("A link to the post is for one that is published."),
    "mark the article as published instead": lazy_gettext("Only a line with a post can be published."),
    "is for a post of your own, or one with an article": lazy_gettext(
        "Only a post of your own, or one with an article, has a view. Make its kind own post, or leave the view empty."
    ),
    "is taken or skipped": lazy_gettext("That place is not free any more."),
}


def file_problem(problem: str) -> str:
    """Why a file cannot be read, and what to do about it."""
    return str(_FILES.get(problem, _FILES["unreadable"]))


def faults_of(line: Line) -> list[str]:
    """What of a line cannot be taken over: the column, and what to do."""
    return [f"{_column(header)}: {_fault(header, why)}" for header, why in line.faults.items()]


def _column(header: str) -> str:
    return gettext("Column %(name)s", name=header)


def _fault(header: str, why: str) -> str:
    return str(_INVALID.get(EDITABLE[header], _FAULTS["word"]) if why == "invalid" else _FAULTS[why])


def refusal_words(refusal: Problem | None) -> str:
    """Why the plan does not take a line; empty where it does."""
    if refusal is None:
        return ""
    message = refusal["message"]
    if message.startswith("lies outside the working hours"):
        return gettext("That lies outside your working hours.")
    known = next((words for end, words in _REFUSALS.items() if message.endswith(end)), None)
    return str(known) if known else gettext("The plan does not take this line as it is.")


def stays_words(line: Line) -> str:
    """What of a line stays as it is, whatever the file says of it; empty where nothing does."""
    columns = ", ".join(line.stays)
    if not columns:
        return ""
    if line.is_new:
        return gettext(
            "A new line has no article, so this is not taken over: %(columns)s. A link can go into its Commentary.",
            columns=columns,
        )
    return gettext("Stays as it is, as the article says it: %(columns)s.", columns=columns)


def nothing_words(found: Preview, is_decided: bool) -> str:
    """Why there is nothing to take over."""
    if is_decided:
        return gettext("nothing more to take over; what you left stays as it is.")
    if found.newer:
        return ngettext(
            "nothing to take over; in %(num)s cell the plan is newer than the file.",
            "nothing to take over; in %(num)s cells the plan is newer than the file.",
            found.newer,
        )
    return gettext("nothing to take over; the plan says all of it already.")


def where(line: Line) -> Mapping[str, str]:
    """Where a line stands in the file."""
    sheet = line.line.sheet
    row = gettext("row %(number)s", number=line.line.number)
    return {"row": row, "sheet": sheet}
