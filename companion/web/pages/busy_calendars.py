"""The user's calendars on the page of settings: adding one by file or address, reading it anew, taking it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext, ngettext

from companion.editorial.busy import calendars as busy_calendars
from companion.editorial.busy.calendars import Objectionable
from companion.editorial.times import instant, local_day
from companion.errors import NotFound
from companion.records import BusyCalendar
from companion.settings import MAX_BODY_BYTES
from companion.web import formats
from companion.web.context import companion, now, store, zone
from companion.web.pages import pages
from companion.web.pages.calendar_problems import problem_words
from companion.web.pages.said import calmly, done
from companion.web.pages.settings import settings
from companion.web.pages.too_large import SAID_BY

# As long as somebody waits for a page without wondering; a calendar that takes longer is read in the background.
WAIT_SECONDS = 8.0
# The plan is to reach four weeks ahead; busy times that end before that would leave it to chance.
SHORT = timedelta(weeks=4)


@dataclass(frozen=True)
class Form:
    """What was handed in and not taken: the `problem` stands at the field, what was typed stays in it."""

    problem: str
    address: str = ""
    calendar_id: str | None = None


@dataclass(frozen=True)
class Row:
    """One calendar in words; `problem` where it could not be read the last time."""

    calendar: BusyCalendar
    source: str
    details: list[str]
    problem: str | None
    ends: str | None


@pages.app_context_processor
def _for_settings() -> dict[str, Any]:
    return {
        "busy_calendars": rows,
        "calendar_form": lambda: g.get("calendar_form"),
        "calendar_problem": problem_words,
        "most_bytes": MAX_BODY_BYTES,
    }


def rows() -> list[Row]:
    """The calendars as the page lists them."""
    return [_row(calendar) for calendar in busy_calendars.all_calendars(store())]


def _row(calendar: BusyCalendar) -> Row:
    source = busy_calendars.shown_address(calendar["url"]) if calendar["url"] else gettext("a file")
    return Row(calendar, source, _details(calendar), _problem(calendar), _ends(calendar))


def _details(calendar: BusyCalendar) -> list[str]:
    until, read_at = calendar["until"], calendar["read_at"]
    if not until or not read_at:
        return [] if calendar["problem"] else [gettext("is being read")]
    day = formats.day_month(until, _today())
    events = ngettext("%(num)s event until %(day)s", "%(num)s events until %(day)s", calendar["events"], day=day)
    told = [events]
    if calendar["unread"]:
        told.append(ngettext("%(num)s event cannot be read", "%(num)s events cannot be read", calendar["unread"]))
    # Where the last try failed, the problem says when it was read.
    return told if calendar["problem"] else [*told, gettext("read %(moment)s", moment=_moment(read_at))]


def _problem(calendar: BusyCalendar) -> str | None:
    if not calendar["problem"]:
        return None
    asked = gettext("Asked %(moment)s.", moment=_moment(calendar["checked_at"] or instant(now())))
    words = f"{asked} {problem_words(calendar['problem'])}"
    if not calendar["read_at"]:
        return words
    stay = gettext("The busy times are those of %(moment)s.", moment=_moment(calendar["read_at"]))
    return f"{words} {stay}"


def _ends(calendar: BusyCalendar) -> str | None:
    """Said where the busy times of a file end before long."""
    until = date.fromisoformat(calendar["until"]) if calendar["until"] and calendar["kind"] == "file" else None
    if until is None or until - _today() >= SHORT:
        return None
    if until < _today():
        return gettext("Its busy times have come to an end. Replace the file by a newer one.")
    day = formats.day_month(until, _today())
    return gettext("Its busy times reach to %(day)s only. Replace the file by a newer one.", day=day)


def _today() -> date:
    return local_day(now(), zone())


def _moment(when: str) -> str:
    return formats.moment_in_text(when, _today(), zone())


@pages.post("/settings/calendars/address")
@calmly
def add_calendar_address() -> Any:
    """Adds a calendar by its address, and tells what came of reading it where that does not take long."""
    typed = request.form.get("address", "")
    try:
        added = busy_calendars.add_address(store(), typed, zone(), now())
    except Objectionable as objection:
        return _not_taken(objection.problem, address=typed)
    problem = _read_now(added["id"])
    if problem:
        busy_calendars.remove(store(), added["id"])
        return _not_taken(problem, address=typed)
    return _done("calendar_waiting" if problem is None else "calendar_added")


def _read_now(calendar_id: str) -> str | None:
    """Reads a calendar by its address; the problem, "" for none, None where it is still being read after a while."""
    companion().calendars.ask(calendar_id)
    if not companion().calendars.wait(calendar_id, WAIT_SECONDS):
        return None
    calendar = busy_calendars.get_calendar(store(), calendar_id)
    return calendar["problem"] or ("" if calendar["read_at"] else None)


@pages.post("/settings/calendars/file")
def add_calendar_file() -> Any:
    """Adds the busy times of a calendar file; says so where there is an older one of that name, which still counts."""
    file = request.files.get("file")
    reading = _read_file()
    if reading.get("problem"):
        return _not_taken(reading["problem"])
    try:
        added = busy_calendars.add_file(store(), (file and file.filename) or "", reading, zone(), now())
    except Objectionable as objection:
        return _not_taken(objection.problem)
    names = [calendar["name"] for calendar in busy_calendars.all_calendars(store())]
    return _done("calendar_added_beside" if names.count(added["name"]) > 1 else "calendar_added")


@pages.post("/settings/calendars/<calendar_id>/file")
@calmly
def replace_calendar_file(calendar_id: str) -> Any:
    """Puts the busy times of a newer file in the place of those of a calendar."""
    busy_calendars.get_calendar(store(), calendar_id)
    reading = _read_file()
    if reading.get("problem"):
        return _not_taken(reading["problem"], calendar_id=calendar_id)
    busy_calendars.note_reading(store(), calendar_id, reading, zone(), now())
    return _done("calendar_replaced")


def _read_file() -> Mapping[str, Any]:
    file = request.files.get("file")
    content = file.read() if file else b""
    return companion().calendars.read_file(content) if content else {"problem": "no_file"}


@pages.post("/settings/calendars/<calendar_id>/refresh")
@calmly
def refresh_calendar(calendar_id: str) -> Any:
    """Reads a calendar again by its address."""
    if busy_calendars.get_calendar(store(), calendar_id)["url"] is None:
        raise NotFound("A calendar file has no address.")
    problem = _read_now(calendar_id)
    said = "calendar_waiting" if problem is None else "calendar_unread" if problem else "calendar_read"
    return _done(said)


@pages.post("/settings/calendars/<calendar_id>/remove")
@calmly
def remove_calendar(calendar_id: str) -> Any:
    """Takes a calendar out. Undo puts it back, as long as this companion runs."""
    removed, kept = busy_calendars.remove(store(), calendar_id), companion().removed_calendars
    kept[calendar_id] = removed
    for oldest in list(kept)[: -busy_calendars.MOST_CALENDARS]:
        kept.pop(oldest, None)
    return _done("calendar_removed", calendar=calendar_id)


def _too_large() -> Any:
    g.calendar_form = Form(problem_words("file_too_large"), calendar_id=(request.view_args or {}).get("calendar_id"))
    return settings(), 413


SAID_BY.update(dict.fromkeys(("pages.add_calendar_file", "pages.replace_calendar_file"), _too_large))


def _done(act: str, **about: str) -> Any:
    return done(act, url_for("pages.settings"), **about)


def _not_taken(problem: str, **more: str) -> Any:
    """The page once more, with what was wrong at the field."""
    g.calendar_form = Form(problem_words(problem), **more)
    return settings(), 422
