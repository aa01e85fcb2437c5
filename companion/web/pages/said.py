"""The line that confirms an act, shown once on the page that follows it.

A small cookie carries the name of the act and the ids it was about, never words: what is shown is looked
up here, so a cookie that someone else planted can say nothing new.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import parse_qsl, urlencode

from flask import Response, redirect, request
from flask_babel import lazy_gettext

from companion.editorial import curation
from companion.errors import Conflict, NotFound
from companion.web.context import store
from companion.web.pages import pages

P = ParamSpec("P")

COOKIE = "kwartier_said"
_SECONDS_KEPT = 60

_LINES = {
    "placed": lazy_gettext("“%(title)s” has its slot."),
    "released": lazy_gettext("“%(title)s” is back in the queue."),
    "dropped": lazy_gettext("“%(title)s” is dropped."),
    "queued": lazy_gettext("“%(title)s” is back in the queue."),
    "published": lazy_gettext("“%(title)s” is marked as published."),
    "declined": lazy_gettext("“%(title)s” is not suggested for that slot any more."),
    "deleted": lazy_gettext("The article is deleted."),
    "saved": lazy_gettext("Saved."),
    "view_added": lazy_gettext("Added to your view."),
    "view_removed": lazy_gettext("Removed."),
    "view_too_long": lazy_gettext(
        "Together they would be longer than a view can be, 50,000 characters, so nothing was done. Shorten yours first."
    ),
    "slot_added": lazy_gettext("The slot is added."),
    "slot_saved": lazy_gettext("The slot is changed."),
    "slot_skipped": lazy_gettext("The slot is skipped."),
    "slot_restored": lazy_gettext("The slot is open again."),
    "slot_deleted": lazy_gettext("The slot is deleted."),
    "cadence_saved": lazy_gettext("Your cadence is saved. Posts that had their slot keep it."),
    "allowed": lazy_gettext("The browser is connected."),
    "refused": lazy_gettext("The browser is not let in."),
    "revoked": lazy_gettext("The browser is disconnected. What it sent stays."),
    "token_revoked": lazy_gettext("The token does not work any more."),
    "shut_out": lazy_gettext("These pages can be opened in this browser only."),
    "late": lazy_gettext("That request is over. Click Kwartier's icon again to ask anew."),
    "undone": lazy_gettext("Undone."),
    "conflict": lazy_gettext("Things changed in the meantime, so nothing was done. This is how they are now."),
}
_CAREFUL = {"conflict", "late", "view_too_long"}
_CAN_UNDO = {"declined", "slot_skipped"}
# These can be undone where they tell what was before.
MOVES = {"placed", "released", "dropped", "published"}
# By an article's status the line that says it arrived there.
ARRIVED = {"queued": "queued", "planned": "placed", "published": "published", "dropped": "dropped"}


@dataclass(frozen=True)
class Line:
    """One confirmation; `undo` holds the fields of the form that takes the act back."""

    text: str
    careful: bool
    undo: dict[str, str] | None


def same_site_path(path: str | None, default: str) -> str:
    """The path if it stays on this site, and the default for anything else."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return default
    unsafe = "\\" in path or any(ord(character) < 33 for character in path)
    return default if unsafe else path


def done(act: str, default: str, **about: str | None) -> Any:
    """Goes back to the page the form came from, which then says what was done."""
    answer = redirect(same_site_path(request.form.get("next"), default), 303)
    values = {"act": act, **{name: value for name, value in about.items() if value}}
    answer.set_cookie(COOKIE, urlencode(values), max_age=_SECONDS_KEPT, httponly=True, samesite="Strict", path="/")
    return answer


def calmly(view: Callable[P, Any]) -> Callable[P, Any]:
    """A view whose act may meet a changed state, or something that is gone: the page is shown again and says so."""

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return view(*args, **kwargs)
        except (Conflict, NotFound):
            return done("conflict", "/")

    return wrapper


def _title(item_id: str | None) -> str:
    if not item_id:
        return ""
    try:
        return curation.get_item(store(), item_id)["article"]["title"]
    except NotFound:
        return ""


def _read_line() -> Line | None:
    values = dict(parse_qsl(request.cookies.get(COOKIE, "")))
    act = values.get("act", "")
    if act not in _LINES:
        return None
    title = _title(values.get("item"))
    if "%(title)" in str(_LINES[act]) and not title:
        return None
    return Line(
        text=str(_LINES[act]) % {"title": title} if title else str(_LINES[act]),
        careful=act in _CAREFUL,
        undo=values if act in _CAN_UNDO or (act in MOVES and "was" in values) else None,
    )


@pages.app_context_processor
def _said() -> dict[str, Any]:
    return {"said": _read_line}


@pages.after_app_request
def _forget_what_was_said(answer: Response) -> Response:
    shown = request.method == "GET" and answer.status_code == 200 and answer.mimetype == "text/html"
    if shown and COOKIE in request.cookies:
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="Strict")
    return answer
