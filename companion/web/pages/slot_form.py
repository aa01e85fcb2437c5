"""The form of a slot: what was typed, what of it changed, and what to do about what cannot be."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from flask_babel import get_locale, gettext, lazy_gettext

from companion import contract
from companion.editorial.agreement import get_agreement, posting_hours
from companion.editorial.planning import calendar
from companion.editorial.planning.preparation import minutes_of
from companion.editorial.times import at, instant
from companion.errors import Conflict, Invalid
from companion.records import NewSlot, Slot, SlotEdit, WorkingHours
from companion.web import formats
from companion.web.context import now, store, zone
from companion.web.pages import spans
from companion.web.pages.changed_elsewhere import also_changed
from companion.web.pages.typed import ADVICE as OF_POST_ADVICE
from companion.web.pages.typed import one_line

FIELDS = ("date", "time", "kind", "topic", "channel", "preparation_minutes")
ADVICE = {
    "kind": lazy_gettext("Choose one from the list."),
    "topic": OF_POST_ADVICE["topic"],
    "channel": lazy_gettext("Name the channel, with at most 40 characters."),
    "preparation_minutes": lazy_gettext("Preparation takes from 5 to 240 minutes."),
}
# What the plan refuses by path and message, where that says more than what the field takes.
REFUSED = {
    ("kind", "is for a post of your own, or one with an article"): lazy_gettext(
        "Its words are for a post of your own. Keep it an own post, or take the words out in the plan first."
    ),
}

Typed = Mapping[str, str]


class ChangedElsewhere(Conflict):
    """What was typed was changed on another page too: `typed` is what the form then holds, `said` is by field."""

    def __init__(self, typed: Typed, said: Typed) -> None:
        super().__init__("This slot was changed elsewhere too.")
        self.typed, self.said = typed, said


def shown(slot: Slot) -> dict[str, str]:
    """What the form of this slot shows."""
    return {**{name: str(slot.get(name, "")) for name in FIELDS}, "preparation_minutes": str(minutes_of(slot))}


def new_slot(typed: Typed) -> NewSlot:
    """The slot that was asked for. Raises Invalid naming the field."""
    line = _lines(typed)
    new: dict[str, Any] = {
        "starts_at": starts_at(line["date"], line["time"], zone()),
        "kind": line["kind"],
        "topic": line["topic"],
        "channel": line["channel"] or main_channel(),
    }
    if line["preparation_minutes"]:
        new["preparation_minutes"] = _number(line["preparation_minutes"])
    contract.require("new_slot", new)
    return cast(NewSlot, new)


def main_channel() -> str:
    """Where posts appear unless another channel is named."""
    return next(iter(get_agreement(store())["channels"]), "LinkedIn")


def changes(sent: Typed, slot: Slot) -> SlotEdit:
    """What the user changed. Raises ChangedElsewhere where that was changed elsewhere too since the form was shown,
    and Invalid naming the field."""
    stored = shown(slot)
    seen = _parts({name: sent.get(f"shown_{name}", value) for name, value in stored.items()})
    typed, kept = _parts({**stored, **sent}), _parts(stored)
    touched = {name for name in typed if typed[name] not in (seen[name], kept[name])}
    if clashing := {name for name in touched if seen[name] != kept[name]}:
        raise ChangedElsewhere(_with_touched(stored, sent, touched), _told(slot, clashing))
    changed: dict[str, Any] = {name: typed[name] for name in touched - {"moment"}}
    if "moment" in touched:
        day, _, clock = typed["moment"].partition(" ")
        changed["starts_at"] = ahead(day, clock, ZoneInfo(slot["zone"]))
    if "preparation_minutes" in touched:
        changed["preparation_minutes"] = _number(typed["preparation_minutes"])
    if changed:
        contract.require("slot_edit", changed)
    return cast(SlotEdit, changed)


def _with_touched(stored: Typed, sent: Typed, touched: Collection[str]) -> Typed:
    """What is stored, and what the user typed over it. Saved again, that is all that changes."""
    typed = {name for part in touched for name in (("date", "time") if part == "moment" else (part,))}
    return {name: sent.get(name, value) if name in typed else value for name, value in stored.items()}


def _told(slot: Slot, clashing: Collection[str]) -> dict[str, str]:
    """By field what is stored now."""
    stored = {
        **shown(slot),
        "moment": f"{formats.day_in_text(slot['date'])}, {slot['time']}",
        "kind": formats.kind_name(slot["kind"]),
    }
    return {"date" if name == "moment" else name: also_changed(stored[name]) for name in clashing}


def _parts(fields: Typed) -> dict[str, str]:
    """What a form is about: day and time as one moment, and the rest."""
    line = _lines(fields)
    return {"moment": f"{line.pop('date')} {line.pop('time')}", **line}


def _lines(fields: Typed) -> dict[str, str]:
    """Browsers may send a time with seconds."""
    line = {name: one_line(fields.get(name, "")) for name in FIELDS}
    return {**line, "date": line["date"].replace(" ", ""), "time": line["time"].replace(" ", "")[:5]}


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise Invalid.field("preparation_minutes", "is not a whole number")
    return int(text[:5])


def starts_at(day: str, clock: str, wall: ZoneInfo) -> str:
    """The moment that a wall clock shows there so. Raises Invalid where it cannot be read."""
    try:
        time = datetime.strptime(clock, "%H:%M").time()  # noqa: DTZ007 - a time on the wall
    except ValueError as error:
        raise Invalid.field("starts_at", "cannot be read") from error
    if (date_there := spans.read_date(day)) is None:
        raise Invalid.field("starts_at", "cannot be read")
    return instant(at(date_there, time, wall))


def ahead(day: str, clock: str, wall: ZoneInfo) -> str:
    """The same for a moment that something moves to. Raises Invalid where it has passed."""
    moment = starts_at(day, clock, wall)
    if moment <= instant(now()):
        raise Invalid.field("starts_at", "has passed")
    return moment


def why_not(starts: str, wall: ZoneInfo) -> str:
    """Why no post can stand at this moment: `past`, `holiday` or `hours`; empty where it can."""
    if starts <= instant(now()):
        return "past"
    there = datetime.fromisoformat(starts).astimezone(wall)
    working = calendar.posting_days(store())
    if working.is_holiday(there.date()):
        return "holiday"
    return "" if working.include(there.date(), f"{there:%H:%M}") else "hours"


def problems(typed: Typed, error: Invalid) -> dict[str, str]:
    """What to do about what cannot be kept, by the field where it is said."""
    path, reason = error.problems[0]["path"], error.problems[0]["message"]
    if refused := REFUSED.get((path, reason)):
        return {path: str(refused)}
    if path in ADVICE:
        return {path: str(ADVICE[path])}
    day, working = spans.read_date(one_line(typed.get("date", ""))), calendar.posting_days(store())
    if day and working.is_holiday(day):
        named = formats.capitalised(formats.day_in_text(day))
        return {"date": gettext("%(day)s is a public holiday. Choose another day.", day=named)}
    if reason == "has passed":
        return {"date": gettext("That moment has passed. Choose one that lies ahead.")}
    hours = hours_in_words(posting_hours(store()))
    is_day_at_fault = day is None or not working.stretches(day)
    words = gettext("Choose a time within your working hours: %(hours)s.", hours=hours)
    return {"date" if is_day_at_fault else "time": words}


def hours_in_words(hours: Sequence[WorkingHours]) -> str:
    """`Monday to Thursday 09:00–17:00; Friday 09:00–12:30`: days in a row with the same hours are told together."""
    by_day = [(weekday, _of_day(hours, weekday)) for weekday in range(1, 8)]
    told = []
    for stretches, group in groupby(by_day, key=lambda pair: pair[1]):
        days = [weekday for weekday, _ in group]
        if stretches:
            told.append(f"{_days(days)} {stretches}")
    return "; ".join(told)


def _of_day(hours: Sequence[WorkingHours], weekday: int) -> str:
    ordered = sorted((one["starts"], one["ends"]) for one in hours if one["weekday"] == weekday)
    return ", ".join(f"{starts}–{ends}" for starts, ends in ordered)


def _days(days: list[int]) -> str:
    """As in running text, where some languages write them without a capital."""
    names = get_day_names("wide", "stand-alone", get_locale() or "en")
    first, last = names[days[0] - 1], names[days[-1] - 1]
    return first if first == last else gettext("%(one_day)s to %(other_day)s", one_day=first, other_day=last)
