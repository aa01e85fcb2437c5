"""Why a slot suits: the terms of its score as codes, with what their sentences need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from companion.editorial.busy import moment_of
from companion.editorial.planning.suggestions.desk import Desk
from companion.editorial.planning.suggestions.value import Around, Board
from companion.editorial.planning.suggestions.worth import DAY, appeared
from companion.editorial.times import instant, moment
from companion.records import Slot

# A topic that was not posted about for a week has rested.
RESTED_DAYS = 7


@dataclass(frozen=True)
class Reason:
    """Why a slot suits: a code, and the values that its sentence needs."""

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Suggested:
    """A slot with its score, the higher the better, and the reasons that the score is made of."""

    slot: Slot
    score: float
    reasons: list[Reason]


def suggested(desk: Desk, number: int, place: int, around: Around) -> Suggested:
    """An item for a place, of which `around` tells the neighbours. The place itself is empty."""
    score = desk.board.worth[number][place] + around.points(desk.board.candidates[number])
    reasons = [_age(desk, number, place), *_terms(desk, number, around), *_others(desk, number, place, around)]
    return Suggested(desk.slots[place], round(score, 3), reasons)


def _age(desk: Desk, number: int, place: int) -> Reason:
    item, starts_at = desk.items[number], moment(desk.slots[place]["starts_at"])
    came_out = appeared(item)
    days = max(0, round((starts_at - (came_out or moment(item["captured_at"]))) / DAY))
    return Reason("age" if came_out else "kept", {"days": days, "freshness": desk.classes[number].freshness.value})


def _terms(desk: Desk, number: int, around: Around) -> Iterator[Reason]:
    article, classes = desk.items[number]["article"], desk.classes[number]
    values: dict[str, Mapping[str, Any]] = {
        "first_in_week": {},
        "same_source": {"site": article["site_name"]},
        "same_author": {"author": next(filter(around.posts_near, article["authors"]), "")},
        "same_topic": {"topic": classes.topic.value},
    }
    # The mix is told of as a whole; at each single post only where it is promotion.
    if classes.sourcing.value == "promotion":
        values["over_share"] = {}
    for code, _ in around.terms(desk.board.candidates[number]):
        if code in values:
            yield Reason(code, values[code])


def _others(desk: Desk, number: int, place: int, around: Around) -> Iterator[Reason]:
    """What adds nothing to the score, and yet is good to know."""
    slot, board = desk.slots[place], desk.board
    in_week = [other for other in board.open_places if board.places[other].week == board.places[place].week]
    if in_week == [place]:
        yield Reason("only_slot_in_week", {"kind": slot["kind"]})
    topic = board.candidates[number].topic
    rested = _days_since(board, topic, place) if topic and topic not in around.topics else None
    if rested and rested >= RESTED_DAYS:
        yield Reason("topic_rested", {"topic": desk.classes[number].topic.value, "days": rested})
    if words := len(desk.items[number]["commentary"].split()):
        yield Reason("view_written", {"words": words})
    block = desk.schedule.preparations[slot["id"]].block
    if block:
        yield Reason("preparation", {"starts_at": instant(moment_of(block[0])), "minutes": block[1] - block[0]})


def _days_since(board: Board, topic: str, place: int) -> int | None:
    """The days between the last post on this topic that stands before the place, and the place."""
    before = [one for one, number in board.fixed.items() if one < place and board.candidates[number].topic == topic]
    return round(board.places[place].at - board.places[max(before)].at) if before else None
