"""The form of the agreement: what was typed, read as an agreement, and what stands in the way of keeping it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from flask_babel import gettext, lazy_gettext

from companion import contract
from companion.editorial.agreement import WORKING_WEEK
from companion.editorial.agreement.countries import countries
from companion.records import Agreement, Mix, Topic, WorkingHours
from companion.web.formats import listed, weekday_name
from companion.web.pages.typed import one_line, words

# Two rules of thumb: 5-3-2 (McCann, 2011), and 4-1-1, of six posts.
MIXES: Mapping[str, Mix] = {
    "5-3-2": {"external": 50, "own": 30, "promotion": 20},
    "4-1-1": {"external": 67, "own": 17, "promotion": 16},
}
SHARES = ("external", "own", "promotion")
STRETCHES = (1, 2)
_HOURS = [
    f"{edge}_{weekday}_{number}" for weekday in WORKING_WEEK for number in STRETCHES for edge in ("starts", "ends")
]
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
# What to do about a field that cannot be kept as it is.
_ADVICE = {
    "posts_a_week": lazy_gettext("Choose one from the list."),
    "channels": lazy_gettext("At least one and at most 10 channels, each at most 40 characters, with commas between."),
    "topics": lazy_gettext("At most 12 topics with 30 words each; a topic or a word has at most 60 characters."),
    "goal": lazy_gettext("At most 1,000 characters."),
    "starts_on": lazy_gettext("Choose a day from the calendar, or leave it empty."),
    "quarter_at": lazy_gettext("A time within your working hours, such as 09:15, or nothing."),
    "country": lazy_gettext("Choose one from the list."),
    "own_domains": lazy_gettext("At most 20 sites, such as firm.example, with commas between."),
    "mix": lazy_gettext("Three whole numbers from 0 to 100 that make 100 together."),
}


@dataclass(frozen=True)
class Form:
    """What stands in the fields, and by field what is to be done about it."""

    texts: Mapping[str, str]
    problems: Mapping[str, str] = field(default_factory=dict)


def form_of(agreement: Agreement) -> Form:
    """The form as the agreement fills it, with all its fields."""
    country, _, region = (agreement["country"] or "").partition("-")
    mix = next((name for name, mix in MIXES.items() if mix == agreement["mix"]), "own")
    texts = {
        "posts_a_week": f"{agreement['posts_a_week']:g}",
        "starts_on": agreement["starts_on"] or "",
        "channels": listed(agreement["channels"]),
        "goal": agreement["goal"],
        "topics": "\n".join(topic_line(topic) for topic in agreement["topics"]),
        "quarter_at": agreement["quarter_at"] or "",
        "country": country,
        "region": region,
        "own_domains": listed(agreement["own_domains"]),
        "mix": mix,
    }
    shares = {name: str(share) for name, share in agreement["mix"].items()}
    return Form(texts | _hours_shown(agreement["hours"]) | shares)


def topic_line(topic: Topic) -> str:
    """`AI Act: high-risk, conformity`."""
    return f"{topic['name']}: {listed(topic['keywords'])}" if topic["keywords"] else topic["name"]


def _hours_shown(hours: Sequence[WorkingHours]) -> dict[str, str]:
    shown = dict.fromkeys(_HOURS, "")
    for weekday in WORKING_WEEK:
        stretches = sorted((one["starts"], one["ends"]) for one in hours if one["weekday"] == weekday)
        for number, (starts, ends) in zip(STRETCHES, stretches, strict=False):
            shown |= {f"starts_{weekday}_{number}": starts, f"ends_{weekday}_{number}": ends}
    return shown


def with_own_numbers(sent: Mapping[str, str]) -> Mapping[str, str]:
    """The form with its own numbers chosen where some were typed, also if the mark before them was not set."""
    typed, shown = ([sent.get(prefix + name, "").strip() for name in SHARES] for prefix in ("", "shown_"))
    preset = MIXES.get(sent.get("mix", ""))
    if preset is None or typed in (shown, [str(share) for share in preset.values()], [""] * len(SHARES)):
        return sent
    return {**sent, "mix": "own"}


def read_form(sent: Mapping[str, str]) -> tuple[Agreement, dict[str, str]]:
    """The agreement as it was typed, whether or not it can be kept, and by field what stands in its way."""
    problems: dict[str, str] = {}
    agreement = cast(
        Agreement,
        {
            "posts_a_week": number(sent.get("posts_a_week", "")),
            "hours": _hours(sent, problems),
            "channels": words(sent.get("channels", "")),
            "topics": [topic for line in sent.get("topics", "").splitlines() if (topic := _topic(line))],
            "goal": sent.get("goal", "").replace("\r\n", "\n").strip(),
            "starts_on": one_line(sent.get("starts_on", "")) or None,
            "country": _country(sent),
            "quarter_at": _clock(sent.get("quarter_at", "")) or None,
            "own_domains": [_domain(typed) for typed in words(re.sub(r"\s", ",", sent.get("own_domains", "")))],
            "mix": _mix(sent),
        },
    )
    found = {problem["path"]: "" for problem in contract.check("agreement", agreement)}
    return agreement, advice(found, agreement) | problems


def advice(problems: Mapping[str, str], agreement: Agreement) -> dict[str, str]:
    """By field what to do about the problems, which are named by their paths in the agreement."""
    found = {}
    for path in problems:
        name = re.split(r"[.\[]", path)[0]
        if number := re.match(r"hours\[(\d+)\]", path):
            weekday = agreement["hours"][int(number[1])]["weekday"]
            found[f"hours_{weekday}"] = _hours_advice(weekday)
        elif name == "hours":
            found[f"hours_{WORKING_WEEK[0]}"] = gettext(
                "At least one day needs hours. Without, nothing can be planned."
            )
        elif name in _ADVICE:
            found[name] = str(_ADVICE[name])
    if "topics" in found and (twice := _twice([topic["name"] for topic in agreement["topics"]])):
        found["topics"] = gettext("“%(name)s” is here twice.", name=twice)
    return found


def place_of(name: str) -> str:
    """Under which name the problem of a field is shown: one for the hours of a day, and one for the mix."""
    if name in _HOURS:
        return f"hours_{name.split('_')[1]}"
    return "mix" if name in SHARES else "country" if name == "region" else name


def _twice(names: Sequence[str]) -> str | None:
    small = [name.casefold() for name in names]
    return next((name for number, name in enumerate(names) if small[number] in small[:number]), None)


def _hours_advice(weekday: int) -> str:
    return gettext(
        "%(day)s: each part of the day needs a start and a later end, and the second comes after the first.",
        day=weekday_name(weekday),
    )


def number(typed: str) -> float | None:
    """A number as a person writes it: at most three digits before the point and two behind it; None for others."""
    return float(typed) if _NUMBER.fullmatch(typed) else None


def _clock(typed: str) -> str:
    """Browsers send seconds where a field has had some."""
    return one_line(typed)[:5]


def _hours(sent: Mapping[str, str], problems: dict[str, str]) -> list[WorkingHours]:
    """The stretches that have a start and an end; one that has half of it is a problem."""
    hours: list[WorkingHours] = []
    for weekday in WORKING_WEEK:
        for number in STRETCHES:
            starts, ends = (_clock(sent.get(f"{edge}_{weekday}_{number}", "")) for edge in ("starts", "ends"))
            if starts and ends:
                hours.append({"weekday": weekday, "starts": starts, "ends": ends})
            elif starts or ends:
                problems[f"hours_{weekday}"] = _hours_advice(weekday)
    return hours


def _topic(line: str) -> Topic | None:
    name, _, keywords = line.partition(":")
    return {"name": name.strip(), "keywords": words(keywords)} if name.strip() else None


def _country(sent: Mapping[str, str]) -> str | None:
    """The country with its region; a region of the country chosen before is not one of this."""
    country, region = one_line(sent.get("country", "")), one_line(sent.get("region", ""))
    is_there = region in countries().get(country, [])
    return (f"{country}-{region}" if is_there else country) or None


def _domain(typed: str) -> str:
    """The host in whatever was typed: `https://www.Firm.example/about` is `firm.example`; empty where it is no site."""
    bare = typed.strip().casefold().rpartition("@")[2]
    try:
        host = (urlsplit(bare if "://" in bare else f"//{bare}").hostname or "").strip(".")
        named = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return ""
    return named.removeprefix("www.") if "." in named else ""


def _mix(sent: Mapping[str, str]) -> dict[str, Any]:
    preset = MIXES.get(sent.get("mix", ""))
    if preset:
        return dict(preset)
    return {name: int(found) if (found := number(sent.get(name, "").strip())) is not None else -1 for name in SHARES}
