"""One article: its text, and beside it the user's view and where it goes."""

import re
from hashlib import sha256
from typing import Any

from flask import render_template, request, url_for
from flask_babel import lazy_gettext

from companion import contract
from companion.editorial import calendar, curation, placement, suggestions
from companion.errors import NotFound
from companion.records import Item, ItemEdit, LaterView, Quote, Slot
from companion.web.context import now, store, zone
from companion.web.pages import pages, spans
from companion.web.pages.own_words import own_words
from companion.web.pages.said import calmly, done

_SUGGESTED = 3
# What to do about a field that cannot be kept as it is.
_ADVICE = {
    "commentary": lazy_gettext("This is longer than a view can be: at most 50,000 characters."),
    "quotes": lazy_gettext("A quote has at most 10,000 characters, and an article at most 100 quotes."),
    "people": lazy_gettext("At most 50 names, each at most 200 characters, with commas between them."),
    "hashtags": lazy_gettext("At most 30 hashtags, each at most 100 characters."),
    "topic": lazy_gettext("At most 200 characters."),
    "creation_needed": lazy_gettext("Choose one from the list."),
}


@pages.get("/items/<item_id>")
def item(item_id: str) -> str:
    """The article and its form."""
    return _page(curation.item_with_text(store(), item_id), {})


def _page(shown: Item, problems: dict[str, str]) -> str:
    slot = _slot_of(shown)
    waiting = shown["status"] in ("queued", "planned", "dropped")
    text = shown["article"].get("text", "")
    return render_template(
        "item.html",
        item=shown,
        paragraphs=_paragraphs(text, shown["article"]["title"]),
        slot=slot,
        suggested=suggestions.suggest_slots(store(), shown, zone(), now(), most=_SUGGESTED) if waiting else [],
        open_slots=spans.open_slots() if waiting else [],
        words=own_words(shown, text),
        digest=digest,
        problems=problems,
    )


def _paragraphs(text: str, title: str) -> list[str]:
    """The text's lines; a title that opens it stands over the article already."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[1:] if lines[:1] == [title] else lines


def _slot_of(shown: Item) -> Slot | None:
    if not shown["slot_id"]:
        return None
    try:
        return calendar.get_slot(store(), shown["slot_id"], zone())
    except NotFound:
        return None


@pages.post("/items/<item_id>")
def save_item(item_id: str) -> Any:
    """Keeps what the form says; what cannot be kept is shown again with the reason."""
    kept = curation.item_with_text(store(), item_id)
    changes = _changes(kept)
    faults = {problem["path"].split("[")[0] for problem in contract.check("item_edit", changes)}
    if faults:
        return _page({**kept, **changes}, {name: str(_ADVICE[name]) for name in faults}), 422
    curation.edit_item(store(), item_id, changes, now())
    return done("saved", url_for("pages.item", item_id=item_id))


def _changes(kept: Item) -> ItemEdit:
    form = request.form
    return {
        "commentary": form.get("commentary", "").replace("\r\n", "\n").strip(),
        "quotes": _quotes(kept["quotes"]),
        "people": _words(form.get("people", "")),
        "hashtags": [tag.lstrip("#").replace(" ", "") for tag in _hashtags(form.get("hashtags", ""))],
        "topic": form.get("topic", "").strip(),
        "creation_needed": form.get("creation_needed", "none"),  # type: ignore[typeddict-item]
    }


def _quotes(kept: list[Quote]) -> list[Quote]:
    removed = set(request.form.getlist("remove_quote"))
    quotes = [quote for quote in kept if digest(quote["text"]) not in removed]
    added = request.form.get("new_quote", "").replace("\r\n", "\n").strip()
    return [*quotes, {"text": added}] if added else quotes


def _words(text: str) -> list[str]:
    """Names split by commas, or by semicolons where there are any; each once, in the order they were typed."""
    words = text.split(";" if ";" in text else ",")
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))


def _hashtags(text: str) -> list[str]:
    """Hashtags split by commas, or by spaces where each carries its sign."""
    spaced = re.sub(r"\s+(?=#)", ",", text)
    return [word for word in _words(spaced) if word.strip("#")]


def digest(text: str) -> str:
    """A short name for a text, by which a form can point at it."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@pages.post("/place")
@calmly
def place() -> Any:
    """Puts the article `item_id` in the slot `slot_id`."""
    item_id, slot_id = request.form.get("item_id", ""), request.form.get("slot_id", "")
    before = curation.get_item(store(), item_id)["slot_id"]
    placement.place(store(), item_id, slot_id, zone(), now())
    return done("placed", url_for("pages.item", item_id=item_id), item=item_id, slot=before)


@pages.post("/items/<item_id>/release")
@calmly
def release(item_id: str) -> Any:
    """Takes the article out of its slot and back to the queue."""
    before = curation.get_item(store(), item_id)["slot_id"]
    placement.release(store(), item_id, now())
    return done("released", url_for("pages.item", item_id=item_id), item=item_id, slot=before)


@pages.post("/items/<item_id>/decline")
def decline(item_id: str) -> Any:
    """The user does not want this article in that slot."""
    slot_id = request.form.get("slot_id", "")
    declined = curation.get_item(store(), item_id)["declined_slots"]
    if slot_id not in declined:
        curation.edit_item(store(), item_id, {"declined_slots": [*declined, slot_id]}, now())
    return done("declined", url_for("pages.item", item_id=item_id), item=item_id, slot=slot_id)


@pages.post("/items/<item_id>/status")
@calmly
def item_status(item_id: str) -> Any:
    """Queued, published or dropped."""
    status = request.form.get("status", "")
    contract.require("item_edit", {"status": status})
    before = curation.get_item(store(), item_id)["slot_id"]
    curation.edit_item(store(), item_id, {"status": status}, now())
    return done(status, url_for("pages.item", item_id=item_id), item=item_id, slot=before)


@pages.post("/items/<item_id>/delete")
def delete_item(item_id: str) -> Any:
    """Deletes the article, its text and the view on it for good."""
    curation.delete_item(store(), item_id)
    return done("deleted", url_for("pages.week"))


@pages.post("/items/<item_id>/later-views")
def later_view(item_id: str) -> Any:
    """Adds a view that came with a later capture to the user's view, or removes it."""
    kept = curation.get_item(store(), item_id)
    chosen, others = _split_views(kept["later_views"], request.form.get("view", ""))
    changes: ItemEdit = {"later_views": others}
    adding = request.form.get("act") == "add"
    if adding:
        texts = [kept["commentary"], *(view["text"] for view in chosen)]
        changes["commentary"] = "\n\n".join(text for text in texts if text)
    curation.edit_item(store(), item_id, changes, now())
    return done("view_added" if adding else "view_removed", url_for("pages.item", item_id=item_id))


def _split_views(views: list[LaterView], wanted: str) -> tuple[list[LaterView], list[LaterView]]:
    chosen = [view for view in views if digest(view["text"]) == wanted]
    return chosen, [view for view in views if view not in chosen]
