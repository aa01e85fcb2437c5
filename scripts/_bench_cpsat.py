"""The plan that OR-tools finds for the same question, as the measure of ours; OR-tools is in nobody's way elsewhere."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

from companion.editorial.planning.suggestions.value import (
    AUTHOR_DAYS,
    FIRST_IN_WEEK,
    IMPOSSIBLE,
    NEIGHBOUR_DAYS,
    OVER_SHARE,
    SAME_AUTHOR,
    SAME_SOURCE_IN_WEEK,
    SAME_TOPIC_NEXT,
    Board,
)

# CP-SAT counts in whole numbers.
SCALE = 10_000


def cp_sat_plan(board: Board, seconds: float, workers: int) -> list[int | None]:
    """The best plan that CP-SAT finds in this time, by place, for a board on which nothing is fixed."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    takes = {
        (place, candidate): model.new_bool_var("")
        for candidate, row in enumerate(board.worth)
        for place, worth in enumerate(row)
        if worth != IMPOSSIBLE
    }
    question = _Question(model, board, takes)
    question.state_rules()
    model.maximize(sum(question.terms()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.solve(model)
    plan: list[int | None] = [None] * len(board.places)
    for (place, candidate), variable in takes.items():
        if solver.value(variable):
            plan[place] = candidate
    return plan


class _Question:
    def __init__(self, model: Any, board: Board, takes: dict[tuple[int, int], Any]) -> None:
        self.model, self.board, self.takes = model, board, takes
        self.in_place: dict[int, list[tuple[int, Any]]] = defaultdict(list)
        for (place, candidate), variable in takes.items():
            self.in_place[place].append((candidate, variable))

    def state_rules(self) -> None:
        """A place has one candidate at most, a candidate one place, and two that clash are not both filled."""
        by_candidate: dict[int, list[Any]] = defaultdict(list)
        for (_, candidate), variable in self.takes.items():
            by_candidate[candidate].append(variable)
        for variables in by_candidate.values():
            self.model.add_at_most_one(variables)
        for place in range(len(self.board.places)):
            self.model.add(self._filled(place) <= 1)
            for other in self.board.clashes[place]:
                self.model.add(self._filled(place) + self._filled(other) <= 1)

    def _filled(self, place: int) -> Any:
        return sum(variable for _, variable in self.in_place[place])

    def terms(self) -> Iterable[Any]:
        """The same terms as the standing of a plan counts, as variables."""
        for (place, candidate), variable in self.takes.items():
            yield round(self.board.worth[candidate][place] * SCALE) * variable
        yield from self._first_in_week()
        yield from self._same_source()
        yield from self._same_topic()
        yield from self._same_author()
        yield from self._over_share()

    def _first_in_week(self) -> Iterable[Any]:
        for week in {place.week for place in self.board.places}:
            has_post = self.model.new_bool_var("")
            places = [number for number, place in enumerate(self.board.places) if place.week == week]
            self.model.add(has_post <= sum(self._filled(place) for place in places))
            yield round(FIRST_IN_WEEK * SCALE) * has_post

    def _more_than(self, variables: list[Any], allowed: int, points: float) -> Iterable[Any]:
        """The cost of each one above what is allowed."""
        if len(variables) > allowed:
            above = self.model.new_int_var(0, len(variables), "")
            self.model.add(above >= sum(variables) - allowed)
            yield round(points * SCALE) * above

    def _groups(self, places: Iterable[int], name: str) -> dict[str, list[Any]]:
        groups: dict[str, list[Any]] = defaultdict(list)
        for place in places:
            for candidate, variable in self.in_place[place]:
                groups[getattr(self.board.candidates[candidate], name)].append(variable)
        return groups

    def _places_by(self, name: str) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for number, place in enumerate(self.board.places):
            found[getattr(place, name)].append(number)
        return found

    def _same_source(self) -> Iterable[Any]:
        for places in self._places_by("week").values():
            for source, variables in self._groups(places, "source").items():
                if source:
                    yield from self._more_than(variables, 1, SAME_SOURCE_IN_WEEK)

    def _same_topic(self) -> Iterable[Any]:
        """Two posts on one topic, few days apart, with no post between them."""
        for first, second in combinations(range(len(self.board.places)), 2):
            if self.board.places[second].at - self.board.places[first].at >= NEIGHBOUR_DAYS:
                continue
            between = sum(self._filled(place) for place in range(first + 1, second))
            earlier, later = self._groups([first], "topic"), self._groups([second], "topic")
            for topic in (earlier.keys() & later.keys()) - {""}:
                are_next = self.model.new_bool_var("")
                self.model.add(are_next >= sum(earlier[topic]) + sum(later[topic]) - 1 - between)
                yield round(SAME_TOPIC_NEXT * SCALE) * are_next

    def _same_author(self) -> Iterable[Any]:
        places = self.board.places
        authors = {author for candidate in self.board.candidates for author in candidate.authors}
        by_author = {author: self._of_author(author) for author in authors}
        for by_place in by_author.values():
            for first in by_place:
                for second in by_place:
                    if first < second and places[second].at - places[first].at < AUTHOR_DAYS:
                        yield from self._more_than(by_place[first] + by_place[second], 1, SAME_AUTHOR)

    def _of_author(self, author: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for (place, candidate), variable in self.takes.items():
            if author in self.board.candidates[candidate].authors:
                found[place].append(variable)
        return found

    def _over_share(self) -> Iterable[Any]:
        for places in self._places_by("month").values():
            for sourcing, variables in self._groups(places, "sourcing").items():
                yield from self._more_than(variables, self.board.share[sourcing], OVER_SHARE[sourcing])
