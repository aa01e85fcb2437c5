"""Which candidate goes in which place: greedy, then swaps until none makes the plan worth more.

Measured against CP-SAT with ten seconds, this comes within one percent; `scripts/bench.py planning` shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from companion.editorial.planning.suggestions.value import IMPOSSIBLE, Around, Board, Standing

# Gains below this are noise of floating point, and could go round in circles.
LEAST_GAIN = 1e-9
# After four rounds hardly anything was found any more in the cases of the bench.
MOST_ROUNDS = 4

# Places so near each other count for each other, by at most about so much.
REACH, NEIGHBOURS = 2, 0.7
# What an exchange makes of two places, by place, and what they are worth then.
Option: TypeAlias = tuple[float, tuple[tuple[int, int | None], ...]]
NONE: Option = (IMPOSSIBLE, ())


def solve(board: Board, start: Sequence[tuple[int, int]] = ()) -> list[int | None]:
    """The plan, by place; a place stays empty where no candidate makes the plan worth more.

    `start` has places with the candidates that they are to be tried with first.
    """
    search = _Search(board, start)
    search.fill()
    moved = set(board.open_places)
    for _ in range(MOST_ROUNDS):
        if not (moved := search.improve(moved)):
            break
    return search.standing.at


@dataclass(slots=True)
class _Seen:
    """A place as it looks without its candidate: what the candidate is worth in it, and the best unused one."""

    around: Around
    now: float
    best: float


class _Search:
    def __init__(self, board: Board, start: Sequence[tuple[int, int]]) -> None:
        self.board = board
        self.standing = Standing(board)
        self.unused = set(range(len(board.candidates))) - set(board.fixed.values())
        self.open = board.open_places
        # By place, for as long as nobody moves.
        self.seen: dict[int, _Seen] = {}
        self.best_first = {place: self._ranked(place) for place in self.open}
        for place, candidate in start:
            if candidate in self.unused and self.standing.gain(candidate, place) > 0:
                self._put(candidate, place)

    def _ranked(self, place: int) -> list[tuple[float, int]]:
        """The candidates that may stand in the place with their worth there, best first."""
        ranked = [(-row[place], number) for number, row in enumerate(self.board.worth) if row[place] != IMPOSSIBLE]
        ranked.sort()
        return [(-worth, number) for worth, number in ranked]

    def _put(self, candidate: int, place: int) -> None:
        self.standing.put(candidate, place)
        self.unused.discard(candidate)

    def _take(self, place: int) -> int:
        candidate = self.standing.take(place)
        self.unused.add(candidate)
        return candidate

    def _best(self, place: int, more_than: float = 0.0) -> tuple[float, int | None]:
        """The unused candidate that gains most in the empty place, and how much; None where none gains enough."""
        best, found = more_than, None
        if self.standing.is_too_close(place):
            return best, found
        around, candidates = Around(self.standing, place), self.board.candidates
        for worth, candidate in self.best_first[place]:
            if worth + around.most <= best:
                break  # Those that follow are worth less.
            if candidate in self.unused and (gain := worth + around.points(candidates[candidate])) > best:
                best, found = gain, candidate
        return best, found

    def fill(self) -> None:
        """Give each empty place, in order of time, what gains most: what fades does so first."""
        for place in self.open:
            if self.standing.at[place] is None:
                _, candidate = self._best(place)
                if candidate is not None:
                    self._put(candidate, place)

    def improve(self, looked_at: set[int]) -> set[int]:
        """One round of the moves of these places; returns the places for which they were worth it."""
        moved = {place for place in self.open if place in looked_at and self._replace(place)}
        for first, second in combinations(self.open, 2):
            if (first in looked_at or second in looked_at) and self._exchange(first, second):
                moved |= {first, second}
        return moved

    def _replace(self, place: int) -> bool:
        """Another candidate for the place, or one for an empty place."""
        before = self.standing.at[place]
        stays = 0.0
        if before is not None:
            self._take(place)
            stays = self.standing.gain(before, place)
        _, better = self._best(place, max(stays, 0.0) + LEAST_GAIN)
        after = before if better is None and stays > 0 else better
        if after is not None:
            self._put(after, place)
        if after != before:
            self.seen.clear()
        return after != before

    def _exchange(self, first: int, second: int) -> bool:
        """One takes the other's place, which takes the best unused one: most often the one that gave way."""
        a, b = self.standing.at[first], self.standing.at[second]
        if not self._seems_worth_it(first, second):
            return False
        for place, candidate in ((first, a), (second, b)):
            if candidate is not None:
                self._take(place)
        now = self._together(first, a, second, b) + LEAST_GAIN
        options = [self._tried(first, b, second, now), self._tried(second, a, first, now)]
        value, plan = max(options, key=lambda option: option[0])
        is_better = value > now
        for place, candidate in plan if is_better else ((first, a), (second, b)):
            if candidate is not None:
                self._put(candidate, place)
        if is_better:
            self.seen.clear()
        return is_better

    def _together(self, first: int, a: int | None, second: int, b: int | None) -> float:
        """What two empty places are worth with these candidates."""
        if a is None:
            return 0.0 if b is None else self.standing.gain(b, second)
        value = self.standing.gain(a, first)
        if b is not None:
            self.standing.put(a, first)
            value += self.standing.gain(b, second)
            self.standing.take(first)
        return value

    def _tried(self, place: int, candidate: int | None, other: int, more_than: float) -> Option:
        """What two empty places are worth with this candidate in the one and the best unused one in the other."""
        if candidate is None or (value := self.standing.gain(candidate, place)) == IMPOSSIBLE:
            return NONE
        self._put(candidate, place)
        gain, found = self._best(other, max(0.0, more_than - value))
        self._take(place)
        return (value + gain, ((place, candidate), (other, found))) if found is not None or value > more_than else NONE

    def _seems_worth_it(self, first: int, second: int) -> bool:
        """Whether an exchange may gain, as far as the two places do not count for each other."""
        a, b = self.standing.at[first], self.standing.at[second]
        if a is None or b is None:
            return a is not b
        here, there = self._seen(first), self._seen(second)
        crossed = max(
            self._points(here, b, first) + max(there.best, self._points(there, a, second)),
            self._points(there, a, second) + here.best,
        )
        slack = NEIGHBOURS if second - first <= REACH else 0.0
        return crossed + slack > here.now + there.now + LEAST_GAIN

    def _points(self, seen: "_Seen", candidate: int, place: int) -> float:
        return self.board.worth[candidate][place] + seen.around.points(self.board.candidates[candidate])

    def _seen(self, place: int) -> "_Seen":
        """How the place looks without its candidate, for as long as nobody moves."""
        if place not in self.seen:
            candidate = self._take(place)
            around = Around(self.standing, place)
            now = self.board.worth[candidate][place] + around.points(self.board.candidates[candidate])
            self.unused.discard(candidate)
            best, _ = self._best(place)
            self._put(candidate, place)
            self.seen[place] = _Seen(around, now, best)
        return self.seen[place]
