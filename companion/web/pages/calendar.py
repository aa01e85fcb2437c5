"""The calendar: a month or a week of slots beside the rest of the user's working days, and one of them to change."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask_babel import format_date, gettext

from companion.editorial.agreement import get_agreement
from companion.editorial.planning.preparation import MINUTES
from companion.editorial.planning.schedule import get_schedule
from companion.editorial.planning.suggestions import is_bare
from companion.web import formats
from companion.web.context import now, store, zone
from companion.web.pages import calendar_range, pages, slot_form, spans
from companion.web.pages.calendar_days import Day, bounds, days_of, minutes, within
from companion.web.pages.calendar_range import Shown
from companion.web.pages.cards import cards_of, waiting
from companion.web.pages.slot_panel import panel_of

# As many as fit below the days, of those that can be posted about; the others are in the queue of the week's page.
_MOST_WAITING = 8


@pages.get("/calendar")
def calendar() -> str:
    """The month or the week asked for."""
    return calendar_page({}, {})


def calendar_page(typed: Mapping[str, str], problems: Mapping[str, str]) -> str:
    """The calendar, with what was typed in a form of it and, by field, what to do about that."""
    shown = calendar_range.asked()
    schedule = get_schedule(store(), zone(), shown.first, shown.last, now())
    cards = cards_of(schedule)
    days = list(days_of(schedule, cards).values())
    panel = panel_of(request.args.get("slot"), schedule, cards)
    in_queue = waiting()
    return render_template(
        "calendar.html",
        shown=shown,
        title=_title(shown),
        carry_words=_carry_words(),
        **_days(shown, days),
        # Back in the panel, so that the keys go on from there.
        here_path=shown.address(slot=panel.card.slot["id"], _anchor="slot") if panel else shown.address(),
        around=calendar_range.around,
        today_date=spans.today(),
        wall_now=now().astimezone(zone()).strftime("%Y-%m-%d %H:%M"),
        knows_busy=any(True for _ in store().busy_calendars),
        panel=panel,
        queue=[item for item in in_queue if not is_bare(item)][:_MOST_WAITING],
        in_queue=in_queue,
        has_quarter=any(day.quarter for day in days),
        channels=get_agreement(store())["channels"],
        minutes_by_kind=MINUTES,
        minutes=minutes,
        slot_fields=slot_form.shown,
        typed=typed,
        problems=problems,
        day_asked=request.args.get("day", ""),
    )


def _title(shown: Shown) -> str:
    """`December 2026`, or `Week 48 · 23 to 29 November`."""
    if shown.view == "week":
        return formats.week_label(shown.first)
    return formats.capitalised(str(format_date(shown.day, "LLLL y")))


def _carry_words() -> dict[str, str]:
    """What is said while something is carried to another place."""
    return {
        "held": gettext("{name}: the arrow keys carry it, Enter puts it down, Escape leaves it where it was."),
        "slot": gettext("“{name}” goes into this open slot."),
        "moves": gettext("The slot itself moves."),
        "beside": gettext("Another post goes out at that time."),
        "no_slot": gettext("No open slot on that day."),
        "busy": gettext("Busy then."),
        "off": gettext("Outside your working hours."),
        "holiday": gettext("A public holiday."),
        "past": gettext("That has passed."),
        "left": gettext("It stays where it was."),
    }


def _days(shown: Shown, days: list[Day]) -> dict[str, Any]:
    """The days by week; those of one week cut to the hours that its grid has."""
    opens, closes = bounds(days)
    if shown.view == "week":
        days = [within(day, opens, closes) for day in days]
    weeks = [days[number : number + 7] for number in range(0, len(days), 7)]
    return {"weeks": weeks, "opens": opens, "closes": closes}
