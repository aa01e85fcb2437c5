"""The sentence that says how a week stands."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext, ngettext

from companion.web.formats import capitalised, number_word

# Posts that need nothing more to be written or found.
_READY = ("planned", "unposted", "published", "own", "own_unposted")


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
        return (
            gettext("it waits for your view") if total == 1 else gettext("%(all)s wait for your view", all=_all(total))
        )
    if viewless:
        return ngettext("%(n)s waits for your view", "%(n)s wait for your view", viewless, n=number_word(viewless))
    free = states["open"] + states["suggested"]
    if free == total:
        return gettext("still open") if total == 1 else gettext("%(all)s still open", all=_all(total))
    if free:
        return ngettext("%(n)s still open", "%(n)s still open", free, n=number_word(free))
    if states["published"] == total:
        return gettext("and it is out") if total == 1 else gettext("%(all)s out", all=_all(total))
    if sum(states[name] for name in _READY) == total:
        return gettext("and it is ready") if total == 1 else gettext("%(all)s ready", all=_all(total))
    return gettext("nothing waits for you")


def _all(total: int) -> str:
    """As people say it of so many."""
    return gettext("both") if total == 2 else gettext("all")
