"""What an article may be tagged with, as chips by what each stands on: a click adds one to its field."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from companion.editorial.tagging.hashtags import suggest_hashtags
from companion.editorial.tagging.history import tagged_before
from companion.editorial.tagging.people import suggest_people
from companion.editorial.tagging.suggested import Suggested
from companion.records import Item
from companion.web.context import store
from companion.web.formats import hash_signs, listed
from companion.web.pages import spans
from companion.web.pages.typed import Texts, hashtags, words


@dataclass(frozen=True)
class Chips:
    """Values that stand on the same, and on what."""

    because: str
    values: list[str]


def tagging_of(item: Item, text: str, typed: Texts) -> dict[str, list[Chips]]:
    """By field the chips for this article, without what stands in the field as it was `typed`."""
    article, topic = item["article"], typed["topic"] or item.get("found_topic", "")
    before = tagged_before(store(), spans.today(), item["id"])
    chosen = hashtags(typed["hashtags"])
    tags = suggest_hashtags(text, article["title"], topic, article["language"] or "", before, chosen)
    people = suggest_people(article, text, topic, before, words(typed["people"]))
    return {"hashtags": _rows(tags), "people": _rows(people)}


def _rows(found: Iterable[Suggested]) -> list[Chips]:
    """By reason, the reasons in the order in which their first value came."""
    order: dict[str, int] = {}
    for one in found:
        order.setdefault(_because(one), len(order))
    by_reason = sorted(found, key=lambda one: order[_because(one)])
    return [Chips(reason, [one.value for one in group]) for reason, group in groupby(by_reason, _because)]


def _because(one: Suggested) -> str:
    if one.because == "used":
        return gettext("before on %(topic)s", topic=one.about)
    return {
        "similar": gettext("used before"),
        "title": gettext("in the title"),
        "article": gettext("in the article"),
        "wrote": gettext("wrote it"),
        "named": gettext("named in it"),
    }[one.because]


def with_chip(sent: MultiDict[str, str]) -> MultiDict[str, str]:
    """The form as it was sent, with the value of the chip that sent it in its field."""
    added = MultiDict(sent)
    if tag := sent.get("add_hashtag"):
        added["hashtags"] = hash_signs([*hashtags(sent.get("hashtags", "")), tag])
    if name := sent.get("add_person"):
        added["people"] = listed([*words(sent.get("people", "")), name])
    return added
