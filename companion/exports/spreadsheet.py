"""The content plan as a spreadsheet: a row per slot, then the items without a date."""

import csv
import io
import re

from companion.editorial.content_plan import PlanRow
from companion.exports.plan import Format, Plan, Say, hashtag_line, people_line, unchanged

# English in every language, so that a sheet can be read back.
HEADERS = (
    *("Date", "Time", "Zone", "Channel", "Kind", "Topic", "Title", "Source", "Link", "Commentary"),
    *("Creation needed", "People", "Hashtags", "Preparation", "Status", "Id"),
)

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


def cells(row: PlanRow, say: Say) -> tuple[str | int, ...]:
    """The row under HEADERS, texts guarded, the fixed words in the user's language."""
    texts = (
        row.day.isoformat() if row.day else "",
        row.clock.isoformat("minutes") if row.clock else "",
        row.zone,
        row.channel,
        _word(row.kind, say),
        row.topic,
        row.title,
        row.source,
        row.link,
        row.commentary,
        _word(row.creation_needed, say),
        people_line(row),
        hashtag_line(row),
    )
    preparation = "" if row.preparation is None else row.preparation
    return (*map(guard, texts), preparation, _word(row.status, say), guard(row.id))


def _word(word: str, say: Say) -> str:
    return say(word) if word else ""


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """CSV as Excel expects it: UTF-8 with a byte order mark, commas, CRLF, every text in quotes."""
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerow(HEADERS)
    csv.writer(sheet, quoting=csv.QUOTE_NONNUMERIC).writerows(cells(row, say) for row in plan.rows)
    return sheet.getvalue().encode("utf-8-sig")


FORMAT = Format("csv", "text/csv; charset=utf-8", "csv", render)
