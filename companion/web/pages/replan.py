"""Replan: what would move is shown first, and only what the user leaves ticked moves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import render_template, request, url_for
from flask_babel import gettext

from companion.editorial.planning import replan
from companion.editorial.planning.schedule import Schedule, get_schedule
from companion.editorial.planning.slots import has_post
from companion.editorial.times import moment, monday
from companion.records import Slot
from companion.web.context import now, store, zone
from companion.web.formats import as_date
from companion.web.pages import pages, spans
from companion.web.pages.said import calmly_at, done

# What goes out so soon is mostly being prepared.
_SOON = timedelta(hours=48)


@dataclass(frozen=True)
class Row:
    """A move as the page shows it.

    `leaves` says why the post leaves its slot, as far as that shows, and `comes_free` that nothing takes its
    place there. `unticked` says why the move is not ticked; empty where it is.
    """

    move: replan.Move
    step: str
    leaves: str
    comes_free: bool
    unticked: str


@pages.get("/calendar/replan")
def replan_preview() -> str:
    """What would move, in which order, and why."""
    preview = replan.preview(store(), zone(), now())
    rows = _rows(preview.moves)
    return render_template(
        "replan.html",
        rows=rows,
        stays=preview.stays,
        is_filling=all(row.move.before is None for row in rows),
    )


@pages.post("/calendar/replan")
@calmly_at("pages.replan_preview")
def carry_out_replan() -> Any:
    """Moves what was ticked, all of it or nothing."""
    steps = _read(request.form.getlist("step"))
    if not steps:
        return done("stays", url_for("pages.calendar"))
    with store().transaction():
        replan.carry_out(store(), steps, zone(), now())
    return done("replanned", url_for("pages.calendar"))


def _rows(moves: Sequence[replan.Move]) -> list[Row]:
    taken = {move.after["id"] for move in moves}
    unticked = _unticked(moves)
    return [
        Row(
            move,
            _written(move),
            leaves=_why_it_leaves(move, moves) if move.before else "",
            comes_free=move.before is not None and move.before["id"] not in taken,
            unticked=unticked.get(move.item["id"], ""),
        )
        for move in moves
    ]


def _unticked(moves: Sequence[replan.Move]) -> dict[str, str]:
    """By item why its move is not ticked: it is at hand already, or its place is that of one which is."""
    found = {move.item["id"]: why for move in moves if (why := _at_hand(move))}
    waiting = [move for move in moves if move.item["id"] not in found]
    while follows := [move for move in waiting if move.after["id"] in _kept(moves, found)]:
        why = gettext("Not ticked, as the post in that slot is not either.")
        found |= {move.item["id"]: why for move in follows}
        waiting = [move for move in waiting if move.item["id"] not in found]
    return found


def _at_hand(move: replan.Move) -> str:
    if move.before is None:
        return ""
    if moment(move.before["starts_at"]) - now() <= _SOON:
        return gettext("Not ticked, as it goes out within two days.")
    return gettext("Not ticked, as your view on it is written.") if move.item["commentary"].strip() else ""


def _kept(moves: Sequence[replan.Move], unticked: Collection[str]) -> set[str]:
    """The slots whose posts stay in them as long as these moves are not ticked."""
    return {move.before["id"] for move in moves if move.before and move.item["id"] in unticked}


def _why_it_leaves(move: replan.Move, moves: Sequence[replan.Move]) -> str:
    slot = move.before or move.after
    first = monday(as_date(slot["date"]))
    week = get_schedule(store(), zone(), first, spans.end_of_week(first), now())
    preparation = week.preparations.get(slot["id"])
    if week.is_in_meeting(slot):
        return gettext("Your calendar has something at the time that it has now.")
    if preparation and not preparation.fits:
        return gettext("There is no room to prepare it where it stands now.")
    goes_elsewhere = not _is_in(week, move.after)
    return gettext("The week that it leaves has another post.") if goes_elsewhere and _has_post(week, moves) else ""


def _has_post(week: Schedule, moves: Sequence[replan.Move]) -> bool:
    """Whether a post stands in the week once all of these are moved."""
    left = {move.before["id"] for move in moves if move.before}
    stays = any(has_post(slot) and slot["id"] not in left for slot in week.slots)
    return stays or any(_is_in(week, move.after) for move in moves)


def _is_in(week: Schedule, slot: Slot) -> bool:
    return week.first <= as_date(slot["date"]) <= week.last


def _written(move: replan.Move) -> str:
    """The step as a tick box sends it back."""
    before, after = (slot["id"] if slot else "" for slot in (move.before, move.after))
    return urlencode({"item": move.item["id"], "before": before, "after": after})


def _read(written: Sequence[str]) -> list[replan.Step]:
    named = [dict(parse_qsl(step)) for step in written]
    return [replan.Step(step.get("item", ""), step.get("before"), step.get("after")) for step in named]
