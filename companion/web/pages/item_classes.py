"""What an article is for planning, as rows of chips: each says what told it, and is corrected in one click."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import request, url_for
from flask_babel import gettext, ngettext

from companion import contract
from companion.editorial import corrections
from companion.editorial.agreement import get_agreement
from companion.editorial.classes import Found, classify
from companion.editorial.curation import FILED
from companion.editorial.planning.suggestions.desk import MOST_FILED
from companion.editorial.topics import filed_before
from companion.errors import Invalid
from companion.records import Item
from companion.web.context import now, store
from companion.web.pages import pages
from companion.web.pages.said import calmly, done


@dataclass(frozen=True)
class Row:
    """One of them: the values to choose from with their words, the present one, and why it is that."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    value: str
    because: str
    is_chosen: bool


def class_rows(item: Item) -> list[Row]:
    """The rows of an article; none for topics where none are agreed and none is known."""
    agreement = get_agreement(store())
    filed = filed_before(cast(list[Item], store().items.newest("filed", FILED, limit=MOST_FILED)))
    found = classify(item, agreement, filed, now())
    names = [topic["name"] for topic in agreement["topics"]]
    topics = [*names, *([found.topic.value] if found.topic.value and found.topic.value not in names else [])]
    rows = [
        _row("topic", gettext("Topic"), [(name, name) for name in topics], found.topic),
        _row("freshness", gettext("Ages as"), _freshness(), found.freshness),
        _row("sourcing", gettext("By whom"), _sourcing(), found.sourcing),
    ]
    return [row for row in rows if row.choices]


def _row(name: str, label: str, choices: Sequence[tuple[str, str]], found: Found) -> Row:
    return Row(name, label, choices, found.value, _BECAUSE[found.because](found.values), found.because == "you")


def _freshness() -> list[tuple[str, str]]:
    return [("news", gettext("news")), ("analysis", gettext("analysis")), ("evergreen", gettext("lasting"))]


def _sourcing() -> list[tuple[str, str]]:
    return [("external", gettext("others")), ("own", gettext("your own")), ("promotion", gettext("promotion"))]


def _kind(values: Mapping[str, Any]) -> str:
    names = {"post": gettext("it is a post"), "pdf": gettext("it is a document"), "video": gettext("it is a video")}
    return names[values["kind"]]


_BECAUSE: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "you": lambda _: gettext("your choice"),
    "keyword": lambda _: gettext("by its words"),
    "filed_before": lambda values: gettext("as you filed %(site)s before", site=values["site"]),
    "kind": _kind,
    "title": lambda _: gettext("by its title"),
    "length": lambda values: ngettext("%(num)s word", "%(num)s words", values["words"]),
    "age": lambda values: ngettext("%(num)s day old", "%(num)s days old", values["days"]),
    "own_domain": lambda values: gettext("%(domain)s is yours", domain=values["domain"]),
    "sales_page": lambda _: gettext("a page of yours that sells"),
    "elsewhere": lambda _: gettext("not one of your sites"),
    "none": lambda _: "",
}


@pages.post("/items/<item_id>/class")
@calmly
def correct(item_id: str) -> Any:
    """Sets the topic, the freshness or the sourcing; sent empty, what is found stands again."""
    name, value = request.form.get("name", ""), request.form.get("value", "")
    if name not in corrections.CORRECTED:
        raise Invalid.field("name", "is none that can be corrected")
    chosen = value or ("" if name == "topic" else None)
    contract.require("item_edit", {name: chosen})
    corrections.correct(store(), item_id, name, chosen, now())
    return done("corrected", url_for("pages.item", item_id=item_id), item=item_id)
