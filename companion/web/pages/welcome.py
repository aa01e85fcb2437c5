"""The first run in three acts, and the page where a browser is let in."""

from pathlib import Path
from typing import Any

from flask import render_template, request, url_for

from companion.editorial import curation
from companion.errors import Gone, NotFound
from companion.extension_folder import extension_folder
from companion.web.context import companion, now, store
from companion.web.pages import pages
from companion.web.pages.said import done
from companion.web.paired_browsers import paired

ACTS = ("load", "click", "allow", "curate")


@pages.get("/welcome")
def welcome() -> str:
    """What to do next to get going; the acts done are told in a line."""
    waiting = companion().pairings.waiting(now())
    return render_template(
        "welcome.html",
        current=_current_act(bool(waiting)),
        acts=ACTS,
        waiting=waiting,
        browsers=paired(store()),
        folder=_folder(),
    )


def _current_act(is_waiting: bool) -> str:
    """The act that is next. What only the browser knows, such as that the extension is loaded, is passed by hand."""
    if is_waiting:
        return "allow"
    passed = request.args.get("act")
    # Between Allow and the extension's next question there is no pairing yet.
    if paired(store()) or passed == "allowed":
        return "done" if curation.find_items(store(), limit=1)[0] else "curate"
    return "click" if passed == "click" else "load"


def _folder() -> Path | None:
    try:
        return extension_folder()
    except NotFound:
        return None


@pages.get("/pair")
def pair() -> str:
    """The browsers that ask to be let in, each with the digits it shows itself."""
    return render_template(
        "pair.html",
        waiting=companion().pairings.waiting(now()),
        allowed="allowed" in request.args,
        browsers=paired(store()),
    )


@pages.post("/pair/<request_id>/allow")
def allow(request_id: str) -> Any:
    """Lets the browser in."""
    return _decide(request_id, True)


@pages.post("/pair/<request_id>/refuse")
def refuse(request_id: str) -> Any:
    """Keeps the browser out."""
    return _decide(request_id, False)


def _decide(request_id: str, is_allowed: bool) -> Any:
    try:
        companion().pairings.decide(request_id, is_allowed, now())
    except Gone:
        return done("late", url_for("pages.pair"))
    default = url_for("pages.pair", allowed="") if is_allowed else url_for("pages.pair")
    return done("allowed" if is_allowed else "refused", default)
