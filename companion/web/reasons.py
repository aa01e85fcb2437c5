"""The reasons of a suggestion as sentences in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext, ngettext

from companion.editorial.planning.suggestions import Reason, Suggested
from companion.editorial.times import moment
from companion.records import Suggestion
from companion.web.context import zone
from companion.web.formats import day_in_text

# From this age on it is worth saying that an article does not date.
_OLD_DAYS = 60


def say(reason: Reason) -> str:
    """The sentence for a reason."""
    return SENTENCES[reason.code](reason.values)


def suggestion(suggested: Suggested) -> Suggestion:
    """A suggestion as it goes out, with its reasons in words."""
    return {"slot": suggested.slot, "score": suggested.score, "reasons": [say(r) for r in suggested.reasons]}


def _age(values: Mapping[str, Any]) -> str:
    days = values["days"]
    if days == 0:
        return gettext("The article is still fresh on that day")
    if values["freshness"] == "evergreen" and days > _OLD_DAYS:
        return gettext("It does not date")
    if values["freshness"] == "news":
        return ngettext("News, %(num)s day old by then", "News, %(num)s days old by then", days)
    return ngettext("The article is %(num)s day old by then", "The article is %(num)s days old by then", days)


def _kept(values: Mapping[str, Any]) -> str:
    """Of an article that does not say when it came out nothing else is known."""
    if values["days"] == 0:
        return gettext("You kept it that very day")
    return ngettext("You kept it %(num)s day before", "You kept it %(num)s days before", values["days"])


def _over_share(_: Mapping[str, Any]) -> str:
    return gettext("Those weeks have as much promotion as you agreed, or more")


def _preparation(values: Mapping[str, Any]) -> str:
    starts = moment(values["starts_at"]).astimezone(zone())
    ends = starts + timedelta(minutes=values["minutes"])
    start = f"{day_in_text(starts.date())}, {starts:%H:%M}"
    return gettext("Time to prepare it: %(start)s–%(end)s", start=start, end=f"{ends:%H:%M}")


def _only_slot(values: Mapping[str, Any]) -> str:
    if values["kind"] == "commentary":
        return gettext("Your only open slot for commentary that week")
    return gettext("Your only open slot that week")


SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "age": _age,
    "kept": _kept,
    "first_in_week": lambda _: gettext("No post stands in that week yet"),
    "only_slot_in_week": _only_slot,
    "same_source": lambda values: gettext("That week has a post from %(site)s already", site=values["site"]),
    "same_author": lambda values: gettext(
        "An article by %(author)s stands within two weeks of it", author=values["author"]
    ),
    "same_topic": lambda values: gettext("The post beside it is about %(topic)s too", topic=values["topic"]),
    "over_share": _over_share,
    "topic_rested": lambda values: ngettext(
        "%(topic)s was not posted about for %(num)s day",
        "%(topic)s was not posted about for %(num)s days",
        values["days"],
        topic=values["topic"],
    ),
    "preparation": _preparation,
    "view_written": lambda values: ngettext(
        "You have written %(num)s word already", "You have written %(num)s words already", values["words"]
    ),
}
