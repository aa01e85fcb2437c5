"""The form of an article: what the user changed in it, and what was changed elsewhere since it was shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from companion import contract
from companion.editorial.content_plan.brief import brief_of
from companion.records import Item, Quote, Slot
from companion.web.pages.typed import ADVICE, OF_POST, digest, hold, shown_names, stored_texts, text

# What to do about a field that cannot be kept as it is.
_ADVICE = {
    **ADVICE,
    "quotes": lazy_gettext("A quote has at most 10,000 characters, and an article at most 100 quotes."),
}


@dataclass(frozen=True)
class Form:
    """What stands in the fields, and what is to be said about them."""

    texts: Mapping[str, str]
    # The short names to send along, for what is stored now.
    shown: Mapping[str, str]
    removed_quotes: frozenset[str] = frozenset()
    changes: Mapping[str, Any] = field(default_factory=dict)
    # By field what to do about it, and what is stored now where it was changed on both sides.
    problems: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @property
    def unsaved(self) -> list[str]:
        """The fields that hold something else than what is stored."""
        empty = digest("")
        names = [name for name, text in self.texts.items() if digest(text) != self.shown.get(f"shown_{name}", empty)]
        return [*names, "remove_quote"] if self.removed_quotes else names

    def advice(self, changed: str) -> dict[str, str]:
        """By field all that is to be said about it; `changed` is when the item was changed last, in words."""
        also = {name: _also(text, changed) for name, text in self.elsewhere.items()}
        both = {name: f"{text} {also.get(name, '')}".strip() for name, text in self.problems.items()}
        return {**also, **both}


def _also(stored: str, changed: str) -> str:
    if stored:
        return gettext(
            "It was also changed elsewhere, on %(moment)s, to what stands below. "
            "Save again to keep what stands in the field.",
            moment=changed,
        )
    return gettext(
        "It was also emptied elsewhere, on %(moment)s. Save again to keep what stands in the field.", moment=changed
    )


def form_of(item: Item, slot: Slot | None) -> Form:
    """The form as the item fills it, and what it leaves open as its slot asks for it."""
    stored = stored_texts(brief_of(slot, item))
    return Form({**stored, "new_quote": ""}, shown_names(stored))


def read_form(sent: MultiDict[str, str], item: Item, slot: Slot | None) -> Form:
    """The form as it was sent, held against the item and its slot as they are now."""
    stored = stored_texts(brief_of(slot, item))
    held = hold(sent, stored, OF_POST)
    removed, added = frozenset(sent.getlist("remove_quote")), text(sent.get("new_quote", ""))
    quotes = _quotes(item["quotes"], removed, added)
    return Form(
        texts={**held.texts, "new_quote": added},
        shown=shown_names(stored),
        removed_quotes=removed,
        changes=held.changes if quotes == item["quotes"] else {**held.changes, "quotes": quotes},
        problems=_problems(held.changes, quotes, added),
        elsewhere=held.elsewhere,
    )


def _quotes(kept: list[Quote], removed: frozenset[str], added: str) -> list[Quote]:
    quotes = [quote for quote in kept if digest(quote["text"]) not in removed]
    is_new = bool(added) and all(quote["text"] != added for quote in quotes)
    return [*quotes, {"text": added}] if is_new else quotes


def _problems(changes: Mapping[str, Any], quotes: list[Quote], added: str) -> dict[str, str]:
    """What cannot be kept, by field. Quotes from before are not judged: only one more, and how many that makes."""
    judged = {**changes, "quotes": [{"text": added}] * len(quotes)} if added else changes
    faults = {problem["path"].split("[")[0] for problem in contract.check("item_edit", judged)} if judged else set()
    return {name: str(_ADVICE[name]) for name in faults}
