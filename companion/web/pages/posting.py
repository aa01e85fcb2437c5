"""A post that goes out now: its text, where it is posted by hand, and then whether it is posted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from types import MappingProxyType
from typing import Any

from flask import render_template, request, url_for
from flask_babel import format_decimal, gettext, ngettext

from companion import contract
from companion.editorial import changes, curation
from companion.editorial.agreement import get_agreement
from companion.editorial.content_plan.editing import edit_row
from companion.editorial.content_plan.rows import PlanRow, row_of
from companion.editorial.planning import calendar
from companion.editorial.planning.slots import has_passed
from companion.editorial.posting.channels import NAMES, Channel, channel_of, share_address, takes_text
from companion.editorial.posting.compose import PARTS, compose, parts_of
from companion.editorial.times import at, instant, moment
from companion.errors import Conflict, Invalid, NotFound
from companion.records import Item, PlanEdit, Slot
from companion.web import formats
from companion.web.context import now, store, zone
from companion.web.pages import pages, spans
from companion.web.pages.said import calmly, done, same_site_path
from companion.web.pages.typed import digest, one_line


@dataclass(frozen=True)
class Posted:
    """What stands in the fields that say when and where a post went out."""

    date: str
    time: str
    post_url: str


_FIELDS = ("date", "time", "post_url")


@pages.get("/post/<row_id>")
def post_now(row_id: str) -> str:
    """The text of a line of the content plan, with the channel's own page to post it on. Kwartier posts nothing."""
    return _page(row_id)


@pages.route("/post/<row_id>/text", methods=["GET", "POST"])
def count_post(row_id: str) -> str:
    """The same with all that was typed, counted anew; a text that nobody touched is composed as was chosen."""
    return _page(row_id)


@pages.post("/post/<row_id>")
@calmly
def posted(row_id: str) -> Any:
    """Marks a line as published: when, and where it can be seen. Where that fails, what was typed is shown again."""
    try:
        with store().transaction():
            row = _found(row_id)[0]
            change = _publish(row)
    except Invalid as error:
        return _page(row_id, _advice(error)), 422
    except Conflict:
        return _page(row_id, has_changed=True), 409
    act = "post_saved" if row.status == "published" else "posted" if row.item_id else "slot_published"
    return done(act, _back(row), item=row.item_id, change=change)


def _publish(row: PlanRow) -> str | None:
    """The change, by which it can be undone; none where nothing changes. Raises Invalid and Conflict."""
    if (request.form.get("shown_item"), request.form.get("shown_status")) != (row.item_id, row.status):
        raise Conflict("Another post stands here, or it is posted already.")
    edit = _edit(row)
    return changes.note(store(), edit_row(store(), row.id, edit, zone(), now())) if edit else None


def _found(row_id: str) -> tuple[PlanRow, Slot | None, Item | None]:
    """The line with its slot and its article. Raises NotFound where nothing is there to post."""
    slot = calendar.find_slot(store(), row_id, zone())
    item = spans.item_of(slot) if slot else curation.get_item(store(), row_id)
    if slot is None and item and item["slot_id"]:
        slot = calendar.find_slot(store(), item["slot_id"], zone())
    if slot and not item and slot["kind"] == "commentary":
        raise NotFound("Nothing stands in this slot.")
    return row_of(slot, item), slot, item


def _page(row_id: str, problems: Mapping[str, str] = MappingProxyType({}), has_changed: bool = False) -> str:
    row, slot, item = _found(row_id)
    channels = [] if slot else _channels()
    asked = row.channel or request.values.get("channel") or channels[0]
    channel = channel_of(asked)
    parts = {name: part for name, part in parts_of(row).items() if part}
    chosen = _chosen(parts)
    composed = compose(row, channel, **{f"with_{name}": name in chosen for name in PARTS})
    typed = _typed_text()
    text = composed if typed is None else typed
    return render_template(
        "posting.html",
        row=row,
        slot=slot,
        item=item,
        channel=channel,
        channels=[(name, name) for name in channels],
        asked_channel=asked,
        is_over=slot is not None and has_passed(slot, now()),
        parts=parts,
        chosen=chosen,
        text=text,
        is_typed=typed is not None,
        shown_text=digest(composed),
        length=_length(text, channel),
        too_long=_too_long(text, channel),
        share=share_address(channel, text, row.link if "link" in chosen else ""),
        takes_text=takes_text(channel),
        out_at=_out_at(row),
        stored=(stored := _as_stored(row, slot)),
        posted=replace(stored, **_touched()),
        problems=problems,
        has_changed=has_changed,
        back=_back(row),
    )


def _typed_text() -> str | None:
    """The text as the user changed it for this once; None where nobody did."""
    sent = request.form.get("text")
    if sent is None or "anew" in request.form:
        return None
    text = sent.replace("\r\n", "\n")
    return None if digest(text) == request.form.get("shown_text") else text


def _touched() -> dict[str, str]:
    """By name those fields of the post that do not say any more what they showed."""
    sent = {name: one_line(request.form[name]) for name in _FIELDS if name in request.form}
    return {name: value for name, value in sent.items() if value != request.form.get(f"shown_{name}")}


def _channels() -> list[str]:
    """The user's own channels, then the others that are known."""
    own = get_agreement(store())["channels"]
    return [*own, *(name for name in NAMES if name not in map(_known_as, own))]


def _known_as(name: str) -> str:
    return channel_of(name).name


def _chosen(parts: Mapping[str, str]) -> set[str]:
    """What is to stand under the view: all of it, until somebody chose."""
    return {name for name in parts if name in request.values} if "chosen" in request.values else {*parts}


def _length(text: str, channel: Channel) -> str:
    count = channel.count(text)
    if channel.limit is None:
        return ngettext("%(num)s character", "%(num)s characters", count)
    return gettext(
        "%(count)s of at most %(limit)s characters", count=format_decimal(count), limit=format_decimal(channel.limit)
    )


def _too_long(text: str, channel: Channel) -> str:
    over = channel.count(text) - channel.limit if channel.limit is not None else 0
    return (
        ngettext(
            "%(num)s character too many for %(channel)s.", "%(num)s characters too many for %(channel)s.", over,
            channel=channel.name,
        )
        if over > 0
        else ""
    )  # fmt: skip


def _back(row: PlanRow) -> str:
    """Where the user came from, or else the article, or the week of an own post."""
    there = url_for("pages.item", item_id=row.item_id) if row.item_id else url_for("pages.week", week=_week(row))
    return same_site_path(request.values.get("next"), there)


def _week(row: PlanRow) -> str | None:
    return spans.week_name(row.day) if row.day else None


def _out_at(row: PlanRow) -> str:
    local = row.published_at.astimezone(zone()) if row.published_at else None
    return f"{formats.day_in_text(local.date())}, {local:%H:%M}" if local else ""


def _as_stored(row: PlanRow, slot: Slot | None) -> Posted:
    """When and where it went out, as far as is known; of one that is not out, when it may well have."""
    if row.status == "published" and not row.published_at:
        return Posted("", "", row.post_url)
    planned = moment(slot["starts_at"]) if slot and has_passed(slot, now()) else now()
    local = (row.published_at or planned).astimezone(zone())
    return Posted(local.date().isoformat(), local.strftime("%H:%M"), row.post_url)


def _advice(error: Invalid) -> dict[str, str]:
    """By field what to do about what is wrong with it. Raises the error where none of the fields is."""
    said = {
        "published_at": gettext("Fill in a day and a time that have passed."),
        "post_url": gettext("Paste the address of the post as the browser shows it; it begins with https://."),
    }
    wrong = {problem["path"] for problem in error.problems}
    advice = {name: words for name, words in said.items() if name in wrong}
    if not advice:
        raise error
    return advice


def _edit(row: PlanRow) -> PlanEdit:
    """What is to be written: of a post that is out already only what was touched, if anything. Raises Invalid."""
    touched, is_out = _touched(), row.status == "published"
    if is_out and not touched:
        return {}
    edit: PlanEdit = {"status": "published"}
    if not is_out or touched.keys() & {"date", "time"}:
        edit["published_at"] = _moment()
    if "post_url" in touched:
        edit["post_url"] = touched["post_url"] or None
    contract.require("plan_edit", edit)
    return edit


def _moment() -> str:
    try:
        day, clock = date.fromisoformat(request.form.get("date", "")), time.fromisoformat(request.form.get("time", ""))
        return instant(at(day, clock.replace(tzinfo=None), zone()))
    except (ValueError, OverflowError):
        raise Invalid.field("published_at", "is not in the past") from None
