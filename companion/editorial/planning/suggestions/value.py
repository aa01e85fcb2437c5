"""What a plan is worth: the terms that a score is made of, for the solver to count with and for people to read.

A plan has for each place, in order of time, the number of the candidate in it, or None. A place is an open slot, or
one whose post stands: its candidate is fixed.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

# An article's own worth lies between 0 and 1; these are in the same unit. Every week gets a post before any week gets
# a second one, so the first counts as much as the freshest article. The others are our choice.
FIRST_IN_WEEK = 1.0
SAME_SOURCE_IN_WEEK = -0.4
SAME_AUTHOR = -0.3
SAME_TOPIC_NEXT = -0.3
OVER_SHARE = {"external": -0.2, "own": -0.2, "promotion": -0.8}
# Posts further apart are no neighbours, whatever stands between them: a week and a weekend.
NEIGHBOUR_DAYS = 10
# The same author once in two weeks.
AUTHOR_DAYS = 14
IMPOSSIBLE = float("-inf")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the terms look at in an item, or in a post that stands; empty where it is not known."""

    topic: str = ""
    source: str = ""
    authors: frozenset[str] = frozenset()
    sourcing: str = "external"


@dataclass(frozen=True, slots=True)
class Place:
    """What the terms look at in a slot: `at` in days from now, and the numbers of its week and of its four weeks."""

    at: float
    week: int
    month: int


@dataclass(frozen=True)
class Board:
    """The question: what goes where.

    `worth` says by candidate and place what the one is worth in the other by itself, or IMPOSSIBLE; `fixed` the
    candidate of each place whose post stands; `clashes` the places that are too close to a place on the same channel;
    `share` how many of a sourcing four weeks may have before another one costs.
    """

    places: Sequence[Place]
    candidates: Sequence[Candidate]
    worth: Sequence[Sequence[float]]
    fixed: Mapping[int, int]
    clashes: Sequence[Sequence[int]]
    share: Mapping[str, int]

    @cached_property
    def beside(self) -> list[tuple[list[int], list[int]]]:
        """By place those before and those after it that may count as its neighbour, the nearest first."""
        numbered = list(enumerate(self.places))
        return [
            (
                [other for other, there in reversed(numbered[:number]) if here.at - there.at < NEIGHBOUR_DAYS],
                [other for other, there in numbered[number + 1 :] if there.at - here.at < NEIGHBOUR_DAYS],
            )
            for number, here in numbered
        ]

    @cached_property
    def open_places(self) -> list[int]:
        """The places that a candidate can be given."""
        return [place for place in range(len(self.places)) if place not in self.fixed]


class Around:
    """What stands around a place that is empty, as far as it counts for a candidate there."""

    __slots__ = ("apart", "at", "first", "over", "posts_of", "sources", "topics")

    def __init__(self, standing: "Standing", place: int) -> None:
        board, where = standing.board, standing.board.places[place]
        self.at = where.at
        self.first = 0.0 if standing.sources[where.week] else FIRST_IN_WEEK
        self.sources = set(standing.sources[where.week]) - {""}
        before, after = map(standing.nearest_post, board.beside[place])
        self.topics = [topic for beside in (before, after) if (topic := standing.topic_at(beside))]
        # Between two posts on one topic any other does good.
        self.apart = 0.0
        if before is not None and after is not None and len(self.topics) == 2 and self.topics[0] == self.topics[1]:
            is_near = board.places[after].at - board.places[before].at < NEIGHBOUR_DAYS
            self.apart = -SAME_TOPIC_NEXT if is_near else 0.0
        self.over = {
            sourcing: points if standing.sourcings[where.month][sourcing] >= board.share[sourcing] else 0.0
            for sourcing, points in OVER_SHARE.items()
        }
        self.posts_of = standing.posts_of

    @property
    def most(self) -> float:
        """The most that can come to a candidate's own worth: all that depends on the candidate takes away."""
        return self.first + self.apart

    def points(self, what: Candidate) -> float:
        """What comes to a candidate's own worth."""
        points = self.most + self.over[what.sourcing]
        if what.source in self.sources:
            points += SAME_SOURCE_IN_WEEK
        if what.topic and what.topic in self.topics:
            points += SAME_TOPIC_NEXT * self.topics.count(what.topic)
        for author in what.authors:
            if author in self.posts_of:
                points += SAME_AUTHOR * self.posts_near(author)
        return points

    def terms(self, what: Candidate) -> list[tuple[str, float]]:
        """The same in its parts, by code, without those that change nothing."""
        parts = {
            "first_in_week": self.first,
            "keeps_apart": self.apart,
            "same_source": SAME_SOURCE_IN_WEEK if what.source in self.sources else 0.0,
            "same_topic": SAME_TOPIC_NEXT * self.topics.count(what.topic) if what.topic else 0.0,
            "same_author": SAME_AUTHOR * sum(map(self.posts_near, what.authors)),
            "over_share": self.over[what.sourcing],
        }
        return [(code, points) for code, points in parts.items() if points]

    def posts_near(self, author: str) -> int:
        """How many posts about this author stand within two weeks."""
        return sum(abs(at - self.at) < AUTHOR_DAYS for at in self.posts_of.get(author, ()))


class Standing:
    """A plan as it stands, with what its terms count."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.at: list[int | None] = [None] * len(board.places)
        # How many posts: by week and source, by month and sourcing; and when, by author.
        self.sources: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.sourcings: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.posts_of: dict[str, list[float]] = {}
        for place, candidate in board.fixed.items():
            self.put(candidate, place)

    def put(self, candidate: int, place: int) -> None:
        """Let the candidate have the place, which is empty."""
        self.at[place] = candidate
        where, what = self.board.places[place], self.board.candidates[candidate]
        self.sources[where.week][what.source] += 1
        self.sourcings[where.month][what.sourcing] += 1
        for author in what.authors:
            self.posts_of.setdefault(author, []).append(where.at)

    def take(self, place: int) -> int:
        """Empty the place, and return the candidate that had it."""
        candidate = self.at[place]
        assert candidate is not None
        self.at[place] = None
        where, what = self.board.places[place], self.board.candidates[candidate]
        sources = self.sources[where.week]
        sources[what.source] -= 1
        if not sources[what.source]:
            del sources[what.source]  # A week without a source has no post.
        self.sourcings[where.month][what.sourcing] -= 1
        for author in what.authors:
            self.posts_of[author].remove(where.at)
        return candidate

    def nearest_post(self, side: Sequence[int]) -> int | None:
        """The first of these places in which a post stands."""
        for place in side:
            if self.at[place] is not None:
                return place
        return None

    def topic_at(self, place: int | None) -> str:
        """The topic of the post there; empty where there is none."""
        candidate = None if place is None else self.at[place]
        return "" if candidate is None else self.board.candidates[candidate].topic

    def gain(self, candidate: int, place: int) -> float:
        """What the plan is worth more with the candidate in the place, which is empty; IMPOSSIBLE where it may not."""
        worth = self.board.worth[candidate][place]
        if worth == IMPOSSIBLE or self.is_too_close(place):
            return IMPOSSIBLE
        return worth + Around(self, place).points(self.board.candidates[candidate])

    def is_too_close(self, place: int) -> bool:
        """Whether a post on the same channel stands less than its hours away."""
        return any(self.at[other] is not None for other in self.board.clashes[place])


def value_of(board: Board, plan: Sequence[int | None]) -> float:
    """What a whole plan is worth, IMPOSSIBLE where it breaks a rule; the order of counting does not matter."""
    standing, value = Standing(board), 0.0
    for place in board.open_places:
        candidate = plan[place]
        if candidate is not None:
            value += standing.gain(candidate, place)
            standing.put(candidate, place)
    return value
