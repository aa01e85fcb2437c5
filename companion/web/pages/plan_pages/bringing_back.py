"""The way back of the content plan: what the edited file would change is shown first, then done in one step."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext

from companion.editorial import changes
from companion.editorial.content_plan.sheets import importing
from companion.editorial.content_plan.sheets.incoming import Preview, preview
from companion.errors import Gone
from companion.settings import MAX_BODY_BYTES
from companion.web.context import companion, now, store, zone
from companion.web.pages import pages
from companion.web.pages.plan_pages.decisions import SORTS, Kept, asked, decided
from companion.web.pages.plan_pages.import_lines import lines_in_words
from companion.web.pages.plan_pages.reading import read_plan
from companion.web.pages.plan_pages.words import file_problem, nothing_words
from companion.web.pages.said import done
from companion.web.pages.too_large import SAID_BY
from companion.web.plan_readings import Reading

LONGEST_NAME = 80


@pages.app_context_processor
def _for_the_plan() -> dict[str, Any]:
    return {"last_plan_import": last_plan_import}


def last_plan_import() -> dict[str, Any] | None:
    """The last import that can be undone: its `change`, how many `lines`, and `at` which moment."""
    kept = changes.changes(store(), changes.IMPORTS)
    return {"change": kept[-1]["change"], **kept[-1]["about"]} if kept else None


@pages.post("/plan/import")
def plan_import() -> Any:
    """Reads the file, and shows what it would change."""
    file = request.files.get("file")
    reading = read_plan(_name((file and file.filename) or ""), file.read() if file else b"")
    if isinstance(reading, str):
        return _page(422, problem=file_problem(reading))
    reading_id = companion().plan_readings.keep(reading)
    return redirect(url_for("pages.plan_import_preview", reading_id=reading_id), 303)


def _name(sent: str) -> str:
    """The file's own name, as far as it can be shown."""
    name = "".join(letter for letter in sent.replace("\\", "/").rpartition("/")[2] if letter.isprintable())
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _too_large() -> Any:
    return _page(413, problem=file_problem("file_too_large"))


SAID_BY["pages.plan_import"] = _too_large


@pages.get("/plan/import/<reading_id>")
def plan_import_preview(reading_id: str) -> Any:
    """What the file would change."""
    try:
        reading = companion().plan_readings.find(reading_id)
    except Gone:
        return _page(410, problem=gettext("What was read from the file is not kept any more. Choose the file again."))
    return _page(200, reading_id, reading, _preview(reading))


@pages.post("/plan/import/<reading_id>")
def carry_out_plan_import(reading_id: str) -> Any:
    """Takes over what was chosen. What was not decided stays as it is, and stays on the page."""
    try:
        reading = companion().plan_readings.find(reading_id)
    except Gone:
        return plan_import_preview(reading_id)
    found = _preview(reading)
    if found.digest != request.form.get("shown"):
        return _page(409, reading_id, reading, found, Kept(request.form))
    said = decided(found, request.form)
    carried = importing.carry_out(store(), found, said.choice, zone(), now())
    reading.settled |= importing.left_alone(said.about, said.choice, said.ours)
    return _answer(reading_id, reading, carried)


def _preview(reading: Reading) -> Preview:
    return preview(store(), reading.sheet, frozenset(reading.settled), zone(), now())


def _answer(reading_id: str, reading: Reading, carried: importing.Done) -> Any:
    left = _preview(reading).lines
    act = "plan_imported" if carried.change_id else "plan_not_imported"
    if carried.refused:
        act = "plan_imported_partly" if carried.change_id else "plan_not_taken"
    is_open = carried.refused or any(line.merged.conflicts or line.can_be_taken for line in left)
    page = url_for("pages.plan_import_preview", reading_id=reading_id) if is_open else url_for("pages.plan")
    return done(act, page, change=carried.change_id)


def _page(
    status: int, reading_id: str = "", reading: Reading | None = None, found: Preview | None = None,
    kept: Kept | None = None, problem: str = "",
) -> Any:  # fmt: skip
    """The page of what a file would change, `kept` is what was chosen on the one before; or of a file that is none."""
    found = found or Preview([], 0)
    lines = asked(found)
    page = render_template(
        "plan_import.html",
        reading_id=reading_id,
        reading=reading,
        found=found,
        lines=lines_in_words(lines, kept or Kept()),
        counts={sort: lines.count(sort) for sort in SORTS},
        nothing=nothing_words(found, bool(reading and reading.settled)),
        leaves_others=bool(kept and kept.leaves_others),
        changed_since=kept is not None,
        problem=problem,
        most_bytes=MAX_BODY_BYTES,
    )
    return page, status
