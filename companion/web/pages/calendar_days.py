"""The days of the calendar: what stands in each, when, and beside what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from flask_babel import format_date, get_locale

from companion.editorial.agreement import days_off, get_agreement
from companion.editorial.busy import moment_of, whole_day
from companion.editorial.planning import calendar
from companion.editorial.planning.preparation import Preparation
from companion.editorial.planning.schedule import Schedule
from companion.web.context import store, zone
from companion.web.formats import as_date
from companion.web.pages import spans
from companion.web.pages.blocks import MIDNIGHT, on_the_wall
from companion.web.pages.cards import Card, card_of

# A post is a moment; this long it is drawn, so that its time and two lines of its title can be read.
_MINUTES_DRAWN = 45
# Beside more than these nothing could be read.
_MOST_LANES = 4


@dataclass
class Entry:
    """Something in a day from `starts` to `ends` on the wall: `slot`, `preparation`, `quarter` or `busy`.

    `card` is the slot, or the one that the preparation is for. What overlaps stands side by side in so many `lanes`;
    what lies `beside` the daily quarter leaves it a narrow edge, and the quarter takes no more.
    """

    kind: str
    starts: str
    ends: str
    card: Card | None = None
    preparation: Preparation | None = None
    lane: int = 0
    lanes: int = 1
    beside: bool = False

    @property
    def is_for_open_slot(self) -> bool:
        """Whether it is the preparation of a slot that nothing is known for yet."""
        return self.card is not None and self.card.state in ("open", "kept", "missed")

    def overlaps(self, other: "Entry") -> bool:
        """Whether both cover the same time somewhere."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass
class Day:
    """A day with its entries in order; `hours` are those in which a post may go out, none on a day off."""

    date: date
    holiday: str
    hours: list[tuple[str, str]]
    entries: list[Entry] = field(default_factory=list)

    @property
    def number(self) -> str:
        """`23`; the first day of a month is named with it."""
        return str(self.date.day) if self.date.day > 1 else str(format_date(self.date, "d MMM")).replace(".", "")

    @property
    def busy(self) -> list[Entry]:
        """The busy times."""
        return [entry for entry in self.entries if entry.kind == "busy"]

    @property
    def others(self) -> list[Entry]:
        """All but the busy times and the daily quarter."""
        return [entry for entry in self.entries if entry.kind in ("slot", "preparation")]

    @property
    def quarter(self) -> Entry | None:
        """The daily quarter of an hour."""
        return next((entry for entry in self.entries if entry.kind == "quarter"), None)

    @property
    def busy_minutes(self) -> int:
        """How much of the hours of this day is busy."""
        return sum(
            max(0, minutes(min(entry.ends, ends)) - minutes(max(entry.starts, starts)))
            for entry in self.busy
            for starts, ends in self.hours
        )


def minutes(clock: str) -> int:
    """Minutes since midnight; `24:00` is the end of the day."""
    return int(clock[:2]) * 60 + int(clock[3:])


def clock(since_midnight: int) -> str:
    """The time on the wall, at most the end of the day."""
    return f"{since_midnight // 60:02d}:{since_midnight % 60:02d}" if since_midnight < 24 * 60 else MIDNIGHT


def days_of(schedule: Schedule, cards: dict[str, Card]) -> dict[date, Day]:
    """Every day of the schedule."""
    days = {day.date: day for day in _empty_days(schedule)}
    for card in cards.values():
        days[as_date(card.slot["date"])].entries.append(_slot_entry(card))
    for preparation in schedule.preparations.values():
        _add_preparation(days, preparation, cards)
    for date_of_quarter, block in schedule.quarters.items():
        if block:
            quarter = Entry("quarter", *on_the_wall(block, date_of_quarter, zone()))
            days[date_of_quarter].entries.append(quarter)
    for day in days.values():
        day.entries += _busy_entries(schedule, day.date)
        day.entries.sort(key=lambda entry: (entry.starts, entry.kind != "busy"))
        _give_lanes([entry for entry in day.entries if entry.kind not in ("busy", "quarter")])
        if day.quarter:
            _give_edge(day.quarter, day.others)
    return days


def bounds(days: Iterable[Day]) -> tuple[int, int]:
    """The whole hours that the days' own hours and entries lie within, busy times aside."""
    opens, closes = spans.day_bounds()
    seen = [entry for day in days for entry in day.entries if entry.kind != "busy"]
    first = min([opens or "09:00", *(entry.starts for entry in seen)])
    last = max([closes or "17:00", *(entry.ends for entry in seen)])
    return minutes(first) // 60, -(-minutes(last) // 60)


def within(day: Day, opens: int, closes: int) -> Day:
    """The same day with its busy times cut to these whole hours."""
    first, last = clock(opens * 60), clock(closes * 60)
    kept = [entry for entry in day.entries if entry.kind != "busy" or (entry.starts < last and first < entry.ends)]
    for entry in kept:
        entry.starts, entry.ends = max(entry.starts, first), min(entry.ends, last)
    return Day(day.date, day.holiday, day.hours, kept)


def _empty_days(schedule: Schedule) -> Iterator[Day]:
    country, language = get_agreement(store())["country"], str(get_locale() or "en")
    named = days_off.holidays(country, schedule.first, schedule.last, language)
    working = calendar.posting_days(store())
    for number in range((schedule.last - schedule.first).days + 1):
        day = schedule.first + timedelta(days=number)
        yield Day(day, named.get(day, ""), working.stretches(day))


def _slot_entry(card: Card) -> Entry:
    starts = card.slot["time"]
    return Entry("slot", starts, clock(minutes(starts) + _MINUTES_DRAWN), card)


def _add_preparation(days: dict[date, Day], preparation: Preparation, cards: dict[str, Card]) -> None:
    if preparation.block is None:
        return
    day = days.get(moment_of(preparation.block[0]).astimezone(zone()).date())
    if day is not None:
        slot_id = preparation.slot_id
        card = cards.get(slot_id) or card_of(calendar.get_slot(store(), slot_id, zone()))
        day.entries.append(
            Entry("preparation", *on_the_wall(preparation.block, day.date, zone()), card, preparation=preparation)
        )


def _busy_entries(schedule: Schedule, day: date) -> Iterator[Entry]:
    for stretch in schedule.busy.within(*whole_day(day, schedule.zone)):
        starts, ends = on_the_wall(stretch, day, schedule.zone)
        # Where the clocks go back at night, a stretch can end before it began.
        if starts < ends:
            yield Entry("busy", starts, ends)


def _give_lanes(entries: list[Entry]) -> None:
    """Puts entries that overlap side by side; they are in order of their start."""
    together: list[Entry] = []
    for entry in entries:
        if together and entry.starts >= max(other.ends for other in together):
            together = []
        taken = {other.lane for other in together if other.ends > entry.starts}
        entry.lane = next(lane for lane in range(len(taken) + 1) if lane not in taken) % _MOST_LANES
        together.append(entry)
        lanes = max(other.lane for other in together) + 1
        for other in together:
            other.lanes = lanes


def _give_edge(quarter: Entry, others: list[Entry]) -> None:
    """Beside a post the quarter, which is the same each day, gets an edge only: side by side neither could be read."""
    for other in others:
        if other.overlaps(quarter):
            other.beside = quarter.beside = True
