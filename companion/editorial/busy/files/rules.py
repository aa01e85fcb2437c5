"""The rules by which events of calendar files recur."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from companion.editorial.busy.files.events import LONGEST, When, day_of

# No calendar program makes a rule finer than a day's, and one would have more occurrences than a year has use for.
# Of the finest two, how many days they take; the others have few steps in any time.
RHYTHMS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": None, "YEARLY": None}
TOO_FINE = {"BYMINUTE", "BYSECOND"}
# Those two have no more than this in any calendar program; with more they may never be met, and seconds go by.
SIMPLE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYHOUR"}
# Those of newer calendars, as all calendars count.
OURS, SKIPPED = "GREGORIAN", {"RSCALE", "SKIP"}
FOR_EVER = "9999"
# What lasts long, or was moved far, reaches into the days that count from so far away, with time to spare.
FAR = 3 * LONGEST


@dataclass(frozen=True)
class Rule:
    """`FREQ=WEEKLY;COUNT=3`, taken apart."""

    fields: Mapping[str, str]

    @property
    def text(self) -> str:
        return ";".join(f"{name}={value}" for name, value in self.fields.items())

    @property
    def days(self) -> int | None:
        """How many days lie between two of its steps; None where they differ."""
        days = RHYTHMS[self.fields["FREQ"]]
        return days and days * int(self.fields.get("INTERVAL", 1))

    def skipped(self, start: When, first: date) -> timedelta:
        """How much later it may as well begin where only what reaches into the days from `first` on counts.

        In whole steps of the rule: of a series of many years few of them are left to go through.
        """
        if self.days is None or "COUNT" in self.fields:
            return timedelta(0)
        begins = start.date() if isinstance(start, datetime) else start
        return timedelta(days=max(0, (first - FAR - begins).days // self.days * self.days))


def read_rule(text: str, start: When, own: tzinfo) -> Rule:
    """The rule of an event that starts then, its end as the standard wants it; `own` is the zone of the user.

    Raises ValueError where it is finer than any calendar's, or stands still.
    """
    parts = "".join(text.upper().split()).strip(";").split(";")
    fields = {name: value.strip(",") for name, _, value in (part.partition("=") for part in parts)}
    if fields.get("FREQ") not in RHYTHMS or TOO_FINE & set(fields) or int(fields.get("INTERVAL", 1)) < 1:
        raise ValueError("a rule that no calendar has")
    if RHYTHMS[fields["FREQ"]] and not set(fields) <= SIMPLE | SKIPPED:
        raise ValueError("a rule that may never be met")
    if fields.get("RSCALE", OURS) != OURS:
        raise ValueError("a rule of another calendar")
    if not all(1 <= int(month) <= 12 for month in fields.get("BYMONTH", "1").split(",")):
        raise ValueError("a month that no year has")
    if fields.get("UNTIL", FOR_EVER).startswith(FOR_EVER):
        fields.pop("UNTIL", None)  # In other zones there is no such moment.
    else:
        fields["UNTIL"] = _until(fields["UNTIL"], start, own)
    return Rule({name: value for name, value in fields.items() if name not in SKIPPED})


def _until(text: str, start: When, own: tzinfo) -> str:
    """A day counts to its end; a time without a zone is in the event's own."""
    zone = UTC if text.endswith("Z") else start.tzinfo if isinstance(start, datetime) else own
    clock = text.removesuffix("Z") if "T" in text else f"{text}T235959"
    last = datetime.strptime(clock, "%Y%m%dT%H%M%S").replace(tzinfo=zone)
    return f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}" if isinstance(start, datetime) else f"{day_of(last, own):%Y%m%d}"
