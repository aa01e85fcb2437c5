"""The sentences that say how a week and the plan stand."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import gettext, ngettext

from companion.editorial import calendar
from companion.editorial.times import monday
from companion.web.context import store, zone
from companion.web.formats import as_date, capitalised, day_month, number_word
from companion.web.pages import spans

_WEEKS_BACK = 12
_WEEKS_AHEAD = 26


def week_sentence(cards: Sequence[Any], past: bool) -> str:
    """`Two slots, one waits for your view`."""
    states = Counter(card.state for card in cards if card.state != "skipped")
    total = states.total()
    if past:
        return _past_sentence(states)
    if not total:
        return gettext("No slots this week")
    slots = ngettext("%(n)s slot", "%(n)s slots", total, n=number_word(total))
    return capitalised(f"{slots}, {_rest(cards, states, total)}")


def _past_sentence(states: Counter[str]) -> str:
    out = states["published"]
    if out:
        return capitalised(ngettext("%(n)s post went out", "%(n)s posts went out", out, n=number_word(out)))
    return gettext("No post this week")


def _rest(cards: Sequence[Any], states: Counter[str], total: int) -> str:
    viewless = sum(card.state == "planned" and not card.item["commentary"].strip() for card in cards)
    if viewless == total:
        return ngettext("it waits for your view", "all wait for your view", total)
    if viewless:
        return ngettext("%(n)s waits for your view", "%(n)s wait for your view", viewless, n=number_word(viewless))
    free = states["open"] + states["suggested"]
    if free == total:
        return ngettext("still open", "all still open", total)
    if free:
        return ngettext("%(n)s still open", "%(n)s still open", free, n=number_word(free))
    if states["published"] == total:
        return ngettext("and it is out", "all out", total)
    if states["planned"] + states["unposted"] + states["published"] == total:
        return ngettext("and it is ready", "all ready", total)
    return gettext("nothing waits for you")


def outlook() -> str:
    """`Eleven of the last twelve weeks with a post. Your plan runs until 18 December.`"""
    start = spans.this_monday() - timedelta(weeks=_WEEKS_BACK)
    slots = calendar.calendar(store(), zone(), start, spans.this_monday() + timedelta(weeks=_WEEKS_AHEAD))
    weeks = {monday(as_date(slot["date"])) for slot in slots if slot["status"] == "published"}
    before = len([week for week in weeks if week < spans.this_monday()])
    planned = [slot["date"] for slot in slots if slot["status"] == "planned"]
    sentences = []
    if before:
        sentences.append(_weeks_with_a_post(before))
    if planned and as_date(planned[-1]) >= spans.today():
        sentences.append(gettext("Your plan runs until %(day)s.", day=day_month(planned[-1], spans.today())))
    return " ".join(sentences)


def _weeks_with_a_post(count: int) -> str:
    text = ngettext(
        "%(n)s of the last twelve weeks had a post.",
        "%(n)s of the last twelve weeks had a post.",
        count,
        n=number_word(count),
    )
    return capitalised(text)
