"""Which slot suits an item, and why."""

from datetime import UTC, datetime, timedelta

import pytest

from companion.editorial import curation, placement
from companion.editorial.calendar import delete_slot, get_slot
from companion.editorial.suggestions import suggest_slots
from tests.unit.planning import AMSTERDAM, NOW, queue


def test_a_planned_item_is_not_its_own_neighbour(store):
    item = queue(store)
    before = {
        one.slot["id"]: one.score for one in suggest_slots(store, curation.get_item(store, item), AMSTERDAM, NOW, 99)
    }
    placed = placement.place(store, item, "2026-11-24-tue", AMSTERDAM, NOW)
    after = {one.slot["id"]: one.score for one in suggest_slots(store, placed, AMSTERDAM, NOW, 99)}
    assert after["2026-11-26-thu"] == before["2026-11-26-thu"]


def test_the_last_week_looked_at_is_a_whole_one(store):
    offered = suggest_slots(store, curation.get_item(store, queue(store)), AMSTERDAM, NOW, 99)
    assert max(one.slot["date"] for one in offered) == "2026-12-31"  # Weeks end on Sunday: 3 January.


@pytest.mark.parametrize(
    ("published", "days"),
    [(None, 3), ("2026-11-14", 10), ("2026-11-14T08:00:00+01:00", 10), ("gisteren", 3), ("2031-01-01", 3)],
)
def test_the_age_is_that_of_the_article_where_it_tells(store, published, days):
    item = curation.get_item(store, queue(store))
    item = {**item, "article": {**item["article"], "published": published}}
    [age, *_] = suggest_slots(store, item, AMSTERDAM, NOW)[0].reasons
    assert (age.code, age.values["days"]) == ("age", days)


def test_the_first_suggestion_is_the_first_slot_of_an_empty_week_with_its_reasons(store):
    item = curation.get_item(store, queue(store))
    best = suggest_slots(store, item, AMSTERDAM, NOW)[0]
    assert best.slot["id"] == "2026-11-24-tue"
    assert [reason.code for reason in best.reasons] == ["age", "first_in_week"]


def test_a_week_without_a_post_comes_before_a_second_post_in_a_week(store):
    placement.place(store, queue(store, 1), "2026-11-24-tue", AMSTERDAM, NOW)
    item = curation.get_item(store, queue(store, 2, site="b.example"))
    assert suggest_slots(store, item, AMSTERDAM, NOW)[0].slot["id"] == "2026-12-01-tue"


def test_the_only_slot_left_in_a_week_says_so(store):
    delete_slot(store, "2026-11-24-tue", AMSTERDAM)
    item = curation.get_item(store, queue(store))
    best = suggest_slots(store, item, AMSTERDAM, NOW)[0]
    assert best.slot["id"] == "2026-11-26-thu"
    assert "only_slot_in_week" in [reason.code for reason in best.reasons]


def test_suggestions_never_offer_what_is_past_taken_skipped_declined_or_kept_free(store):
    item = curation.get_item(store, queue(store))
    curation.edit_item(store, item["id"], {"declined_slots": ["2026-12-01-tue"]}, NOW)
    placement.place(store, queue(store, 2), "2026-12-03-thu", AMSTERDAM, NOW)
    delete_slot(store, "2026-12-08-tue", AMSTERDAM)
    item = curation.get_item(store, item["id"])
    late = datetime(2026, 11, 24, 8, tzinfo=UTC)
    offered = {one.slot["id"] for one in suggest_slots(store, item, AMSTERDAM, late, most=99)}
    assert offered
    assert not offered & {"2026-11-24-tue", "2026-12-01-tue", "2026-12-03-thu", "2026-12-08-tue", "2026-12-04-fri"}


def test_a_slot_kept_free_is_offered_from_48_hours_before(store):
    item = curation.get_item(store, queue(store))
    starts = datetime(2026, 12, 4, 11, 10, tzinfo=UTC)
    assert get_slot(store, "2026-12-04-fri", AMSTERDAM)["starts_at"] == "2026-12-04T11:10:00Z"
    for hours, is_offered in ((49, False), (48, True), (1, True), (0, False)):
        now = starts - timedelta(hours=hours)
        offered = [one.slot["id"] for one in suggest_slots(store, item, AMSTERDAM, now, most=99)]
        assert ("2026-12-04-fri" in offered) is is_offered


@pytest.mark.parametrize("status", ["published", "dropped"])
def test_an_item_that_is_out_or_set_aside_gets_no_suggestions(store, status):
    item = curation.edit_item(store, queue(store), {"status": status}, NOW)
    assert suggest_slots(store, item, AMSTERDAM, NOW) == []
