"""The content plan as the marketer reads and edits it, and the files it goes out in."""

from dataclasses import replace
from typing import Any

from flask import Response, redirect, render_template, request

from companion import exports
from companion.editorial import changes, curation
from companion.editorial.agreement import get_agreement
from companion.editorial.content_plan.editing import edit_row
from companion.editorial.planning import calendar
from companion.errors import Conflict, Invalid, NotFound
from companion.records import PlanEdit
from companion.settings import MAX_BODY_BYTES
from companion.web.context import now, store, zone
from companion.web.pages import pages, spans
from companion.web.pages.plan_pages.form import CELLS, advice_on, read_form, status_words, typed_in
from companion.web.pages.plan_pages.shown import WEEKS_OFFERED, asked
from companion.web.pages.plan_pages.table import Line, line_of, table_of
from companion.web.pages.said import done
from companion.web.pages.slot_panel import in_the_way
from companion.web.plan_files import WEEKS, plan_file

FOR_PEOPLE, FOR_SCHEDULERS = ("xlsx", "csv", "ics", "md", "json"), ("buffer", "publer", "hootsuite")
# By what a line becomes, the line that says so.
_BECAME = {
    "skipped": "slot_skipped", "published": "slot_published", "queued": "plan_released", "dropped": "plan_dropped",
}  # fmt: skip


@pages.get("/plan")
def plan() -> str:
    """The plan over the days asked for, by week, with what waits for a date under it."""
    return _page(_asked_line())


def _asked_line() -> Line | None:
    row_id = request.args.get("edit")
    try:
        return line_of(row_id) if row_id else None
    except NotFound:
        return None


def _page(edited: Line | None) -> str:
    """The plan, with one of its lines as a form."""
    shown = asked()
    table = table_of(shown, edited)
    return render_template(
        "plan.html",
        shown=shown,
        table=table,
        edited=edited,
        weeks_offered=WEEKS_OFFERED,
        for_people=_offered(FOR_PEOPLE),
        for_schedulers=_offered(FOR_SCHEDULERS),
        field_names=[name for names in CELLS.values() for name in names],
        status_words=status_words(),
        known_channels=sorted({*table.channels, *get_agreement(store())["channels"]}, key=str.casefold),
        most_bytes=MAX_BODY_BYTES,
    )


def _offered(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in exports.FORMATS]


@pages.get("/plan/rows/<row_id>")
def show_row(row_id: str) -> Any:
    """The line as a form: where the address of an answer to it is asked for again."""
    return redirect(asked().address(edit=row_id, _anchor=f"line-{row_id}"))


@pages.post("/plan/rows/<row_id>")
def save_row(row_id: str) -> Any:
    """Changes a line as far as the user did. What cannot be kept or was changed elsewhere too is shown again, with what
    to do about it."""
    try:
        with store().transaction():
            line = line_of(row_id)
            form = read_form(request.form, line.row)
            if form.problems:
                return _page(replace(line, form=form)), 409 if form.is_clash else 422
            change = _edit(line, form.edit) if form.edit else None
    except NotFound:
        return _gone(row_id), 404
    except (Invalid, Conflict) as refusal:
        form = replace(form, problems=advice_on(refusal, form.texts))
        return _page(replace(line, form=form)), 422
    return _saved(line, form.edit, change)


def _gone(row_id: str) -> str:
    """That the line is not there any more, with what was typed in it; its article has a page of its own."""
    article = store().items.find(row_id)
    return render_template("plan_gone.html", shown=asked(), article=article, typed=typed_in(request.form))


def _edit(line: Line, edit: PlanEdit) -> str:
    """The id of the change, by which it is taken back."""
    before = edit_row(store(), line.row.id, edit, zone(), now())
    return changes.note(store(), before)


def _saved(line: Line, edit: PlanEdit, change: str | None) -> Any:
    """Says what became of the line, on the page that still shows the same part of the plan."""
    slot_id = _slot_of(line)
    back = asked().address(_anchor=f"line-{slot_id or line.row.id}")
    return done(_act(edit, slot_id), back, slot=slot_id, item=line.row.item_id, change=change)


def _act(edit: PlanEdit, slot_id: str | None) -> str:
    """The line that says what was done: first what became of it, then where it went."""
    if became := _BECAME.get(edit.get("status", "")):
        return became
    if slot_id and edit.keys() & {"date", "time"}:
        return "_".join(filter(None, ("slot_moved", in_the_way(calendar.get_slot(store(), slot_id, zone())))))
    return "plan_saved" if edit else "saved"


def _slot_of(line: Line) -> str | None:
    """Where it stands now: what had no date has its slot."""
    return line.row.id if line.row.day else curation.get_item(store(), line.row.id)["slot_id"]


@pages.get("/plan/export/<name>")
def export_plan(name: str) -> Response:
    """The plan as a file."""
    return plan_file(name, *spans.asked_range(WEEKS))
