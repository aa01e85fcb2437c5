"""Which part of the plan the page shows: its days and its channel, and the addresses of other parts."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request, url_for

from companion.web.pages import spans
from companion.web.plan_files import WEEKS

WEEKS_OFFERED = (4, 8, WEEKS)


@dataclass(frozen=True)
class Shown:
    """The days from `first` up to and including `last`, in one channel or, where that is empty, in all.

    `weeks` is how many from this Monday; 0 where the days were chosen one by one.
    """

    first: date
    last: date
    weeks: int
    channel: str

    @property
    def is_over(self) -> bool:
        """Whether all of these days have passed."""
        return self.last < spans.today()

    @property
    def query(self) -> dict[str, Any]:
        """What asks for this part, in an address of the page or of one of its forms."""
        days: dict[str, Any] = {"weeks": self.weeks} if self.weeks != WEEKS else {}
        channel = {"channel": self.channel} if self.channel else {}
        return (days if self.weeks else self.days) | channel

    @property
    def days(self) -> dict[str, Any]:
        """What asks for these days of a file, which has all channels."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}

    def address(self, **more: Any) -> str:
        """The address of this part, with what else is asked for."""
        return url_for("pages.plan", **{**self.query, **more})

    def in_weeks(self, weeks: int) -> str:
        """The address of as many weeks from now."""
        return replace(self, weeks=weeks).address()

    def on(self, channel: str) -> str:
        """The address of these days in a channel, or with an empty name in all of them."""
        return replace(self, channel=channel).address()

    def has(self, channel: str) -> bool:
        """Whether what goes out in this channel is shown; what has no channel yet is where all are."""
        return not self.channel or self.is_on(channel)

    def is_on(self, channel: str) -> bool:
        """Whether this is the channel that was chosen, however it was typed."""
        return channel.strip().casefold() == self.channel.casefold()


def asked() -> Shown:
    """What the query asks for; the twelve weeks from this Monday where it makes no sense."""
    named = request.args.get("weeks", "")
    are_days_chosen = not named and bool(request.args.keys() & {"from", "to"})
    weeks = next((weeks for weeks in WEEKS_OFFERED if str(weeks) == named), WEEKS)
    first, last = spans.asked_range(weeks)
    return Shown(first, last, 0 if are_days_chosen else weeks, request.args.get("channel", "").strip()[:40])
