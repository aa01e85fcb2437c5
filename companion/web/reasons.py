"""The reasons of a suggestion as sentences in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext, ngettext

from companion.editorial.suggestions import Reason, Suggested
from companion.records import Suggestion


def say(reason: Reason) -> str:
    """The sentence for a reason."""
    return SENTENCES[reason.code](reason.values)


def suggestion(suggested: Suggested) -> Suggestion:
    """A suggestion as it goes out, with its reasons in words."""
    return {"slot": suggested.slot, "score": suggested.score, "reasons": [say(r) for r in suggested.reasons]}


def _age(values: Mapping[str, Any]) -> str:
    if values["days"] == 0:
        return gettext("The article is still fresh on that day")
    return ngettext("The article is %(num)s day old by then", "The article is %(num)s days old by then", values["days"])


def _only_slot(values: Mapping[str, Any]) -> str:
    if values["kind"] == "commentary":
        return gettext("Your only open slot for commentary that week")
    return gettext("Your only open slot that week")


SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "age": _age,
    "first_in_week": lambda _: gettext("No post stands in that week yet"),
    "only_slot_in_week": _only_slot,
    "same_source": lambda values: gettext("That week has a post from %(site)s already", site=values["site"]),
    "view_written": lambda values: ngettext(
        "You have written %(num)s word already", "You have written %(num)s words already", values["words"]
    ),
}
