"""A line of the plan as a form: its fields, what was typed in them, and what to do about what cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask_babel import gettext, lazy_gettext

from companion import contract
from companion.editorial.content_plan.brief import CREATION
from companion.editorial.content_plan.rows import PlanRow
from companion.errors import Conflict, Invalid
from companion.records import PlanEdit
from companion.web import formats
from companion.web.pages import slot_form
from companion.web.pages.changed_elsewhere import also_changed
from companion.web.pages.plan_pages.words import LABELS
from companion.web.pages.typed import (
    ADVICE,
    OF_POST,
    Field,
    Texts,
    hold,
    one_line,
    shown_names,
    stored_texts,
    touched,
)

# The cells of a line that are edited, each with its fields.
CELLS = {
    "when": ("date", "time"),
    "place": ("channel", "kind"),
    "topic": ("topic",),
    "view": ("commentary",),
    "making": CREATION,
    "people": ("people",),
    "hashtags": ("hashtags",),
    "preparation": ("preparation_minutes",),
    "status": ("status",),
}
# Chosen rather than typed, so that there is nothing of them to copy.
_CHOSEN = {"kind", "creation_needed", "creation_ready", "status"}
# By this name what is to be said of a line as a whole.
LINE = "line"
# As much of a long text as says which one it is.
_GLANCE = 300


def _clock(typed: str) -> str:
    """Browsers may send a time with seconds."""
    return one_line(typed)[:5]


def _number(typed: str) -> int | str:
    """Anything but a whole number stays as it was typed, for the contract to refuse."""
    line = one_line(typed)
    return int(line[:5]) if line.isascii() and line.isdecimal() else line


_FIELDS: Mapping[str, Field] = {
    "date": Field(one_line),
    "time": Field(_clock),
    "channel": Field(one_line),
    "kind": Field(one_line),
    **OF_POST,
    "preparation_minutes": Field(_number),
    "status": Field(one_line),
}
_ADVICE = {
    **slot_form.ADVICE,
    **ADVICE,
    "date": lazy_gettext("Choose a day."),
    "time": lazy_gettext("Choose a time, such as 08:40."),
    "status": lazy_gettext("Choose one from the list."),
}
# What the plan refuses by path and message, where that says more than what the field takes.
_REFUSED = {
    **slot_form.REFUSED,
    ("time", "is missing"): lazy_gettext("No slot is open on that day. Choose a time too."),
    ("date", "is missing"): lazy_gettext("Choose a day."),
    ("commentary", "is for a post of your own, or one with an article"): lazy_gettext(
        "A view without an article is for a post of your own. Choose that kind, or empty this field."
    ),
}


@dataclass(frozen=True)
class LineForm:
    """What stands in the fields of a line, by name, and what is to be said about them.

    `shown` is to be sent along: short names for the texts, and the article that stood there; `edit` is what was
    changed. `lost` is what was sent of fields that the line does not have any more, with what each is called.
    `is_clash` tells that some of it was changed elsewhere too.
    """

    texts: Texts
    shown: Texts
    edit: PlanEdit = field(default_factory=lambda: PlanEdit())
    lost: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    problems: Texts = field(default_factory=dict)
    is_clash: bool = False


def is_post(row: PlanRow) -> bool:
    """Whether a post stands in the line: an article, or one of the user's own."""
    return bool(row.item_id) or row.status in ("planned", "published")


def fields_of(row: PlanRow) -> list[str]:
    """The fields of the line that can be changed: a post that is out stays when and what it was."""
    left_out: set[str] = set()
    if row.status == "published":
        left_out |= {"date", "time", "kind", "preparation_minutes"}
    if row.day is None:
        left_out |= {"channel", "kind", "preparation_minutes", "status"}
    # A view is somebody's answer to an article, or the words of a post of one's own; others can be taken away.
    if not row.item_id and row.kind != "own" and not row.commentary:
        left_out.add("commentary")
    return [name for names in CELLS.values() for name in names if name not in left_out]


def status_choices(row: PlanRow) -> dict[str, str]:
    """What can become of a line, in words."""
    if row.status == "published":
        names = ["planned" if row.item_id or row.kind == "own" else "open", "published"]
    elif row.item_id:
        names = ["planned", "published", "queued", "dropped"]
    else:
        names = ["planned", "published", "skipped"] if is_post(row) else ["open", "skipped"]
    words = status_words()
    return {name: words[name] for name in names}


def status_words() -> dict[str, str]:
    """What a line can be, in words."""
    return {
        "open": gettext("Open"),
        "planned": gettext("Planned"),
        "published": gettext("Published"),
        "queued": gettext("In the queue"),
        "dropped": gettext("Dropped"),
        "skipped": gettext("Skipped"),
    }


def form_of(row: PlanRow) -> LineForm:
    """The form as the line fills it."""
    texts = _texts(row)
    return LineForm(texts, _shown(row, texts))


def _shown(row: PlanRow, texts: Texts) -> dict[str, str]:
    return {**shown_names(texts), "shown_item": row.item_id}


def _texts(row: PlanRow) -> dict[str, str]:
    of_post = {name: getattr(row, name) for name in OF_POST}
    texts = {
        **stored_texts({**of_post, "creation_needed": row.creation_needed or "none"}),
        "date": row.day.isoformat() if row.day else "",
        "time": f"{row.clock:%H:%M}" if row.clock else "",
        "channel": row.channel,
        "kind": row.kind,
        "preparation_minutes": str(row.preparation or ""),
        "status": row.status,
    }
    return {name: texts[name] for name in fields_of(row)}


def read_form(sent: Texts, row: PlanRow) -> LineForm:
    """The form as it was sent, held against the line as it is now."""
    stored = _texts(row)
    held = hold(sent, stored, {name: _FIELDS[name] for name in stored})
    lost = touched(sent, {name: each for name, each in _FIELDS.items() if name not in stored})
    elsewhere = {name: also_changed(_glance(_in_words(name, text))) for name, text in held.elsewhere.items()}
    if (held.changes or lost) and sent.get("shown_item", "") != row.item_id:
        elsewhere[LINE] = _stands_now(row)
    gone = {name: gettext("This cannot be changed here any more. Copy what you want to keep.") for name in lost}
    return LineForm(
        texts=held.texts,
        shown=_shown(row, stored),
        edit=cast(PlanEdit, held.changes),
        lost={name: (str(LABELS[name]), "" if name in _CHOSEN else text) for name, text in lost.items()},
        problems={**elsewhere, **gone, **_faults(held.changes)},
        is_clash=bool(elsewhere or gone),
    )


def _stands_now(row: PlanRow) -> str:
    if not row.item_id:
        return gettext("No article stands here any more. Save again to keep what you typed for the slot.")
    return gettext(
        "“%(title)s” stands here now. Save again to keep what you typed with that article.", title=_glance(row.title)
    )


def _glance(text: str) -> str:
    return text if len(text) <= _GLANCE else f"{text[:_GLANCE]}…"


def _in_words(name: str, text: str) -> str:
    """What is stored, as a person reads it. A box has two states, so it is never changed on both sides."""
    if name == "kind":
        return formats.kind_name(text)
    if name == "status":
        return status_words().get(text, text)
    if name == "creation_needed":
        return gettext(text)
    return text


def typed_in(sent: Texts) -> dict[str, str]:
    """What was typed in a line that is gone, by the names that its fields had, for the user to copy."""
    typed = touched(sent, {name: each for name, each in _FIELDS.items() if name not in _CHOSEN})
    return {str(LABELS[name]): text for name, text in typed.items() if text.strip()}


def _faults(changes: Mapping[str, Any]) -> dict[str, str]:
    found = contract.check("plan_edit", changes) if changes else []
    return {name: str(_ADVICE[name]) for name in {problem["path"].split("[")[0] for problem in found}}


def advice_on(refusal: Invalid | Conflict, texts: Texts) -> dict[str, str]:
    """What to do about a change that the plan refuses, by the field where it is said, or by the line."""
    path, reason = next(((each["path"], each["message"]) for each in refusal.problems), (LINE, ""))
    if refused := _REFUSED.get((path, reason)):
        return {path if path in texts else LINE: str(refused)}
    if path in ("date", "starts_at") and isinstance(refusal, Invalid):
        return slot_form.problems(texts, refusal)
    return {path: str(_ADVICE[path])} if path in texts else {LINE: gettext("The plan does not take this as it is.")}
