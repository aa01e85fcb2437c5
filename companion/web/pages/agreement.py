"""The agreement: how often, about what and in which hours, as a page to read and print, and as a form."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from babel.core import get_global
from babel.dates import get_day_names
from flask import render_template, request, url_for
from flask_babel import format_decimal, get_locale, gettext, ngettext

from companion.editorial.agreement import WORKING_WEEK, get_agreement, is_made, posting_hours
from companion.editorial.agreement.countries import countries, region_name
from companion.editorial.planning import agree, fitting
from companion.editorial.planning.cadence import get_cadence
from companion.errors import Invalid
from companion.records import Agreement, CadenceEntry, Mix, WorkingHours
from companion.web.context import store, zone
from companion.web.formats import capitalised, number_word, weekday_name
from companion.web.pages import pages, spans
from companion.web.pages.agreement_form import (
    MIXES,
    STRETCHES,
    Form,
    advice,
    form_of,
    number,
    place_of,
    read_form,
    with_own_numbers,
)
from companion.web.pages.changed_elsewhere import also_changed, merged
from companion.web.pages.said import calmly, done

PACES = ("0.5", "1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Fit:
    """How the weekly pattern lies to the agreement: posts a week in each, and the most that the hours allow.

    `outside` are the entries of the pattern that lie outside the hours.
    """

    pattern: float
    agreed: float
    possible: float
    outside: list[CadenceEntry]


@pages.get("/agreement")
def agreement() -> str:
    """The agreement to read; the form where there is none yet, or where it is to be changed."""
    if not is_made(store()) or "change" in request.args:
        return _form_page(form_of(_proposed()))
    made = get_agreement(store())
    return render_template(
        "agreement.html",
        agreement=made,
        fit=get_fit(),
        pattern=get_cadence(store())["entries"],
        posts_in_words=posts_in_words,
        hours=_hours_in_words(made["hours"]),
        shares=_shares_in_words(made["mix"]),
        country=_country_in_words(made["country"]),
        lacks_region=bool(countries().get(made["country"] or "")),
    )


def _proposed() -> Agreement:
    """What the form begins with: the agreement, or for a first one the default, with what the zone and the day tell."""
    kept = get_agreement(store())
    if is_made(store()):
        return kept
    country = get_global("zone_territories").get(zone().key)
    return {
        **kept,
        "country": country if country in countries() else None,
        "starts_on": spans.week_ahead().isoformat(),
        "quarter_at": "09:00",
    }


@pages.post("/agreement")
def save_agreement() -> Any:
    """Keeps the agreement as the form says."""
    stored = form_of(_proposed()).texts
    texts, clashing = merged(with_own_numbers(request.form.to_dict()), stored)
    typed, found = read_form(texts)
    problems, is_followed = {**{place_of(name): also_changed(stored[name]) for name in clashing}, **found}, False
    if not problems:
        try:
            is_followed = agree.make_agreement(store(), typed, spans.today())
        except Invalid as refusal:
            problems = advice({problem["path"]: "" for problem in refusal.problems}, typed)
    if problems:
        return _form_page(Form(texts, problems)), 422
    return done("agreement_followed" if is_followed else "agreement_saved", url_for("pages.agreement"))


def _form_page(form: Form) -> str:
    country = form.texts.get("country", "")
    return render_template(
        "agreement_form.html",
        texts=form.texts,
        problems=form.problems,
        shown=form_of(_proposed()).texts,
        is_made=is_made(store()),
        paces=_paces(form.texts.get("posts_a_week", "")),
        week=[(weekday, weekday_name(weekday)) for weekday in WORKING_WEEK],
        stretches=STRETCHES,
        mixes=MIXES,
        countries=_country_names(),
        regions=[(region, region_name(country, region)) for region in countries().get(country, [])],
    )


def _paces(kept: str) -> list[tuple[str, str]]:
    """The usual ones, and the one that is kept where it is another."""
    known = [*PACES, *([kept] if kept not in PACES and number(kept) else [])]
    return [(pace, posts_in_words(float(pace))) for pace in sorted(known, key=float)]


def _country_names() -> list[tuple[str, str]]:
    locale = get_locale()
    names = [(code, str(locale.territories.get(code, code))) for code in countries()] if locale else []
    return sorted(names, key=lambda pair: pair[1])


@pages.post("/agreement/fit")
@calmly
def fit_pattern() -> Any:
    """Lets the weekly pattern be the one that fits the agreement."""
    agree.fit_pattern(store())
    return done("pattern_fitted", url_for("pages.agreement"))


@pages.post("/agreement/slower")
@calmly
def slow_down() -> Any:
    """Agrees on one post a week, or on one every two weeks where it was one already."""
    pace = 1 if get_agreement(store())["posts_a_week"] > 1 else 0.5
    is_followed = agree.slow_down(store(), pace, spans.today())
    return done("slowed_down" if is_followed else "slowed_down_alone", url_for("pages.agreement"))


def get_fit() -> Fit:
    """How the weekly pattern lies to the agreement as it is now."""
    agreed, cadence = get_agreement(store()), get_cadence(store())
    return Fit(
        pattern=fitting.pace(cadence),
        agreed=agreed["posts_a_week"] if is_made(store()) else fitting.pace(cadence),
        possible=fitting.pace(fitting.fitted(agreed)),
        outside=fitting.outside(cadence, posting_hours(store())),
    )


def posts_in_words(pace: float) -> str:
    """`two posts a week`, `one post every two weeks`."""
    if not pace:
        return gettext("no posts")
    weeks = round(1 / pace)
    if weeks > 1 and abs(1 / pace - weeks) <= fitting.ROUNDED:
        return gettext("one post every %(n)s weeks", n=number_word(weeks))
    told = number_word(int(pace)) if pace == int(pace) else format_decimal(pace)
    return ngettext("%(n)s post a week", "%(n)s posts a week", 1 if pace == 1 else 2, n=told)


@pages.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {"agreement_is_made": lambda: is_made(store())}


def _hours_in_words(hours: list[WorkingHours]) -> list[tuple[str, str]]:
    """Days in a row with the same hours as one line: `Monday to Thursday`, `09:00–12:30, 13:00–17:00`."""
    lines = []
    for told, group in groupby(WORKING_WEEK, key=lambda weekday: _day_in_words(hours, weekday)):
        days = list(group)
        last = get_day_names("wide", "stand-alone", get_locale())[days[-1] - 1]
        first = weekday_name(days[0])
        span = gettext("%(one_day)s to %(other_day)s", one_day=first, other_day=last) if len(days) > 1 else first
        lines.append((span, told or gettext("not working")))
    return lines


def _day_in_words(hours: list[WorkingHours], weekday: int) -> str:
    stretches = sorted((one["starts"], one["ends"]) for one in hours if one["weekday"] == weekday)
    return ", ".join(f"{starts}–{ends}" for starts, ends in stretches)


def _shares_in_words(mix: Mix) -> list[str]:
    return [
        capitalised(gettext("%(share)s%% about what others wrote", share=mix["external"])),
        gettext("%(share)s%% of your own", share=mix["own"]),
        gettext("at most %(share)s%% about what you sell", share=mix["promotion"]),
    ]


def _country_in_words(country: str | None) -> str:
    code, _, region = (country or "").partition("-")
    locale = get_locale()
    name = str(locale.territories.get(code, code)) if locale else code
    return f"{name}, {region_name(code, region)}" if region else name
