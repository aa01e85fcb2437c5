"""How the plan stands: the mix, the horizon, gaps ahead, a dip, and the weeks with a post over a year."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from companion.editorial.agreement import DEFAULT
from companion.editorial.planning.progress import Notice, Post, find_posts, find_progress

# A Wednesday.
TODAY = date(2026, 11, 25)
WEEK = timedelta(weeks=1)


def out(day, sourcing="external"):
    return Post(day, True, sourcing)


def planned(day, sourcing="external"):
    return Post(day, False, sourcing)


def stands(*posts, since=None, today=TODAY, **agreement):
    ordered = sorted(posts, key=lambda post: post.day)
    return find_progress(ordered, {**DEFAULT, **agreement}, since, today)


def weeks_ago(*numbers, sourcing="external"):
    return [out(TODAY - number * WEEK, sourcing) for number in numbers]


def codes(progress):
    return [notice.code for notice in progress.notices]


def test_before_anything_is_planned_there_is_nothing_to_say():
    progress = stands()
    assert (progress.mix, progress.until, progress.notices, progress.run) == (None, None, [], None)


@pytest.mark.parametrize(
    ("days", "notices"),
    [
        (0, [Notice("horizon", {"until": TODAY, "days": 0})]),
        (8, [Notice("horizon", {"until": date(2026, 12, 3), "days": 8})]),
        (27, [Notice("horizon", {"until": date(2026, 12, 22), "days": 27})]),
        (28, []),
    ],
)
def test_a_plan_of_less_than_four_weeks_is_named(days, notices):
    posts = [planned(TODAY + timedelta(days=number)) for number in range(days, -1, -7)]
    assert stands(*posts, posts_a_week=0.5).notices == notices


def test_a_plan_that_has_run_out_is_named():
    assert codes(stands(out(TODAY - WEEK))) == ["nothing_ahead"]


@pytest.mark.parametrize(
    ("days", "posts_a_week", "gap"),
    [
        ([10, 20, 30], 2, None),
        ([11, 20, 30], 2, (0, 11)),
        ([5, 16, 30], 2, (16, 30)),
        ([11, 22, 33], 2, (0, 11)),
        # Whoever agreed on one post every two weeks has two weeks between them.
        ([14, 28, 42], 0.5, None),
        ([17, 30], 0.5, None),
        ([18, 30], 0.5, (0, 18)),
    ],
)
def test_the_longest_stretch_ahead_without_a_post_is_named(days, posts_a_week, gap):
    found = stands(*(planned(TODAY + timedelta(days=number)) for number in days), posts_a_week=posts_a_week)
    named = [((n.values["after"] - TODAY).days, (n.values["before"] - TODAY).days) for n in found.notices]
    assert named == ([gap] if gap else [])


AHEAD = [planned(TODAY + timedelta(days=number)) for number in range(0, 35, 7)]


@pytest.mark.parametrize(
    ("weeks", "posts_a_week", "offered"),
    [
        # The weeks with a post, counted back from this one, and the pace that is offered instead.
        ([1, 2, 3, 4, 5], 1, []),
        ([4, 5, 6], 1, [0.5]),
        ([3, 4, 5, 6], 1, [0.5]),
        ([2, 3, 4, 5, 6], 1, []),
        ([4, 5], 1, []),
        ([4, 5, 6], 2, [1.0]),
        ([4, 5, 6], 0.5, []),
        # Far below: one post a week keeps up with half of two a week, not with half of three.
        ([1, 2, 3, 4, 5, 6], 2, []),
        ([1, 2, 3, 4, 5, 6], 3, [1.0]),
        ([1, 2, 3], 5, []),
    ],
)
def test_after_a_dip_a_calmer_pace_is_offered(weeks, posts_a_week, offered):
    found = stands(*AHEAD, *weeks_ago(*weeks), posts_a_week=posts_a_week)
    assert [notice.values["posts_a_week"] for notice in found.notices if notice.code == "dip"] == offered


def test_a_pace_is_judged_by_the_weeks_since_it_was_agreed():
    posts = [*AHEAD, *weeks_ago(4, 5, 6)]
    monday = TODAY - timedelta(days=2)
    assert "dip" not in codes(stands(*posts, since=TODAY - WEEK, posts_a_week=1))
    assert "dip" in codes(stands(*posts, since=monday - 3 * WEEK, posts_a_week=1))


def test_the_mix_is_that_of_the_weeks_around_today():
    near = [
        out(TODAY - 4 * WEEK, "own"),
        out(TODAY - WEEK),
        planned(TODAY + WEEK),
        planned(TODAY + 4 * WEEK, "promotion"),
    ]
    far = [out(TODAY - 29 * timedelta(days=1), "promotion"), planned(TODAY + 29 * timedelta(days=1), "promotion")]
    mix = stands(*near, *far).mix
    assert mix.counts == {"external": 2, "own": 1, "promotion": 1}
    assert (mix.agreed, mix.too_much) == (DEFAULT["mix"], False)


@pytest.mark.parametrize(
    ("promotion", "others", "too_much"), [(1, 0, False), (2, 8, False), (2, 3, True), (3, 8, True)]
)
def test_promotion_is_capped_and_a_single_post_is_no_habit(promotion, others, too_much):
    posts = [planned(TODAY, "promotion")] * promotion + [planned(TODAY, "own")] * others
    assert stands(*posts).mix.too_much is too_much


def test_the_long_run_counts_the_weeks_that_are_over_and_this_one_once_it_has_its_post():
    run = stands(*weeks_ago(1, 3)).run
    assert (run.with_post, run.counted, len(run.weeks)) == (2, 3, 52)
    assert [had for _, had in run.weeks[:5]] == [True, False, True, None, None]
    run = stands(*weeks_ago(0, 1, 3)).run
    assert (run.with_post, run.counted) == (3, 4)


@pytest.mark.parametrize(
    ("starts_on", "counted", "month"),
    [(None, 3, 1), ("2026-09-28", 8, 2), ("2026-09-25", 9, 3), ("2026-12-01", 3, 1), ("2025-01-01", 51, 23)],
)
def test_it_begins_at_the_agreed_start_or_the_first_post_and_is_a_year_at_the_most(starts_on, counted, month):
    run = stands(*weeks_ago(1, 3), starts_on=starts_on).run
    assert (run.counted, run.month, len(run.weeks)) == (counted, month, 52)


@pytest.mark.parametrize(
    ("starts_on", "weeks", "is_steady"),
    [
        ("2026-07-01", range(1, 20), None),
        ("2026-06-01", range(1, 24), True),
        ("2026-06-01", range(1, 12), False),
        ("2025-12-01", range(1, 51, 2), False),
    ],
)
def test_there_is_no_verdict_before_the_sixth_month(starts_on, weeks, is_steady):
    assert stands(*weeks_ago(*weeks), starts_on=starts_on).run.is_steady is is_steady


def test_the_year_goes_over_week_53():
    run = stands(out(date(2026, 12, 29)), today=date(2027, 1, 13)).run
    assert [week.isoformat() for week, _ in run.weeks[:2]] == ["2026-12-28", "2027-01-04"]
    assert (run.with_post, run.counted) == (1, 2)


def slot(day, status, item_id=None, kind="commentary", topic=""):
    return {"date": day, "status": status, "item_id": item_id, "kind": kind, "topic": topic}


def item(item_id, url="https://news.example/a", **more):
    article = {"url": url, "title": "A story", "kind": "article"}
    return {"id": item_id, "article": article, "link_only": False, "slot_id": "s", "published_at": None, **more}


def test_posts_are_what_is_out_and_what_has_its_place_ahead():
    slots = [
        slot("2026-11-10", "published", "a"),
        slot("2026-11-24", "planned", "b"),
        slot("2026-11-25", "planned", "c"),
        slot("2026-11-26", "open"),
        slot("2026-11-27", "skipped"),
        slot("2026-11-30", "open", kind="own", topic="What I saw this year"),
        slot("2026-12-01", "planned", "a", kind="own"),
    ]
    loose = item("d", "https://firm.example/b", slot_id=None, published_at="2026-11-16T23:30:00Z")
    items = {"a": item("a"), "b": item("b"), "c": item("c", sourcing="promotion"), "d": loose}
    assert find_posts(slots, items, ["firm.example"], ZoneInfo("Europe/Amsterdam"), TODAY) == [
        Post(date(2026, 11, 10), True, "external"),
        Post(date(2026, 11, 17), True, "own"),
        Post(date(2026, 11, 25), False, "promotion"),
        Post(date(2026, 11, 30), False, "own"),
        Post(date(2026, 12, 1), False, "own"),
    ]
