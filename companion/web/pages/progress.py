"""How the plan stands, in sentences: the mix, the horizon, gaps, a dip, and the weeks with a post over a year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, cast

from babel.dates import format_date
from flask_babel import get_locale, gettext, ngettext

from companion.editorial.agreement import get_agreement, is_made
from companion.editorial.curation import items_of
from companion.editorial.planning import progress
from companion.editorial.planning.agree import pace_since
from companion.editorial.planning.calendar import calendar
from companion.editorial.planning.progress import LongRun, MixMeter, Notice, Progress
from companion.records import Item
from companion.web.context import store, zone
from companion.web.formats import capitalised, day_month, span
from companion.web.pages import pages, spans
from companion.web.pages.agreement import posts_in_words

_WEEKS_BACK, _WEEKS_AHEAD = 52, 26
_MOST_POSTS = 500


@dataclass(frozen=True)
class Month:
    """A month's weeks in the long run."""

    name: str
    weeks: list[bool | None]
    told: str


@dataclass(frozen=True)
class Told:
    """How the plan stands, as the pages say it; `slower` is the calmer pace to offer, in words, if any."""

    mix: MixMeter | None
    mix_sentence: str
    notices: list[str]
    slower: str
    run: LongRun | None
    run_sentence: str
    months: list[Month]


def progress_of() -> Told:
    """How the plan stands now, for the template of the same name."""
    found = find_progress()
    dip = next((notice for notice in found.notices if notice.code == "dip"), None)
    return Told(
        mix=found.mix,
        mix_sentence=_mix_sentence(found.mix) if found.mix else "",
        notices=[say(notice) for notice in found.notices],
        slower=posts_in_words(dip.values["posts_a_week"]) if dip and is_made(store()) else "",
        run=found.run,
        run_sentence=run_sentence(found.run) if found.run else "",
        months=_months(found.run) if found.run else [],
    )


def find_progress() -> Progress:
    """How the plan stands now."""
    today, monday = spans.today(), spans.this_monday()
    slots = [
        *calendar(store(), zone(), monday - timedelta(weeks=_WEEKS_BACK), monday - timedelta(days=1)),
        *calendar(store(), zone(), monday, monday + timedelta(weeks=_WEEKS_AHEAD)),
    ]
    out = cast(list[Item], store().items.newest("status", "published", limit=_MOST_POSTS))
    items = {item["id"]: item for item in out} | items_of(store(), slots)
    agreement = get_agreement(store())
    posts = progress.find_posts(slots, items, agreement["own_domains"], zone(), today)
    return progress.find_progress(posts, agreement, pace_since(store()), today)


def outlook() -> str:
    """How the plan stands in one line, for the week: `19 of 31 weeks had a post. Your plan runs until 18 December.`"""
    found = find_progress()
    horizon = [say(notice) for notice in found.notices if notice.code in ("horizon", "nothing_ahead")]
    if found.until and not horizon:
        horizon = [gettext("Your plan runs until %(day)s.", day=day_month(found.until, spans.today()))]
    return " ".join([*([_weeks_with_post(found.run)] if found.run and found.run.counted else []), *horizon])


def say(notice: Notice) -> str:
    """The sentence for a notice."""
    return _SENTENCES[notice.code](notice.values)


def _horizon(values: Mapping[str, Any]) -> str:
    until = day_month(values["until"], spans.today())
    if values["days"] < 1:
        return gettext("Your plan runs to today. Four weeks ahead is comfortable.")
    return ngettext(
        "Your plan runs to %(day)s, %(num)s day ahead. Four weeks ahead is comfortable.",
        "Your plan runs to %(day)s, %(num)s days ahead. Four weeks ahead is comfortable.",
        values["days"],
        day=until,
    )


def _gap(values: Mapping[str, Any]) -> str:
    if values["after"] == spans.today():
        return gettext("Until %(day)s nothing is planned.", day=day_month(values["before"], values["after"]))
    first, last = values["after"] + timedelta(days=1), values["before"] - timedelta(days=1)
    return gettext("From %(days)s nothing is planned.", days=span(first, last))


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "nothing_ahead": lambda _: gettext("Nothing is planned ahead. One post for next week is enough to begin with."),
    "horizon": _horizon,
    "gap": _gap,
    "dip": lambda _: gettext(
        "The last weeks asked for other things. A calmer pace that you can keep does more than a fast one that stops."
    ),
}


def run_sentence(run: LongRun) -> str:
    """`19 of 31 weeks had a post.` and, before anyone can judge, in which month one is."""
    count = _weeks_with_post(run)
    if run.is_steady is None:
        month = gettext("Six to twelve months is the usual time; you are in month %(month)s.", month=run.month)
        return f"{count} {month}"
    return f"{count} {gettext('That is a steady rhythm.')}" if run.is_steady else count


def _weeks_with_post(run: LongRun) -> str:
    return ngettext(
        "%(had)s of %(num)s week had a post.", "%(had)s of %(num)s weeks had a post.", run.counted, had=run.with_post
    )


def _mix_sentence(mix: MixMeter) -> str:
    counts = mix.counts
    parts = [
        gettext("%(count)s about what others wrote", count=counts["external"]),
        gettext("%(count)s of your own", count=counts["own"]),
        gettext("%(count)s about what you sell", count=counts["promotion"]),
    ]
    total = ngettext("Of %(num)s post", "Of %(num)s posts", sum(counts.values()))
    return f"{total}: {', '.join(parts)}."


def _months(run: LongRun) -> list[Month]:
    """The weeks by the month in which they begin."""
    months = groupby(run.weeks, key=lambda week: (week[0].year, week[0].month))
    return [_month([*weeks]) for _, weeks in months]


def _month(weeks: list[tuple[date, bool | None]]) -> Month:
    name = format_date(weeks[0][0], "LLL", get_locale()).rstrip(".")
    marks = [had for _, had in weeks]
    over = [had for had in marks if had is not None]
    told = gettext("%(had)s of %(count)s", had=sum(over), count=len(over)) if over else gettext("still to come")
    return Month(capitalised(name), marks, told)


@pages.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {"progress_of": progress_of}
