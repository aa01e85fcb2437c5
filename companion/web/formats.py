"""Dates, ages and minutes as people say them, in the language of the request."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_day_names
from flask_babel import get_locale, gettext, ngettext

from companion.editorial.articles import host
from companion.editorial.times import local_day, moment

# What the advice of 10 to 15 minutes is about; writing a post of one's own is counted apart.
QUARTER = ("browse", "read", "react")
ADVICE = (10, 15)


def _locale() -> Locale:
    return get_locale() or Locale("en")


def capitalised(text: str) -> str:
    """The text with a capital at its start, and the rest left as it is."""
    return text[:1].upper() + text[1:]


def as_date(day: date | str) -> date:
    """A date from the record's `2026-11-24`, or the date itself."""
    return day if isinstance(day, date) else date.fromisoformat(day)


def weekday_name(number: int) -> str:
    """The name of a weekday; Monday is 1."""
    return capitalised(str(get_day_names("wide", "stand-alone", _locale())[number - 1]))


def weekday_short(number: int) -> str:
    """The short name of a weekday; Monday is 1."""
    return capitalised(str(get_day_names("abbreviated", "stand-alone", _locale())[number - 1]))


def day_name(day: date | str) -> str:
    """`Tuesday 24`."""
    return capitalised(format_date(as_date(day), "EEEE d", _locale()))


def day_in_text(day: date | str) -> str:
    """`Tuesday 24 November`, written as in running text."""
    pattern = "EEEE d MMMM"
    return format_date(as_date(day), pattern, _locale())


def day_month(day: date | str, today: date | None = None) -> str:
    """`18 December`, with the year where it is not that of `today`."""
    value = as_date(day)
    pattern = "d MMMM" if today is None or value.year == today.year else "d MMMM y"
    return format_date(value, pattern, _locale())


def day_short(day: date | str) -> str:
    """`Tue 24 Nov`."""
    return capitalised(format_date(as_date(day), "EEE d MMM", _locale()).replace(".", ""))


def weekday_time(slot: Mapping[str, Any]) -> str:
    """`Wednesday 12:10`, written as in running text."""
    return f"{format_date(as_date(slot['date']), 'EEEE', _locale())} {slot['time']}"


def slot_time(slot: Mapping[str, Any]) -> str:
    """`Thu 26 Nov, 08:40`."""
    return f"{day_short(slot['date'])}, {slot['time']}"


def span(first: date, last: date) -> str:
    """`23 to 29 November`; month and year are said once where both ends share them."""
    opening = "d MMMM y"
    if first.year == last.year:
        opening = "d" if first.month == last.month else "d MMMM"
    return gettext(
        "%(first)s to %(last)s",
        first=format_date(first, opening, _locale()),
        last=format_date(last, "d MMMM y" if first.year != last.year else "d MMMM", _locale()),
    )


def week_label(monday: date) -> str:
    """`Week 48 · 23 to 29 November`."""
    week = gettext("Week %(number)s", number=monday.isocalendar().week)
    return f"{week} · {span(monday, monday + timedelta(days=6))}"


def local_date(instant: str, zone: ZoneInfo) -> date:
    """The date an instant falls on where the user is."""
    return local_day(moment(instant), zone)


def local_time(instant: str, zone: ZoneInfo) -> str:
    """The time of day of an instant where the user is, as `08:40`."""
    return moment(instant).astimezone(zone).strftime("%H:%M")


def published_day(text: str | None) -> str:
    """The day that a page says it was published on; nothing where it says it in a way of its own."""
    try:
        return format_date(date.fromisoformat((text or "")[:10]), "d MMMM y", _locale())
    except ValueError:
        return ""


def age(instant: str, today: date, zone: ZoneInfo) -> str:
    """How long ago in words: `today`, `yesterday`, `3 days`, `last week`, `3 weeks`, then the date."""
    day = local_date(instant, zone)
    passed = (today - day).days
    if passed <= 0:
        return gettext("today")
    if passed == 1:
        return gettext("yesterday")
    if passed < 7:
        return ngettext("%(num)s day", "%(num)s days", passed)
    if passed < 14:
        return gettext("last week")
    if passed < 56:
        return ngettext("%(num)s week", "%(num)s weeks", passed // 7)
    return day_month(day, today)


def moment_in_text(instant: str, today: date, zone: ZoneInfo) -> str:
    """`today, 14:20`, later `Friday 20 November, 14:20`, as in running text."""
    day = local_date(instant, zone)
    words = age(instant, today, zone) if (today - day).days <= 1 else day_in_text(day)
    return f"{words}, {local_time(instant, zone)}"


def minutes(count: int) -> str:
    """`9 min`."""
    return gettext("%(count)s min", count=count)


def quarter_minutes(day: Mapping[str, Any]) -> dict[str, int]:
    """Whole minutes by activity that add up to the whole minutes of the day's `total`."""
    seconds = {name: int(day.get(name, 0)) for name in QUARTER}
    total = (sum(seconds.values()) + 30) // 60
    shares = {name: value // 60 for name, value in seconds.items()}
    # The minutes that whole parts leave over go to those with the largest remainder.
    by_remainder = sorted(QUARTER, key=lambda name: seconds[name] % 60, reverse=True)
    for name in by_remainder[: max(0, total - sum(shares.values()))]:
        shares[name] += 1
    return {**shares, "total": total, "create": (int(day.get("create", 0)) + 30) // 60}


def listed(words: list[str]) -> str:
    """Words in a row with commas between them; with semicolons where one holds a comma, so that it stays whole."""
    if any("," in word for word in words):
        return "; ".join([*words, ""]).rstrip()
    return ", ".join(words)


def number_word(count: int) -> str:
    """Counts to ten in words, larger ones in figures."""
    words = [
        gettext("one"), gettext("two"), gettext("three"), gettext("four"), gettext("five"),
        gettext("six"), gettext("seven"), gettext("eight"), gettext("nine"), gettext("ten"),
    ]  # fmt: skip
    return words[count - 1] if 1 <= count <= len(words) else str(count)


def hash_signs(tags: list[str]) -> str:
    """`#law, #ai`."""
    return ", ".join(f"#{tag}" for tag in tags)


def kind_name(kind: str) -> str:
    """What a slot is for, in one or two words."""
    names = {"commentary": gettext("commentary"), "own": gettext("own post"), "ad_hoc": gettext("ad hoc")}
    return names[kind]


PLAIN = (
    capitalised, day_in_text, day_month, day_name, day_short, hash_signs, host, kind_name, listed, minutes, number_word,
    published_day, quarter_minutes, slot_time, span, week_label, weekday_name, weekday_short, weekday_time,
)  # fmt: skip
