"""One article: its text, and beside it the user's view and where it goes."""

from collections.abc import Mapping
from typing import Any, cast

from flask import render_template, request, url_for

from companion import contract
from companion.editorial import changes, curation
from companion.editorial.content_plan.brief import EMPTY
from companion.editorial.content_plan.editing import edit_row
from companion.editorial.links import may_hold_text
from companion.editorial.planning import calendar, placement, suggestions
from companion.errors import Conflict, Invalid
from companion.records import Item, ItemEdit, PlanEdit, Slot
from companion.web import formats
from companion.web.context import now, store, zone
from companion.web.pages import pages, spans
from companion.web.pages.item_classes import class_rows
from companion.web.pages.item_form import Form, form_of, read_form
from companion.web.pages.own_words import own_words
from companion.web.pages.reading import WHY_NO_PAGE, advice, may_fetch_again, reading_view
from companion.web.pages.said import ARRIVED, calmly, done
from companion.web.pages.tagging import tagging_of, with_chip
from companion.web.pages.typed import digest

_SUGGESTED = 3


@pages.get("/items/<item_id>")
def item(item_id: str) -> str:
    """The article and its form."""
    shown = curation.item_with_text(store(), item_id)
    return _page(shown, form_of(shown, _slot_of(shown)))


def _page(shown: Item, form: Form) -> str:
    waiting = shown["status"] in ("queued", "planned", "dropped")
    text = shown["article"].get("text", "")
    return render_template(
        "item.html",
        item=shown,
        form=form,
        reading_view=reading_view(shown),
        paragraphs=_paragraphs(text, shown["article"]["title"]),
        why_no_page=WHY_NO_PAGE.get(shown.get("fetch") or ""),
        advice=advice(shown),
        may_fetch_again=may_fetch_again(shown),
        may_hold_text=may_hold_text(shown),
        slot=_slot_of(shown),
        today=spans.today().isoformat(),
        class_rows=class_rows(shown),
        suggested=suggestions.suggest_slots(store(), shown, zone(), now(), most=_SUGGESTED) if waiting else [],
        open_slots=spans.open_slots() if waiting else [],
        words=own_words({**shown, "commentary": form.texts["commentary"]}, text),
        tagging=tagging_of(shown, text, form.texts),
        digest=digest,
        problems=form.advice(_changed(shown)),
    )


def _changed(shown: Item) -> str:
    day = formats.day_month(formats.local_date(shown["updated_at"], zone()), spans.today())
    return f"{day}, {formats.local_time(shown['updated_at'], zone())}"


def _paragraphs(text: str, title: str) -> list[str]:
    """The text's lines; a title that opens it stands over the article already."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[1:] if lines[:1] == [title] else lines


def _slot_of(shown: Item) -> Slot | None:
    return calendar.find_slot(store(), shown["slot_id"], zone())


@pages.post("/items/<item_id>")
def save_item(item_id: str) -> Any:
    """Keeps what the user changed. What cannot be kept or was changed elsewhere too is shown again, with the reason."""
    with store().transaction():
        kept = curation.item_with_text(store(), item_id)
        form = read_form(with_chip(request.form), kept, _slot_of(kept))
        is_fine = not form.problems and not form.elsewhere
        if is_fine and form.changes:
            _keep(item_id, form.changes)
    if is_fine:
        return done("saved", url_for("pages.item", item_id=item_id))
    return _page(kept, form), 409 if form.elsewhere else 422


def _keep(item_id: str, changed: Mapping[str, Any]) -> None:
    """What a post says and needs may be said by the slot too, so it is changed as in the plan."""
    of_post = {name: value for name, value in changed.items() if name in EMPTY}
    quotes = {name: value for name, value in changed.items() if name not in EMPTY}
    if of_post:
        edit_row(store(), item_id, cast(PlanEdit, of_post), zone(), now())
    if quotes:
        curation.edit_item(store(), item_id, quotes, now())


@pages.post("/place")
@calmly
def place() -> Any:
    """Puts the article `item_id` in the slot `slot_id`."""
    item_id, slot_id = request.form.get("item_id", ""), request.form.get("slot_id", "")
    with store().transaction():
        before = curation.get_item(store(), item_id)
        after = placement.place(store(), item_id, slot_id, zone(), now())
    return _moved("placed", before, after)


def _moved(act: str, before: Item, after: Item) -> Any:
    """Says where the article went. It can be undone where something changed, but a post that was out stays so."""
    way_back = {"was": before["status"], "slot": before["slot_id"], "now": after["status"], "to": after["slot_id"]}
    is_changed = (way_back["was"], way_back["slot"]) != (way_back["now"], way_back["to"])
    can_undo = is_changed and before["status"] != "published"
    default = url_for("pages.item", item_id=after["id"])
    return done(act, default, item=after["id"], **(way_back if can_undo else {}))


@pages.post("/items/<item_id>/release")
@calmly
def release(item_id: str) -> Any:
    """Takes the article out of its slot and back to the queue."""
    with store().transaction():
        before = curation.get_item(store(), item_id)
        after = placement.release(store(), item_id, now())
    return _moved("released", before, after)


@pages.post("/items/<item_id>/decline")
@calmly
def decline(item_id: str) -> Any:
    """The user does not want this article in that slot."""
    slot_id = request.form.get("slot_id", "")
    with store().transaction():
        declined = curation.get_item(store(), item_id)["declined_slots"]
        if slot_id not in declined:
            refused: ItemEdit = {"declined_slots": [*declined, slot_id]}
            contract.require("item_edit", refused)
            curation.edit_item(store(), item_id, refused, now())
    return done("declined", url_for("pages.item", item_id=item_id), item=item_id, slot=slot_id)


@pages.post("/items/<item_id>/status")
@calmly
def item_status(item_id: str) -> Any:
    """Queued, published or dropped. A post that is not out after all goes back to its slot."""
    status = request.form.get("status", "")
    contract.require("item_edit", {"status": status})
    with store().transaction():
        before = curation.get_item(store(), item_id)
        if before["status"] == "published" and status == "queued":
            return _taken_back(before)
        after = curation.edit_item(store(), item_id, {"status": status}, now())
    return _moved(ARRIVED[after["status"]], before, after)


def _taken_back(out: Item) -> Any:
    """When and where the post went out goes with it, so all of it can be put back."""
    keys = [("items", out["id"]), *([("slots", out["slot_id"])] if out["slot_id"] else [])]
    before = changes.found(store(), keys)
    after = placement.unpublish(store(), out["id"], now())
    act = f"unpublished_{after['status']}"
    return done(act, url_for("pages.item", item_id=out["id"]), item=out["id"], change=changes.note(store(), before))


@pages.post("/items/<item_id>/delete")
@calmly
def delete_item(item_id: str) -> Any:
    """Deletes the article, its text and the view on it for good."""
    curation.delete_item(store(), item_id)
    return done("deleted", url_for("pages.week"))


@pages.post("/items/<item_id>/later-views")
@calmly
def later_view(item_id: str) -> Any:
    """Adds a view that came with a later capture to the user's view, or removes it."""
    is_adding = request.form.get("act") == "add"
    here = url_for("pages.item", item_id=item_id)
    try:
        with store().transaction():
            _settle_view(curation.get_item(store(), item_id), request.form.get("view", ""), is_adding)
    except Invalid:
        return done("view_too_long", here)
    return done("view_added" if is_adding else "view_removed", here)


def _settle_view(item: Item, wanted: str, is_adding: bool) -> None:
    """Raises Conflict where that view is gone, and Invalid where the two do not fit in one."""
    chosen = [view for view in item["later_views"] if digest(view["text"]) == wanted]
    if not chosen:
        raise Conflict("That view was added or removed already.")
    settled: ItemEdit = {"later_views": [view for view in item["later_views"] if view not in chosen]}
    if is_adding:
        texts = [item["commentary"], *(view["text"] for view in chosen)]
        settled["commentary"] = "\n\n".join(text for text in texts if text)
    contract.require("item_edit", settled)
    curation.edit_item(store(), item["id"], settled, now())
