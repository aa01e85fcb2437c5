"""The form of an article: what the user changed in it, and what was changed elsewhere since it was shown.

Each field goes out with a short name for what it showed. What comes back as it was shown was not touched and is
not written; so a view written in the popup stays, when a page opened before saves a topic.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from companion import contract
from companion.records import Item, Quote
from companion.web.formats import hash_signs, listed

# What to do about a field that cannot be kept as it is.
_ADVICE = {
    "commentary": lazy_gettext("This is longer than a view can be: at most 50,000 characters."),
    "quotes": lazy_gettext("A quote has at most 10,000 characters, and an article at most 100 quotes."),
    "people": lazy_gettext("At most 50 names, each at most 200 characters, with commas between them."),
    "hashtags": lazy_gettext("At most 30 hashtags, each at most 100 characters."),
    "topic": lazy_gettext("At most 200 characters."),
    "creation_needed": lazy_gettext("Choose one from the list."),
}


def digest(text: str) -> str:
    """A short name for a text, by which a form can point at it."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _text(typed: str) -> str:
    """Browsers send every line end as two characters."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(typed: str) -> str:
    """Browsers leave line ends out of a field of one line."""
    return re.sub(r"[\r\n]", "", typed).strip()


def words(typed: str) -> list[str]:
    """Names split by commas, or by semicolons where there are any; each once, in the order they were typed."""
    line = one_line(typed)
    parts = line.split(";" if ";" in line else ",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _hashtags(typed: str) -> list[str]:
    """Hashtags split by commas, or by spaces where each carries its sign."""
    tags = words(re.sub(r"\s+(?=#)", ",", typed))
    return [tag.lstrip("#").replace(" ", "") for tag in tags if tag.strip("#")]


@dataclass(frozen=True)
class _Field:
    """How a field's text is read, and how a value stands in it."""

    read: Callable[[str], Any]
    show: Callable[[Any], str] = str

    def shown(self, value: Any) -> str:
        """The text for this value, such that reading and showing it again gives the same."""
        return self.show(self.read(self.show(value)))


_FIELDS = {
    "commentary": _Field(_text),
    "people": _Field(words, listed),
    "hashtags": _Field(_hashtags, hash_signs),
    "topic": _Field(one_line),
    "creation_needed": _Field(one_line),
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


def form_of(item: Item) -> Form:
    """The form as the item fills it."""
    stored = _stored(item)
    return Form({**stored, "new_quote": ""}, _names(stored))


def read_form(sent: MultiDict[str, str], item: Item) -> Form:
    """The form as it was sent, held against the item as it is now."""
    stored = _stored(item)
    touched = {name: text for name, text in _typed(sent).items() if digest(text) != sent.get(f"shown_{name}")}
    changed = [name for name, text in touched.items() if text != stored[name]]
    changes = {name: _FIELDS[name].read(sent[name]) for name in changed}
    removed, added = frozenset(sent.getlist("remove_quote")), _text(sent.get("new_quote", ""))
    quotes = _quotes(item["quotes"], removed, added)
    return Form(
        texts={**stored, **{name: sent[name] for name in touched}, "new_quote": added},
        shown=_names(stored),
        removed_quotes=removed,
        changes=changes if quotes == item["quotes"] else {**changes, "quotes": quotes},
        problems=_problems(changes, quotes, added),
        elsewhere={name: stored[name] for name in changed if digest(stored[name]) != sent.get(f"shown_{name}")},
    )


def _stored(item: Mapping[str, Any]) -> dict[str, str]:
    return {name: each.shown(item[name]) for name, each in _FIELDS.items()}


def _typed(sent: Mapping[str, str]) -> dict[str, str]:
    return {name: each.show(each.read(sent[name])) for name, each in _FIELDS.items() if name in sent}


def _names(texts: Mapping[str, str]) -> dict[str, str]:
    return {f"shown_{name}": digest(text) for name, text in texts.items()}


def _quotes(kept: list[Quote], removed: frozenset[str], added: str) -> list[Quote]:
    quotes = [quote for quote in kept if digest(quote["text"]) not in removed]
    is_new = bool(added) and all(quote["text"] != added for quote in quotes)
    return [*quotes, {"text": added}] if is_new else quotes


def _problems(changes: Mapping[str, Any], quotes: list[Quote], added: str) -> dict[str, str]:
    """What cannot be kept, by field. Quotes from before are not judged: only one more, and how many that makes."""
    judged = {**changes, "quotes": [{"text": added}] * len(quotes)} if added else changes
    faults = {problem["path"].split("[")[0] for problem in contract.check("item_edit", judged)} if judged else set()
    return {name: str(_ADVICE[name]) for name in faults}
