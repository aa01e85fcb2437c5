"""The content plan as a spreadsheet: a row per slot, then the items without a date."""

import csv
import io

from companion.editorial.content_plan.rows import PlanRow
from companion.editorial.content_plan.sheets.columns import HEADERS
from companion.editorial.content_plan.sheets.formulas import guard
from companion.exports.plan import Format, Plan, Say, hashtag_line, people_line, spoken, unchanged


def cells(row: PlanRow, say: Say) -> tuple[str | int, ...]:
    """The row under HEADERS, texts guarded, the fixed words in the user's language."""
    texts = (
        row.day.isoformat() if row.day else "",
        row.clock.isoformat("minutes") if row.clock else "",
        row.zone,
        row.channel,
        spoken(row.kind, say),
        row.topic,
        row.title,
        row.source,
        row.link,
        row.commentary,
        spoken(row.creation_needed, say),
        people_line(row),
        hashtag_line(row),
    )
    preparation = "" if row.preparation is None else row.preparation
    return (*map(guard, texts), preparation, spoken(row.status, say), guard(row.id))


def render(plan: Plan, say: Say = unchanged) -> bytes:
    """CSV as Excel expects it: UTF-8 with a byte order mark, commas, CRLF, every text in quotes."""
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerow(HEADERS)
    csv.writer(sheet, quoting=csv.QUOTE_NONNUMERIC).writerows(cells(row, say) for row in plan.rows)
    return sheet.getvalue().encode("utf-8-sig")


FORMAT = Format("csv", "text/csv; charset=utf-8", "csv", render, comes_back=True)
