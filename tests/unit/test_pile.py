"""The pile of the daily quarter: what fits in the minutes left, and which views are missing."""

from datetime import UTC, datetime, timedelta

import pytest

from companion.editorial.planning.pile import MOST_VIEWS, find_pile

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)


def instant(days):
    return (NOW + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def article(name, minutes, days_old=0, freshness="analysis", view=""):
    found = {"title": name, "published": instant(-days_old), "kind": "article", "reading_minutes": minutes}
    return {
        "id": name,
        "article": {**found, "word_count": minutes * 200},
        "commentary": view,
        "freshness": freshness,
        "captured_at": instant(0),
    }


def slot(name, days, status="planned"):
    return {"id": f"slot-{name}", "item_id": name, "status": status, "starts_at": instant(days)}


def pile(*queued, left=15, slots=(), items=()):
    return find_pile(queued, slots, {item["id"]: item for item in items}, left, NOW)


@pytest.mark.parametrize(
    ("minutes", "left", "read", "others"),
    [
        ([], 15, [], 0),
        ([5, 4, 6], 15, [5, 4, 6], 0),
        ([5, 4, 7], 15, [5, 4], 1),
        ([9, 8, 6], 15, [9, 6], 1),
        ([16, 15], 15, [15], 0),
        ([0, 3], 15, [3], 0),
        ([3, 2], 2, [2], 0),
        ([3], 0, [], 0),
    ],
)
def test_what_is_read_fits_in_the_minutes_that_are_left(minutes, left, read, others):
    queued = [article(f"{number}", count, days_old=number / 10) for number, count in enumerate(minutes)]
    found = pile(*queued, left=left)
    assert [item["article"]["reading_minutes"] for item in found.read] == read
    assert (found.others, found.left) == (others, left)


def test_what_loses_most_by_waiting_comes_first():
    queued = [
        article("lasting", 2, 0, "evergreen"),
        article("old news", 2, 20, "news"),
        article("analysis", 2, 1),
        article("news", 2, 0, "news"),
        article("older news", 2, 3, "news"),
    ]
    assert [item["id"] for item in pile(*queued).read] == ["news", "older news", "analysis", "lasting", "old news"]


def test_what_has_a_view_was_read():
    assert pile(article("a", 2, view="Mine."), article("b", 2, view="  ")).read[0]["id"] == "b"


def test_views_are_missing_for_posts_ahead_those_of_the_coming_week_first():
    items = [article(name, 3) for name in "abcde"] + [article("written", 3, view="Mine.")]
    slots = [slot("a", -1), slot("b", 0.1), slot("written", 1), slot("c", 7), slot("d", 7.1), slot("e", 9, "published")]
    found = pile(slots=slots, items=items)
    assert [one.item["id"] for one in found.react] == ["b", "c"]
    assert [one.item["id"] for one in found.later] == ["d"]


def test_no_pile_is_longer_than_a_quarter_can_use():
    names = [f"{number}" for number in range(20)]
    slots = [slot(name, 1 + number) for number, name in enumerate(names)]
    found = pile(slots=slots, items=[article(name, 3) for name in names])
    assert [one.item["id"] for one in found.react] == names[:MOST_VIEWS]
    assert [one.item["id"] for one in found.later] == names[7 : 7 + MOST_VIEWS]
