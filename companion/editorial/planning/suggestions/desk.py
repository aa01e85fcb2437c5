"""From the calendar and the queue to the question that the solver answers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from companion.editorial.agreement import DEFAULT, get_agreement
from companion.editorial.classes import Classes, classify
from companion.editorial.curation import FILED, items_of
from companion.editorial.planning.schedule import Schedule, get_schedule
from companion.editorial.planning.slots import has_passed, has_post
from companion.editorial.planning.suggestions.rules import MOST_APART, are_too_close, is_usable
from companion.editorial.planning.suggestions.value import IMPOSSIBLE, Board, Candidate, Place
from companion.editorial.planning.suggestions.worth import DAY, prior_of, worths
from companion.editorial.ports import Store
from companion.editorial.times import local_day, moment, monday
from companion.editorial.topics import filed_before, source
from companion.records import Agreement, Item, Mix, Slot

WEEK = timedelta(weeks=1)
# The mix is that of four weeks.
WEEKS_PER_MONTH = 4
# How far back posts count for what comes after them: authors are to rest for two weeks.
WEEKS_BACK = 2
# Filing of long ago says little about today's topics, and reading more of it takes time.
MOST_FILED = 50
# A post stays where it stands, or is suggested, unless moving it is worth more than this.
STAY = 0.35
# Who agreed on no mix has none.
ANY_SHARE = {"external": 1000, "own": 1000, "promotion": 1000}
# Whatever else comes, what was accepted keeps a place.
ACCEPTED = 3.0
# With its words written it is as good as done, and what goes out within two days is being worked on.
STAY_WRITTEN, AT_HAND = 1.5, timedelta(hours=48)
# In a slot that a meeting has come over it stays only for want of another one.
IN_THE_WAY = -1.0


@dataclass(frozen=True)
class Desk:
    """What a plan is made on: the slots in order of time, and the items that may go in them or stand there.

    `movable` are the numbers of the slots whose post may be moved; of these `closed` have become unusable, so that
    nothing else may come in its place. `staying` has by item the slot in which it is to stay if it is all the same.
    """

    now: datetime
    schedule: Schedule
    agreement: Agreement
    slots: list[Slot]
    items: list[Item]
    classes: list[Classes]
    movable: Collection[int]
    closed: Collection[int]
    staying: Mapping[str, str]

    @cached_property
    def slot_numbers(self) -> dict[str, int]:
        """The number of each slot, by its id."""
        return {slot["id"]: number for number, slot in enumerate(self.slots)}

    @cached_property
    def item_numbers(self) -> dict[str, int]:
        """The number of each item, by its id."""
        return {item["id"]: number for number, item in enumerate(self.items)}

    @cached_property
    def ahead(self) -> list[float]:
        """By slot how many days from now it is; those that are over have less than none."""
        return [(moment(slot["starts_at"]) - self.now) / DAY for slot in self.slots]

    @property
    def start(self) -> list[tuple[int, int]]:
        """The open places with the candidates that are to stay in them."""
        pairs = ((self.slot_numbers.get(slot), self.item_numbers.get(item)) for item, slot in self.staying.items())
        found = [(place, number) for place, number in pairs if place is not None and number is not None]
        return [(place, number) for place, number in found if place not in self.board.fixed]

    @cached_property
    def board(self) -> Board:
        """The question in numbers: places are the slots; candidates the items, and beyond them own posts."""
        fixed = [number for number, slot in enumerate(self.slots) if has_post(slot) and number not in self.movable]
        without_item = [number for number in fixed if self._item_in(number) is None]
        own = {number: len(self.items) + count for count, number in enumerate(without_item)}
        places = [_place(slot, ahead) for slot, ahead in zip(self.slots, self.ahead, strict=True)]
        own_posts = [Candidate(self.slots[number]["topic"].casefold(), sourcing="own") for number in own]
        return Board(
            places=places,
            candidates=[*map(_candidate, self.items, self.classes), *own_posts],
            worth=[*self._worth(), *([IMPOSSIBLE] * len(places) for _ in own)],
            fixed={number: own.get(number, self._item_in(number) or 0) for number in fixed},
            clashes=_clashes(self.slots),
            share=_share(self.agreement["mix"], places) if self.agreement is not DEFAULT else ANY_SHARE,
        )

    def _item_in(self, number: int) -> int | None:
        return self.item_numbers.get(self.slots[number]["item_id"] or "")

    def _worth(self) -> list[list[float]]:
        """By item what it is worth in each slot by itself, where staying counts too."""
        priors = [prior_of(slot) for slot in self.slots]
        rows = []
        for item, found in zip(self.items, self.classes, strict=True):
            row = worths(item, found.freshness.value, self.ahead, priors, self.now)
            own = self.slot_numbers.get(item["slot_id"] or "", -1)
            declined = {self.slot_numbers[slot] for slot in item["declined_slots"] if slot in self.slot_numbers}
            for number in (declined | set(self.closed)) - {own}:
                row[number] = IMPOSSIBLE
            if own in self.movable:
                row = [worth + ACCEPTED for worth in row]
            if (stays := self.slot_numbers.get(self.staying.get(item["id"], ""))) is not None:
                row[stays] += IN_THE_WAY if stays in self.closed else STAY
                row[stays] += STAY_WRITTEN if own in self.movable and item["commentary"].strip() else 0.0
            rows.append(row)
        return rows


def lay_out(
    store: Store,
    queued: Sequence[Item],
    zone: ZoneInfo,
    now: datetime,
    weeks: int,
    suggested: Mapping[str, str],
    may_move: Callable[[Slot], bool] = lambda _: False,
) -> Desk:
    """What goes where in these weeks from this one on, which are whole: a slot is judged by what else is in its week.

    `suggested` has by item the slots in which they are to stay if it is all the same. Posts that stand are fixed, but
    for commentaries ahead that `may_move`.
    """
    week = monday(local_day(now, zone))
    schedule = get_schedule(store, zone, week - WEEKS_BACK * WEEK, week + weeks * WEEK - DAY, now)
    slots = [slot for slot in schedule.slots if has_post(slot) or is_usable(slot, schedule, now)]
    items = list({item["id"]: item for item in [*queued, *items_of(store, slots).values()]}.values())
    agreement = get_agreement(store)
    filed = filed_before(store.items.newest("filed", FILED, limit=MOST_FILED))
    classes = [classify(item, agreement, filed, now) for item in items]
    movable = {number for number, slot in enumerate(slots) if _is_movable(slot, now) and may_move(slot)}
    closed = {number for number in movable if not is_usable({**slots[number], "status": "open"}, schedule, now)}
    staying = {**suggested, **{item["id"]: item["slot_id"] for item in items if item["slot_id"]}}
    return Desk(now, schedule, agreement, slots, items, classes, movable, closed, staying)


def _is_movable(slot: Slot, now: datetime) -> bool:
    """Own posts, what was put in a slot for the day, and what is at hand, are where the user wants them."""
    return slot["status"] == "planned" and slot["kind"] == "commentary" and not has_passed(slot, now + AT_HAND)


def _place(slot: Slot, ahead: float) -> Place:
    week = (date.fromisoformat(slot["date"]).toordinal() - 1) // 7
    return Place(ahead, week, week // WEEKS_PER_MONTH)


def _candidate(item: Item, classes: Classes) -> Candidate:
    article = item["article"]
    return Candidate(
        topic=classes.topic.value.casefold(),
        source=source(article),
        authors=frozenset(article["authors"]),
        sourcing=classes.sourcing.value,
    )


def _clashes(slots: list[Slot]) -> list[list[int]]:
    """By slot those that are too close to it; in order of time these are its neighbours."""
    found: list[list[int]] = [[] for _ in slots]
    for number, slot in enumerate(slots):
        for other in range(number + 1, len(slots)):
            if moment(slots[other]["starts_at"]) - moment(slot["starts_at"]) >= MOST_APART:
                break
            if are_too_close(slot, slots[other]):
                found[number].append(other)
                found[other].append(number)
    return found


def _share(mix: Mix, places: Sequence[Place]) -> Mapping[str, int]:
    """How many posts of a sourcing four weeks may have; of promotion never more than its part."""
    months = max(1.0, len({place.week for place in places}) / WEEKS_PER_MONTH)
    a_month = len(places) / months
    return {
        "external": -int(-a_month * mix["external"] // 100),
        "own": -int(-a_month * mix["own"] // 100),
        "promotion": int(a_month * mix["promotion"] // 100),
    }
