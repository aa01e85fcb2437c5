"""The agreement: what it takes, the weekly pattern that fits it, and what follows from changing it."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion import contract
from companion.editorial.agreement import ANYBODYS_HOURS, DEFAULT, every_day, get_agreement, set_agreement
from companion.editorial.agreement.countries import countries, region_name
from companion.editorial.curation import get_item
from companion.editorial.planning import agree, cadence, placement
from companion.editorial.planning.fitting import fitted, outside, pace
from companion.errors import Conflict, Invalid
from tests.unit.planning import AMSTERDAM, NOW, ids, queue, week

TODAY = date(2026, 11, 22)
ANY_HOURS = {**DEFAULT, "hours": ANYBODYS_HOURS}


def told(cadence):
    return [(e["id"], e["time"], e["every_weeks"]) for e in cadence["entries"] if e["kind"] == "commentary"]


def topical(cadence):
    return [(e["id"], e["time"], e["every_weeks"]) for e in cadence["entries"] if e["kind"] == "ad_hoc"]


@pytest.mark.parametrize(
    ("posts", "days", "free"),
    [
        (0.25, [("wed", 4)], []),
        (0.33, [("wed", 3)], []),
        (0.7, [("wed", 2)], []),
        (1.01, [("wed", 1)], ["fri"]),
        (1.75, [("tue", 1), ("thu", 2)], ["fri"]),
        (0.5, [("wed", 2)], []),
        (1, [("wed", 1)], ["fri"]),
        (1.5, [("tue", 1), ("thu", 2)], ["fri"]),
        (2, [("tue", 1), ("thu", 1)], ["fri"]),
        (3, [("mon", 1), ("wed", 1), ("fri", 1)], ["thu"]),
        (4, [("mon", 1), ("tue", 1), ("thu", 1), ("fri", 1)], ["wed"]),
        (5, [("mon", 1), ("tue", 1), ("wed", 1), ("thu", 1), ("fri", 1)], []),
        (10, [("mon", 1), ("tue", 1), ("wed", 1), ("thu", 1), ("fri", 1)], []),
    ],
)
def test_the_pattern_spreads_the_posts_over_the_week(posts, days, free):
    made = fitted({**ANY_HOURS, "posts_a_week": posts})
    assert [(name, every) for name, _, every in told(made)] == days
    assert [name for name, _, _ in topical(made)] == free


def test_two_a_week_in_anybodys_hours_is_the_default():
    assert fitted(ANY_HOURS) == cadence.DEFAULT


def stretch(weekday, starts, ends):
    return {"weekday": weekday, "starts": starts, "ends": ends}


@pytest.mark.parametrize(
    ("hours", "commentaries", "free"),
    [
        (every_day("09:00", "17:00"), [("tue", "09:10", 1), ("thu", "09:10", 1)], [("fri", "12:10", 2)]),
        (every_day("13:00", "17:00"), [("tue", "13:10", 1), ("thu", "13:10", 1)], [("fri", "13:10", 2)]),
        (every_day("06:00", "08:00"), [("tue", "07:50", 1), ("thu", "07:50", 1)], [("fri", "07:50", 2)]),
        ([stretch(1, "09:00", "12:00"), stretch(1, "13:00", "17:00")], [("mon", "09:10", 1)], []),
        # On Tuesday the morning is too near to Monday's post, and Wednesday has no room for something topical.
        (
            [stretch(1, "17:00", "19:00"), stretch(2, "09:00", "17:00")],
            [("mon", "17:10", 1), ("tue", "11:10", 1)],
            [],
        ),
        ([stretch(1, "18:00", "19:00"), stretch(2, "07:00", "09:00")], [("mon", "18:10", 1)], []),
        ([], [], []),
    ],
)
def test_it_lies_in_the_working_hours_and_18_hours_apart(hours, commentaries, free):
    made = fitted({**DEFAULT, "hours": hours})
    assert (told(made), topical(made)) == (commentaries, free)


times = st.integers(0, 23 * 4).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")
stretches = st.lists(
    st.tuples(st.integers(1, 5), times, times).filter(lambda one: one[1] < one[2]), max_size=8, unique_by=lambda o: o[0]
)


@given(stretches, st.sampled_from([0.25, 0.5, 1, 1.5, 2, 3, 4, 5, 7.5]))
def test_whatever_the_hours_every_entry_is_inside_and_well_apart(hours, posts):
    made = fitted({**DEFAULT, "posts_a_week": posts, "hours": [stretch(*one) for one in hours]})
    assert contract.check("cadence", made) == []
    assert outside(made, [stretch(*one) for one in hours]) == []
    at = [(e["weekday"] * 24 + int(e["time"][:2])) * 60 + int(e["time"][3:]) for e in made["entries"]]
    assert all(min(abs(a - b), 168 * 60 - abs(a - b)) >= 18 * 60 for a, b in combinations(at, 2))
    assert pace(made) <= posts


def test_the_pattern_gives_what_was_agreed_where_whole_weeks_can():
    given = {posts: pace(fitted({**ANY_HOURS, "posts_a_week": posts})) for posts in (0.25, 0.5, 1, 1.2, 1.5, 3, 5, 10)}
    assert given == {posts: pytest.approx(min(posts, 5)) for posts in given}


def test_an_entry_outside_the_hours_is_named():
    assert ids(outside(cadence.DEFAULT, every_day("09:00", "17:00"))) == ["tue", "thu"]
    assert ids(outside(cadence.DEFAULT, [stretch(2, "08:00", "09:00")])) == ["thu", "fri"]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"hours": [stretch(1, "17:00", "09:00")]}, "hours[0].ends"),
        ({"hours": [stretch(1, "09:00", "12:00"), stretch(1, "11:00", "17:00")]}, "hours[1].starts"),
        ({"country": "XX"}, "country"),
        ({"topics": [{"name": "AI", "keywords": []}, {"name": " ai ", "keywords": []}]}, "topics[1].name"),
        ({"mix": {"external": 50, "own": 30, "promotion": 30}}, "mix"),
        ({"hours": []}, "hours"),
        ({"quarter_at": "20:00"}, "quarter_at"),
        ({"quarter_at": "12:30", "hours": [stretch(1, "09:00", "12:30"), stretch(1, "13:00", "17:00")]}, "quarter_at"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_changes(store, changes, path):
    with pytest.raises(Invalid) as refusal:
        agree.make_agreement(store, {**DEFAULT, **changes}, TODAY)
    assert [problem["path"] for problem in refusal.value.problems] == [path]
    assert get_agreement(store) == DEFAULT
    assert store.singletons.find("cadence") is None


def test_the_first_agreement_keeps_the_default_pattern_or_fits_it_into_its_hours(store):
    assert agree.make_agreement(store, DEFAULT, TODAY) is False
    assert cadence.get_cadence(store) == cadence.DEFAULT
    assert agree.make_agreement(store, {**DEFAULT, "hours": every_day("09:00", "17:00")}, TODAY) is True
    assert [(slot["date"], slot["time"]) for slot in week(store)] == [("2026-11-24", "09:10"), ("2026-11-26", "09:10")]


def test_a_pattern_that_was_fitted_follows_the_agreement_and_the_users_own_stays(store):
    agree.make_agreement(store, {**DEFAULT, "posts_a_week": 3}, TODAY)
    agree.make_agreement(store, {**DEFAULT, "posts_a_week": 1}, TODAY)
    assert pace(cadence.get_cadence(store)) == 1
    own = {"entries": [{**cadence.DEFAULT["entries"][0], "time": "16:00"}]}
    cadence.set_cadence(store, own)
    agree.make_agreement(store, {**DEFAULT, "posts_a_week": 4}, TODAY)
    assert cadence.get_cadence(store) == own
    agree.fit_pattern(store)
    assert pace(cadence.get_cadence(store)) == 4


def test_what_was_accepted_stays_where_it_is(store):
    item = queue(store)
    placement.place(store, item, "2026-11-24-tue", AMSTERDAM, NOW)
    before = [slot for slot in week(store) if slot["item_id"]]
    agree.make_agreement(store, {**DEFAULT, "hours": [stretch(5, "13:00", "17:00")]}, TODAY)
    assert [slot for slot in week(store) if slot["item_id"]] == before
    assert get_item(store, item)["slot_id"] == "2026-11-24-tue"
    assert {slot["date"] for slot in week(store)} == {"2026-11-24", "2026-11-27"}


def test_new_topics_are_found_in_what_waits(store):
    item = queue(store, title="De nieuwe pensioenwet")
    agree.make_agreement(store, {**DEFAULT, "topics": [{"name": "Pensioen", "keywords": []}]}, TODAY)
    assert get_item(store, item)["found_topic"] == "Pensioen"
    agree.take_back(store)
    assert get_item(store, item)["found_topic"] == ""


def test_a_pattern_of_ones_own_outlasts_slowing_down(store):
    agree.make_agreement(store, DEFAULT, TODAY)
    own = {"entries": [{**cadence.DEFAULT["entries"][0], "channel": "Bluesky"}]}
    cadence.set_cadence(store, own)
    assert agree.slow_down(store, 1, TODAY) is False
    assert (get_agreement(store)["posts_a_week"], cadence.get_cadence(store)) == (1, own)


@pytest.mark.parametrize(
    ("kept", "starts_on", "first"),
    [
        (range(0), None, "2026-11-22"),
        (range(0), "2026-11-30", "2026-11-30"),
        (range(1, 3), None, "2026-11-02"),
        (range(1, 3), "2026-12-01", "2026-12-01"),
        (range(1, 3), "2026-01-01", "2026-11-02"),
        # The first of those that are still there; a day begins where the user is.
        (range(6, 8), None, "2026-11-07"),
    ],
)
def test_nothing_is_missed_before_the_first_article_and_the_agreed_start(store, kept, starts_on, first):
    items = [queue(store, number, captured_at=f"2026-11-0{number}T23:10:00Z") for number in range(1, kept.stop)]
    for item in items[: kept.start - 1]:
        store.items.discard(item)
    agree.make_agreement(store, {**DEFAULT, "starts_on": starts_on}, TODAY)
    assert agree.first_day(store, AMSTERDAM, TODAY).isoformat() == first


def test_slowing_down_is_agreed_with_its_pattern_and_from_when(store):
    agree.make_agreement(store, DEFAULT, date(2026, 1, 5))
    assert agree.pace_since(store) is None
    agree.slow_down(store, 1, TODAY)
    assert get_agreement(store)["posts_a_week"] == pace(cadence.get_cadence(store)) == 1
    assert agree.pace_since(store) == TODAY
    with pytest.raises(Conflict):
        agree.slow_down(store, 1, TODAY)


def test_nobody_slows_down_from_an_agreement_that_was_not_made(store):
    with pytest.raises(Conflict):
        agree.slow_down(store, 1, TODAY)


ACTS = {
    "first": lambda store: agree.make_agreement(store, {**DEFAULT, "posts_a_week": 5}, TODAY),
    "fit": agree.fit_pattern,
    "slower": lambda store: agree.slow_down(store, 0.5, TODAY),
}


@pytest.mark.parametrize("act", ["fit", "slower", "first"])
@pytest.mark.parametrize("made", [True, False])
def test_each_act_can_be_taken_back_once(store, act, made):
    if made:
        set_agreement(store, {**DEFAULT, "hours": ANYBODYS_HOURS, "posts_a_week": 4})
    elif act == "slower":
        return
    before = [store.singletons.find(name) for name in agree.TOUCHED]
    ACTS[act](store)
    assert [store.singletons.find(name) for name in agree.TOUCHED] != before
    agree.take_back(store)
    assert [store.singletons.find(name) for name in agree.TOUCHED] == before
    with pytest.raises(Conflict):
        agree.take_back(store)


def test_an_act_is_not_taken_back_over_what_came_after(store):
    agree.make_agreement(store, DEFAULT, TODAY)
    cadence.set_cadence(store, {"entries": []})
    with pytest.raises(Conflict):
        agree.take_back(store)
    assert cadence.get_cadence(store) == {"entries": []}


def test_countries_have_their_regions_by_name():
    assert {"NL", "BE", "DE", "GB"} <= set(countries())
    assert "BY" in countries()["DE"] and "Augsburg" not in countries()["DE"]
    assert (region_name("DE", "BY"), region_name("GB", "SCT")) == ("Bayern", "Scotland")
    every = list(countries())
    assert contract.check("agreement", {**DEFAULT, "country": f"DE-{countries()['DE'][0]}"}) == []
    assert all(len(code) == 2 for code in every)
