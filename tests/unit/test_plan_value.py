"""What a plan is worth, and finding the plan that is worth most."""

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.editorial.planning.suggestions.solver import solve
from companion.editorial.planning.suggestions.value import (
    FIRST_IN_WEEK,
    IMPOSSIBLE,
    OVER_SHARE,
    SAME_AUTHOR,
    SAME_SOURCE_IN_WEEK,
    SAME_TOPIC_NEXT,
    Around,
    Board,
    Candidate,
    Place,
    Standing,
    value_of,
)

PLENTY = {"external": 99, "own": 99, "promotion": 99}


def board(candidates, worth=None, weeks=(0, 0, 1), fixed=None, clashes=None, share=PLENTY):
    places = [Place(at=week * 7 + n, week=week, month=0) for n, week in enumerate(weeks)]
    worth = worth or [[1.0] * len(places) for _ in candidates]
    return Board(places, candidates, worth, fixed or {}, clashes or [[] for _ in places], share)


ONE, OTHER = Candidate(source="a.example"), Candidate(source="b.example")


@pytest.mark.parametrize(
    ("candidates", "plan", "points"),
    [
        ([ONE, OTHER], [0, None, None], FIRST_IN_WEEK),
        ([ONE, OTHER], [0, None, 1], 2 * FIRST_IN_WEEK),
        ([ONE, OTHER], [0, 1, None], FIRST_IN_WEEK),
        ([ONE, ONE], [0, 1, None], FIRST_IN_WEEK + SAME_SOURCE_IN_WEEK),
        ([ONE, ONE], [0, None, 1], 2 * FIRST_IN_WEEK),
        ([Candidate(topic="AI"), Candidate(topic="AI")], [0, 1, None], FIRST_IN_WEEK + SAME_TOPIC_NEXT),
        ([Candidate(topic="AI"), Candidate(topic="AI")], [0, None, 1], 2 * FIRST_IN_WEEK + SAME_TOPIC_NEXT),
        ([Candidate(topic="AI"), Candidate(), Candidate(topic="AI")], [0, 1, 2], 2 * FIRST_IN_WEEK),
        ([Candidate(), Candidate()], [0, 1, None], FIRST_IN_WEEK),  # Nothing known is not the same.
        ([Candidate(authors=frozenset("x"))] * 2, [0, None, 1], 2 * FIRST_IN_WEEK + SAME_AUTHOR),
    ],
)
def test_a_plan_is_worth_its_articles_and_how_they_stand_together(candidates, plan, points):
    articles = sum(number is not None for number in plan)
    assert value_of(board(candidates), plan) == pytest.approx(articles + points)


def test_the_same_author_after_two_weeks_costs_nothing():
    far = board([Candidate(authors=frozenset("x"))] * 2, weeks=(0, 2))
    assert value_of(far, [0, 1]) == 2 + 2 * FIRST_IN_WEEK


@pytest.mark.parametrize("sourcing", OVER_SHARE)
def test_more_of_a_sourcing_than_agreed_costs(sourcing):
    candidates = [Candidate(sourcing=sourcing)] * 3
    value = value_of(board(candidates, share={**PLENTY, sourcing: 1}), [0, 1, 2])
    assert value == pytest.approx(3 + 2 * FIRST_IN_WEEK + 2 * OVER_SHARE[sourcing])


def test_a_week_without_a_post_is_filled_before_another_gets_a_second():
    plan = solve(board([ONE, OTHER], [[1.0, 0.9, 0.3], [0.9, 0.8, 0.2]]))
    assert plan[2] is not None
    assert plan[:2].count(None) == 1


def test_a_place_stays_empty_where_nothing_is_worth_it():
    assert solve(board([ONE], [[-2.0, -2.0, -2.0]])) == [None, None, None]


def test_posts_that_stand_stay_and_count():
    # Of the two empty places the one in the week of the same source is worth less.
    assert solve(board([ONE, ONE], fixed={0: 0})) == [0, None, 1]


def test_two_places_that_clash_are_not_both_filled():
    plan = solve(board([ONE, OTHER], weeks=(0, 0), clashes=[[1], [0]]))
    assert sorted(plan, key=str) in ([0, None], [1, None])


def drawn(seed):
    chance = random.Random(seed)
    places, number = chance.randint(2, 4), chance.randint(1, 5)
    candidates = [
        Candidate(
            chance.choice(["", "t", "u"]),
            chance.choice("ab"),
            frozenset(chance.choice(["", "x", "y"])),
            chance.choice(["external", "external", "promotion"]),
        )
        for _ in range(number)
    ]
    worth = [
        [
            chance.choice([chance.random(), IMPOSSIBLE, -0.5]) if chance.random() < 0.3 else chance.random()
            for _ in range(places)
        ]
        for _ in candidates
    ]
    weeks = sorted(chance.choices(range(3), k=places))
    return board(candidates, worth, weeks, share={"external": 2, "own": 1, "promotion": 0})


def best_value(drawn_board):
    """By trying everything."""
    numbers = [*range(len(drawn_board.candidates)), *[None] * len(drawn_board.places)]
    return max(value_of(drawn_board, plan) for plan in set(permutations(numbers, len(drawn_board.places))))


def test_over_many_small_questions_next_to_nothing_is_lost():
    boards = [drawn(seed) for seed in range(120)]
    found, best = ([value(one) for one in boards] for value in (lambda one: value_of(one, solve(one)), best_value))
    assert sum(found) >= 0.99 * sum(best)
    assert all(mine >= 0.5 * theirs - 1e-9 for mine, theirs in zip(found, best, strict=True))


@given(st.integers(0, 10**6))
def test_the_terms_that_people_read_are_those_that_are_counted(seed):
    asked = drawn(seed)
    standing = Standing(asked)
    for place, candidate in enumerate(solve(asked)):
        if candidate is not None and place:
            standing.put(candidate, place)
    around = Around(standing, 0)
    for candidate in asked.candidates:
        assert around.points(candidate) == pytest.approx(sum(points for _, points in around.terms(candidate)))
