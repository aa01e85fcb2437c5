"""The content plan as the marketer reads it, and the files it goes out in."""

from datetime import date
from itertools import groupby

from flask import Response, render_template

from companion import exports
from companion.editorial.content_plan import PlanRow
from companion.editorial.times import monday
from companion.web.pages import pages, spans
from companion.web.plan_files import WEEKS, gather, plan_file

OFFERED = ("csv", "xlsx", "ics", "md", "json")


@pages.get("/plan")
def plan() -> str:
    """The plan over the days asked for, by week, with what waits for a date under it."""
    first, last = spans.asked_range(WEEKS)
    gathered = gather(first, last)
    # A slot that passed without a post says nothing about what is to come.
    dated = [row for row in gathered.rows if row.day and (row.title or row.topic or row.day >= spans.today())]
    return render_template(
        "plan.html",
        first=first,
        last=last,
        weeks=[(week, list(rows)) for week, rows in groupby(sorted(dated, key=_week), key=_week)],
        undated=[row for row in gathered.rows if not row.day],
        item_ids={slot["id"]: slot["item_id"] for slot in gathered.slots},
        filled=sum(bool(row.title) for row in dated),
        formats=[name for name in OFFERED if name in exports.FORMATS],
    )


def _week(row: PlanRow) -> date:
    assert row.day  # only dated rows are grouped
    return monday(row.day)


@pages.get("/plan/export/<name>")
def export_plan(name: str) -> Response:
    """The plan as a file."""
    return plan_file(name, *spans.asked_range(WEEKS))
