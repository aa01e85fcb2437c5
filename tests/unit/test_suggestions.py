"""Which slot suits an item, and why."""

from datetime import UTC, datetime, timedelta

import pytest

from companion.editorial import curation
from companion.editorial.agreement import DEFAULT, every_day, set_agreement
from companion.editorial.busy import minute_of
from companion.editorial.planning import placement
from companion.editorial.planning.calendar import add_slot, delete_slot, get_slot
from companion.editorial.planning.suggestions import propose, suggest_slots
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
    ("published", "code", "days"),
    [
        ("2026-11-14", "age", 10),
        ("2026-11-14T08:00:00+01:00", "age", 10),
        # Where the article does not tell, all that is known is when it was kept.
        (None, "kept", 3),
        ("gisteren", "kept", 3),
        ("2031-01-01", "age", 3),  # Not later than it was kept.
    ],
)
def test_the_age_is_that_of_the_article_where_it_tells(store, published, code, days):
    item = curation.get_item(store, queue(store))
    item = {**item, "article": {**item["article"], "published": published}}
    [age, *_] = suggest_slots(store, item, AMSTERDAM, NOW)[0].reasons
    assert (age.code, age.values["days"]) == (code, days)


def reasons(suggested):
    return [reason.code for reason in suggested.reasons]


def test_the_first_suggestion_is_the_first_slot_of_an_empty_week_with_its_reasons(store):
    item = curation.get_item(store, queue(store))
    best = suggest_slots(store, item, AMSTERDAM, NOW)[0]
    assert best.slot["id"] == "2026-11-24-tue"
    assert reasons(best) == ["kept", "first_in_week", "preparation"]
    assert best.reasons[-1].values == {"starts_at": "2026-11-23T15:00:00Z", "minutes": 25}


def planned(store, number, slot_id, **changes):
    """A post in this slot; what it is about is filed by hand."""
    item = queue(store, number, **changes)
    placement.place(store, item, slot_id, AMSTERDAM, NOW)
    return item


def in_slot(store, item, slot_id):
    offered = suggest_slots(store, curation.get_item(store, item), AMSTERDAM, NOW, 99)
    return next((one for one in offered if one.slot["id"] == slot_id), None)


TUESDAY, THURSDAY, NEXT_TUESDAY = "2026-11-24-tue", "2026-11-26-thu", "2026-12-01-tue"


@pytest.mark.parametrize(
    ("changes", "neighbour", "code"),
    [
        ({}, {}, None),
        ({"site": "a.example"}, {"site": "a.example"}, "same_source"),
        ({"topic": "AI Act"}, {"topic": "AI Act"}, "same_topic"),
        ({"topic": "AI Act"}, {"topic": "Naps"}, None),
        ({"sourcing": "promotion"}, {}, "over_share"),
    ],
)
def test_what_stands_beside_a_slot_speaks_against_it_in_words(store, changes, neighbour, code):
    sites = {"site": neighbour.pop("site", "b.example")}, {"site": changes.pop("site", "c.example")}
    other, item = planned(store, 1, TUESDAY, **sites[0]), queue(store, 2, **sites[1])
    if code == "over_share":
        set_agreement(
            store, {**DEFAULT, "hours": every_day("07:00", "18:00"), "mix": {"external": 100, "own": 0, "promotion": 0}}
        )
    for one, fields in ((other, neighbour), (item, changes)):
        if fields:
            curation.edit_item(store, one, fields, NOW)
    against = {"same_source", "same_topic", "same_author", "over_share"}
    assert against & set(reasons(in_slot(store, item, THURSDAY))) == ({code} if code else set())


def test_a_topic_that_rested_is_told(store):
    curation.edit_item(store, planned(store, 1, TUESDAY), {"topic": "Naps"}, NOW)
    item = queue(store, 2, site="b.example")
    curation.edit_item(store, item, {"topic": "naps"}, NOW)
    rested = {one.code: one.values for one in in_slot(store, item, "2026-12-08-tue").reasons}["topic_rested"]
    assert rested == {"topic": "naps", "days": 14}


@pytest.mark.parametrize(
    ("meeting", "is_offered"),
    [
        (("24T09:00", "24T10:00"), True),
        (("24T08:00", "24T08:41"), False),
        (("24T08:50", "24T09:30"), False),
        (("23T08:30", "23T17:30"), False),  # There is no room to prepare it.
    ],
)
def test_no_slot_in_a_meeting_or_without_room_to_prepare_is_offered(store, meeting, is_offered):
    edges = [minute_of(datetime.fromisoformat(f"2026-11-{edge}").replace(tzinfo=AMSTERDAM)) for edge in meeting]
    store.busy_calendars.put({"id": "work", "busy": edges, "days": []})
    assert (in_slot(store, queue(store), TUESDAY) is not None) is is_offered


def test_posts_on_one_channel_are_eighteen_hours_apart_and_other_channels_do_not_count(store):
    planned(store, 1, TUESDAY)
    item = queue(store, 2)
    late = {"starts_at": "2026-11-24T16:00:00Z", "kind": "commentary"}
    here, elsewhere = (add_slot(store, {**late, "channel": name}, AMSTERDAM)["id"] for name in ("LinkedIn", "Bluesky"))
    assert in_slot(store, item, here) is None
    assert in_slot(store, item, elsewhere) is not None


def test_an_own_post_with_its_topic_is_the_week_s_first_post(store):
    add_slot(store, {"starts_at": "2026-11-25T10:00:00Z", "kind": "own", "topic": "Naps"}, AMSTERDAM)
    assert "first_in_week" not in reasons(in_slot(store, queue(store), THURSDAY))


@pytest.mark.parametrize(("freshness", "slot_id"), [("news", TUESDAY), ("evergreen", TUESDAY)])
def test_how_fast_an_article_ages_can_be_corrected(store, freshness, slot_id):
    item = queue(store)
    curation.edit_item(store, item, {"freshness": freshness}, NOW)
    scores = [in_slot(store, item, one).score for one in (TUESDAY, "2026-12-15-tue")]
    assert (scores[0] - scores[1] > 1) is (freshness == "news")


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


@pytest.mark.parametrize(
    ("freshness", "captured_at", "suggested"),
    [
        ("news", "2026-11-21T10:00:00Z", 1),
        ("news", "2026-06-01T10:00:00Z", 1),  # Old when it is planned with: still better than nothing next week.
        ("evergreen", "2026-06-01T10:00:00Z", 1),
    ],
)
def test_what_waits_is_suggested_for_the_first_week_without_a_post(store, freshness, captured_at, suggested):
    item = queue(store, captured_at=captured_at)
    curation.edit_item(store, item, {"freshness": freshness}, NOW)
    assert list(propose(store, AMSTERDAM, NOW, {})) == [TUESDAY] * suggested


def test_what_lasts_is_as_good_as_new_however_old_it_is(store):
    planned(store, 1, TUESDAY)
    item = queue(store, 2, site="b.example")
    edited = curation.edit_item(store, item, {"freshness": "evergreen"}, NOW)
    old = {**edited, "article": {**edited["article"], "published": "2019-05-01"}}
    scores = {one.slot["id"]: one.score for one in suggest_slots(store, old, AMSTERDAM, NOW, 99)}
    assert 0.9 < scores[THURSDAY] < 1.1


def test_nothing_is_suggested_before_the_day_on_which_it_starts(store):
    set_agreement(store, {**DEFAULT, "starts_on": "2026-12-07"})
    first = suggest_slots(store, curation.get_item(store, queue(store)), AMSTERDAM, NOW)[0]
    assert first.slot["id"] == "2026-12-08-tue"


def test_who_agreed_on_no_mix_is_not_told_of_one(store):
    for number, slot in enumerate((TUESDAY, THURSDAY, NEXT_TUESDAY)):
        planned(store, number, slot, site=f"s{number}.example")
    offered = in_slot(store, queue(store, 9, site="z.example"), "2026-12-03-thu")
    assert "over_share" not in reasons(offered)


def test_news_is_not_kept_waiting_for_an_empty_week_until_it_is_stale(store):
    for number in range(4):
        curation.edit_item(store, queue(store, number, site=f"s{number}.example"), {"freshness": "news"}, NOW)
    # Of the four slots in the nine days in which it is news, three are before the last of them.
    assert sorted(propose(store, AMSTERDAM, NOW, {})) == [TUESDAY, THURSDAY, NEXT_TUESDAY]
