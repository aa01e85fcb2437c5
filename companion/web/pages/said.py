"""The line that confirms an act, shown once on the page that follows it.

A small cookie carries the name of the act and the ids it was about, never words: what is shown is looked
up here, so a cookie that someone else planted can say nothing new.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import parse_qsl, urlencode

from flask import Response, redirect, request, url_for
from flask_babel import lazy_gettext

from companion.editorial import curation
from companion.editorial.planning import calendar
from companion.errors import Conflict, NotFound
from companion.web import formats
from companion.web.context import store, zone
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
    "slot_moved": lazy_gettext("Moved to %(moment)s."),
    "slot_moved_busy": lazy_gettext("Moved to %(moment)s. Your calendar has something at that time."),
    "slot_moved_beside": lazy_gettext("Moved to %(moment)s. Another post goes out at that time."),
    "stays": lazy_gettext("It stays where it was."),
    "stays_past": lazy_gettext("That moment has passed, so it stays where it was."),
    "stays_holiday": lazy_gettext("A public holiday falls on that day, so it stays where it was."),
    "stays_hours": lazy_gettext("That lies outside your working hours, so it stays where it was."),
    "prepared": lazy_gettext("The preparation has its time."),
    "replanned": lazy_gettext("The plan is changed as you chose."),
    "slot_published": lazy_gettext("Your post is marked as published."),
    "unpublished_planned": lazy_gettext("“%(title)s” is not published, and has its slot again."),
    "unpublished_queued": lazy_gettext("“%(title)s” is not published, and back in the queue."),
    "posted": lazy_gettext("“%(title)s” is marked as published."),
    "post_saved": lazy_gettext("Saved."),
    "slot_skipped": lazy_gettext("The slot is skipped."),
    "slot_restored": lazy_gettext("The slot is open again."),
    "slot_deleted": lazy_gettext("The slot is deleted."),
    "plan_imported": lazy_gettext("The edits from the file are in the plan."),
    "plan_imported_partly": lazy_gettext(
        "The edits from the file are in the plan, but for what could not be taken over. That stays on this page."
    ),
    "plan_not_taken": lazy_gettext("What was chosen could not be taken over; the plan is as it was."),
    "plan_not_imported": lazy_gettext("Nothing was taken over; the plan is as it was."),
    "plan_saved": lazy_gettext("Saved."),
    "plan_released": lazy_gettext("“%(title)s” is back in the queue."),
    "plan_dropped": lazy_gettext("“%(title)s” is dropped."),
    "cadence_saved": lazy_gettext("Your cadence is saved. Posts that had their slot keep it."),
    "corrected": lazy_gettext("Changed. Suggestions go by it from now on."),
    "agreement_saved": lazy_gettext("Your agreement is saved. What is planned stays where it is."),
    "agreement_followed": lazy_gettext(
        "Your agreement is saved, and your weekly pattern follows it. What is planned stays where it is."
    ),
    "pattern_fitted": lazy_gettext("Your weekly pattern fits the agreement now. What is planned stays where it is."),
    "slowed_down": lazy_gettext("A calmer pace is agreed, and your weekly pattern fits it. What is planned stays."),
    "slowed_down_alone": lazy_gettext(
        "A calmer pace is agreed. Your weekly pattern is your own, so it stays as it is."
    ),
    "calendar_added": lazy_gettext("The calendar is added."),
    "calendar_added_beside": lazy_gettext(
        "The calendar is added, beside another one of that name. Is this its newer file? Then remove the older one."
    ),
    "calendar_replaced": lazy_gettext("The calendar is as the newer file has it."),
    "calendar_read": lazy_gettext("The calendar is read anew."),
    "calendar_waiting": lazy_gettext("The calendar is being read. Its busy times follow in a moment."),
    "calendar_unread": lazy_gettext("The calendar could not be read. The busy times stay as they were."),
    "calendar_removed": lazy_gettext("The calendar is removed. Its times count as free."),
    "feed_made": lazy_gettext("The address is made. Copy it now: it is shown this once."),
    "feed_revoked": lazy_gettext("The address does not work any more."),
    "allowed": lazy_gettext("The browser is connected."),
    "refused": lazy_gettext("The browser is not let in."),
    "revoked": lazy_gettext("The browser is disconnected. What it sent stays."),
    "token_revoked": lazy_gettext("The token does not work any more."),
    "shut_out": lazy_gettext("These pages can be opened in this browser only."),
    "late": lazy_gettext("That request is over. Click Kwartier's icon again to ask anew."),
    "undone": lazy_gettext("Undone."),
    "changed_since_item": lazy_gettext("“%(title)s” was changed since, so nothing was undone."),
    "changed_since_slot": lazy_gettext("What stands on %(moment)s was changed since, so nothing was undone."),
    "conflict": lazy_gettext("Things changed in the meantime, so nothing was done. This is how they are now."),
}
_CAREFUL = {
    "calendar_unread", "changed_since_item", "changed_since_slot", "conflict", "late", "view_too_long", "stays_past",
    "stays_holiday", "stays_hours", "plan_imported_partly", "plan_not_taken",
}  # fmt: skip
# What changed the agreement or the weekly pattern that follows from it.
OF_AGREEMENT = {"agreement_saved", "agreement_followed", "pattern_fitted", "slowed_down", "slowed_down_alone"}
_CAN_UNDO = OF_AGREEMENT | {"calendar_removed", "corrected", "declined", "replanned"}
# These can be undone where they name the change: the store has what was there before.
SLOT_CHANGES = {
    "plan_saved", "plan_released", "plan_dropped",
    "slot_added", "slot_saved", "slot_moved", "slot_moved_busy", "slot_moved_beside", "slot_published", "slot_skipped",
    "slot_restored", "slot_deleted", "prepared", "posted", "post_saved", "unpublished_planned", "unpublished_queued",
}  # fmt: skip
IMPORTED = {"plan_imported", "plan_imported_partly"}
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


def calmly_at(endpoint: str) -> Callable[[Callable[P, Any]], Callable[P, Any]]:
    """For a view whose act may meet a changed state, or something that is gone: the page is shown again and says so.

    That is the page of this endpoint where the form does not name another one.
    """

    def calmed(view: Callable[P, Any]) -> Callable[P, Any]:
        @wraps(view)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> Any:
            try:
                return view(*args, **kwargs)
            except (Conflict, NotFound):
                return done("conflict", url_for(endpoint))

        return wrapper

    return calmed


calmly = calmly_at("pages.week")


def _title(item_id: str | None) -> str:
    if not item_id:
        return ""
    try:
        return curation.get_item(store(), item_id)["article"]["title"]
    except NotFound:
        return ""


def _moment(slot_id: str | None) -> str:
    """When a slot is, as `Thursday 26 November, 08:40`."""
    slot = calendar.find_slot(store(), slot_id, zone())
    return f"{formats.day_in_text(slot['date'])}, {slot['time']}" if slot else ""


def _read_line() -> Line | None:
    values = dict(parse_qsl(request.cookies.get(COOKIE, "")))
    act = values.get("act", "")
    if act not in _LINES:
        return None
    line = str(_LINES[act])
    looked_up = {"title": _title(values.get("item")), "moment": _moment(values.get("slot"))}
    named = {name: words for name, words in looked_up.items() if f"%({name})" in line}
    if not all(named.values()):
        return None
    return Line(line % named, careful=act in _CAREFUL, undo=values if _can_undo(act, values) else None)


def _can_undo(act: str, values: Mapping[str, str]) -> bool:
    named = {"change"} if act in SLOT_CHANGES | IMPORTED else {"was"} if act in MOVES else set()
    return (bool(named) and named <= set(values)) or act in _CAN_UNDO


@pages.app_context_processor
def _said() -> dict[str, Any]:
    return {"said": _read_line}


@pages.after_app_request
def _forget_what_was_said(answer: Response) -> Response:
    shown = request.method == "GET" and answer.status_code == 200 and answer.mimetype == "text/html"
    if shown and COOKIE in request.cookies:
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="Strict")
    return answer
