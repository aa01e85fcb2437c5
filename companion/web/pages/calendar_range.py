"""Which days the calendar shows, and the addresses that lead to the others."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request, url_for

from companion.editorial.times import monday
from companion.web.pages import spans

_TO_THURSDAY = timedelta(days=3)


@dataclass(frozen=True)
class Shown:
    """Whole weeks from Monday `first` to Sunday `last`: one, or those of the month that begins on `day`."""

    view: str
    day: date
    first: date
    last: date

    @property
    def weeks(self) -> list[date]:
        """The Mondays."""
        return [self.first + timedelta(days=number) for number in range(0, (self.last - self.first).days, 7)]

    @property
    def is_now(self) -> bool:
        """Whether it is what the calendar shows when no day is asked for."""
        return self == _shown(self.view, None)

    @property
    def earlier(self) -> str | None:
        """The address of the month or week before, as long as somebody may plan for it."""
        return _address_of(self.view, self.day - timedelta(days=1 if self.view == "month" else 7))

    @property
    def later(self) -> str | None:
        """The address of the month or week after, as long as somebody may plan for it."""
        return _address_of(self.view, self.day + timedelta(days=31 if self.view == "month" else 7))

    @property
    def as_week(self) -> "Shown":
        """The week to look at in this month: that of now where it lies in it, else the first."""
        now = spans.week_ahead()
        return around("week", now if self.first <= now <= self.last else self.first)

    @property
    def as_month(self) -> "Shown":
        """The month that most of this week lies in."""
        return around("month", self.first + _TO_THURSDAY)

    @property
    def query(self) -> dict[str, Any]:
        """What asks for these days, in an address of the calendar or of one of its forms."""
        named = {"week": spans.week_name(self.day)} if self.view == "week" else {"month": f"{self.day:%Y-%m}"}
        return {"view": self.view, **named}

    def address(self, **more: Any) -> str:
        """The address of these days, with what else is asked for."""
        return url_for("pages.calendar", **{**self.query, **more})


def asked() -> Shown:
    """What the query asks for: a view, and a month or a week of it; the present ones where it makes no sense."""
    week = spans.read_date(f"{request.args.get('week')}-1")
    month = spans.read_date(f"{request.args.get('month')}-01")
    if request.args.get("view") == "week":
        return _shown("week", week or month)
    return _shown("month", month or (week and week + _TO_THURSDAY))


def around(view: str, day: date) -> Shown:
    """The month or week that this day is in."""
    return _shown(view, day)


def _address_of(view: str, day: date) -> str | None:
    return around(view, day).address() if spans.read_date(day.isoformat()) else None


def _shown(view: str, day: date | None) -> Shown:
    if view == "week":
        first = monday(day or spans.week_ahead())
        return Shown(view, first, first, spans.end_of_week(first))
    # The week that matters now counts: on the last Sunday of a month that is the next month's.
    month = (day or spans.week_ahead() + _TO_THURSDAY).replace(day=1)
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Shown(view, month, monday(month), spans.end_of_week(monday(last)))
