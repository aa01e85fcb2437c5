"""Settings: connected browsers, the cadence, and where things are."""

import secrets
from typing import Any, cast

from flask import render_template, request, url_for
from flask_babel import gettext

from companion import contract
from companion.editorial.planning.cadence import get_cadence, set_cadence
from companion.errors import Invalid
from companion.records import Cadence
from companion.web.context import companion, store, zone
from companion.web.formats import weekday_name
from companion.web.launch import let_in_browsers
from companion.web.pages import pages, spans
from companion.web.pages.agreement import get_fit, posts_in_words
from companion.web.pages.backups import dated_backups
from companion.web.pages.said import done
from companion.web.paired_browsers import paired
from companion.web.tokens import made_tokens

_WORKING_DAYS = 5
_MOST_WEEKS = 8
_COLUMNS = ("id", "weekday", "time", "kind", "channel", "every_weeks")


@pages.get("/settings")
def settings() -> str:
    """What can be set, as it is now."""
    return _page([dict(entry) for entry in get_cadence(store())["entries"]], "")


def _page(rows: list[dict[str, Any]], problem: str) -> str:
    return render_template(
        "settings.html",
        browsers=paired(store()),
        tokens=made_tokens(store()),
        let_in_browsers=let_in_browsers(store()),
        rows=rows,
        blank={"id": "", "weekday": 1, "time": "", "kind": "commentary", "channel": "LinkedIn", "every_weeks": 1},
        weekdays=[(str(number), weekday_name(number)) for number in range(1, _WORKING_DAYS + 1)],
        rhythms=[(str(weeks), _rhythm(weeks)) for weeks in range(1, _MOST_WEEKS + 1)],
        problem=problem,
        data=companion().settings.data,
        backups=dated_backups(),
        zone_name=zone().key,
        working_day=spans.day_bounds(),
        fit=get_fit(),
        posts_in_words=posts_in_words,
    )


def _rhythm(weeks: int) -> str:
    if weeks == 1:
        return gettext("every week")
    return gettext("every %(count)s weeks", count=weeks)


@pages.post("/settings/cadence")
def save_cadence() -> Any:
    """Keeps the weekly pattern as the rows of the form say."""
    rows = _rows()
    try:
        cadence = cast(Cadence, {"entries": [_entry(row) for row in rows]})
        contract.require("cadence", cadence)
        set_cadence(store(), cadence)
    except Invalid:
        return _page(rows, _advice()), 422
    return done("cadence_saved", url_for("pages.settings"))


def _rows() -> list[dict[str, Any]]:
    """The rows that have a time and are not to be removed."""
    columns = [request.form.getlist(name) for name in _COLUMNS]
    removed = set(request.form.getlist("remove"))
    rows = [dict(zip(_COLUMNS, values, strict=True)) for values in zip(*columns, strict=False)]
    return [row for row in rows if row["time"] and row["id"] not in removed - {""}]


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a cadence entry; a new one gets an id of its own, which then stays with its slots."""
    if not all(row[name].isdecimal() and len(row[name]) < 4 for name in ("weekday", "every_weeks")):
        raise Invalid.field("entries", "has a number that cannot be read")
    return {
        **row,
        "id": row["id"] or secrets.token_hex(4),
        "time": row["time"][:5],
        "channel": row["channel"].strip(),
        "weekday": int(row["weekday"]),
        "every_weeks": int(row["every_weeks"]),
    }


def _advice() -> str:
    return gettext(
        "Not saved yet: each row needs a time from %(first)s to %(last)s and a channel.",
        first=spans.day_bounds()[0],
        last=spans.day_bounds()[1],
    )
