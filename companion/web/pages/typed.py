"""What is typed about a post: how the text of each field is read, and what of it differs from what is stored.

Each field goes out with a short name for what it showed. What comes back as it was shown was not touched and is
not written; so a view written in the popup stays, when a page opened before saves a topic.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext

from companion.editorial.content_plan.brief import EMPTY
from companion.web.formats import hash_signs, listed

Texts = Mapping[str, str]


def digest(text: str) -> str:
    """A short name for a text, by which a form can point at it."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def text(typed: str) -> str:
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


def hashtags(typed: str) -> list[str]:
    """Hashtags split by commas, or by spaces where each carries its sign."""
    tags = words(re.sub(r"\s+(?=#)", ",", typed))
    return [tag.lstrip("#").replace(" ", "") for tag in tags if tag.strip("#")]


@dataclass(frozen=True)
class Field:
    """How a field's text is read, and how a value stands in it. A box that is not ticked is not sent."""

    read: Callable[[str], Any]
    show: Callable[[Any], str] = str
    is_box: bool = False

    def shown(self, value: Any) -> str:
        """The text for this value, such that reading and showing it again gives the same."""
        return self.plain(self.show(value))

    def plain(self, typed: str) -> str:
        """What was typed, as it is shown once it is kept."""
        return self.show(self.read(typed))


# What a post says and what it still needs, on an item as on a slot.
OF_POST: Mapping[str, Field] = {
    "commentary": Field(text),
    "people": Field(words, listed),
    "hashtags": Field(hashtags, hash_signs),
    "topic": Field(one_line),
    "creation_needed": Field(one_line),
    "creation_ready": Field(bool, lambda is_ready: "yes" if is_ready else "", is_box=True),
    "creation_link": Field(one_line),
}

# What to do about one that cannot be kept as it is.
ADVICE = {
    "commentary": lazy_gettext("This is longer than a view can be: at most 50,000 characters."),
    "people": lazy_gettext("At most 50 names, each at most 200 characters, with commas between them."),
    "hashtags": lazy_gettext("At most 30 hashtags, each at most 100 characters."),
    "topic": lazy_gettext("At most 200 characters."),
    "creation_needed": lazy_gettext("Choose one from the list."),
    "creation_link": lazy_gettext("At most 2,000 characters."),
}


@dataclass(frozen=True)
class Held:
    """What was sent, held against what is stored now.

    `texts` is what the fields then show: what was typed in those that were touched, else what is stored. `changes` are
    the values that differ from what is stored; `elsewhere` has what is stored of those that were changed there too.
    """

    texts: Texts
    changes: Mapping[str, Any]
    elsewhere: Texts


def stored_texts(record: Mapping[str, Any]) -> dict[str, str]:
    """What the fields of a post show for an item or a slot."""
    return {name: each.shown(record.get(name, EMPTY[name])) for name, each in OF_POST.items()}


def shown_names(texts: Texts) -> dict[str, str]:
    """The short names to send along, for what is stored now."""
    return {f"shown_{name}": digest(shown) for name, shown in texts.items()}


def touched(sent: Texts, fields: Mapping[str, Field]) -> dict[str, str]:
    """By name what was typed in those of these fields that hold something else than they showed."""
    typed = {name: sent.get(name, "") for name, field in fields.items() if _is_sent(sent, name, field)}
    return {name: raw for name, raw in typed.items() if digest(fields[name].plain(raw)) != sent.get(f"shown_{name}")}


def hold(sent: Texts, stored: Texts, fields: Mapping[str, Field]) -> Held:
    """Hold what was sent of these fields against their texts as they are stored."""
    typed = touched(sent, fields)
    changed = [name for name, raw in typed.items() if fields[name].plain(raw) != stored[name]]
    return Held(
        texts={**stored, **typed},
        changes={name: fields[name].read(typed[name]) for name in changed},
        elsewhere={name: stored[name] for name in changed if digest(stored[name]) != sent.get(f"shown_{name}")},
    )


def _is_sent(sent: Texts, name: str, field: Field) -> bool:
    return name in sent or (field.is_box and f"shown_{name}" in sent)
