"""Cadence, calendar, placement and suggestions: from the weekly pattern to an item in its slot."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import companion.store
from companion import contract
from companion.editorial import calendar as calendar_module
from companion.editorial import curation, placement
from companion.editorial.cadence import DEFAULT, cadence_slots, get_cadence, set_cadence
from companion.editorial.calendar import add_slot, calendar, delete_slot, edit_slot, get_slot
from companion.editorial.captures import take_capture
from companion.editorial.suggestions import suggest_slots
from companion.errors import Conflict, Invalid, NotFound

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A Sunday; the week of 23 November has no ad hoc slot, the one after it has.
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


@pytest.fixture
def store(tmp_path):
    opened = companion.store.open(tmp_path / "data")
    yield opened
    opened.close()


def queue(store, number=1, site="a.example", **more):
    capture = {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "url": f"https://{site}/{number}",
        "title": f"Article {number}",
        "captured_at": "2026-11-21T10:00:00Z",
        "client": {"name": "test", "version": "1"},
        **more,
    }
    return take_capture(store, capture, AMSTERDAM, NOW).item["id"]


def ids(slots):
    return [slot["id"] for slot in slots]


def week(store):
    return calendar(store, AMSTERDAM, MONDAY, SUNDAY)


def test_the_default_week_has_a_commentary_on_tuesday_and_thursday(store):
    assert [(slot["date"], slot["time"], slot["kind"]) for slot in week(store)] == [
        ("2026-11-24", "08:40", "commentary"),
        ("2026-11-26", "08:40", "commentary"),
    ]


def test_one_slot_a_fortnight_is_kept_for_something_topical(store):
    slots = calendar(store, AMSTERDAM, MONDAY, MONDAY + timedelta(weeks=8, days=-1))
    ad_hoc = [date.fromisoformat(slot["date"]) for slot in slots if slot["kind"] == "ad_hoc"]
    assert {day.isoweekday() for day in ad_hoc} == {5}
    assert [(later - day).days for day, later in pairwise(ad_hoc)] == [14, 14, 14]


def test_a_slot_keeps_its_wall_time_when_the_clocks_change():
    slots = cadence_slots(DEFAULT, AMSTERDAM, date(2027, 3, 22), date(2027, 4, 4))
    assert {(slot["time"], slot["starts_at"][11:16]) for slot in slots if slot["kind"] == "commentary"} == {
        ("08:40", "07:40"),
        ("08:40", "06:40"),
    }


entries = st.lists(
    st.tuples(
        st.integers(1, 5), st.integers(7, 18), st.sampled_from(["commentary", "own", "ad_hoc"]), st.integers(1, 8)
    ),
    max_size=5,
)


@given(
    entries,
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Tokyo"]),
)
def test_any_range_has_the_same_slots_as_its_days_one_by_one(entries, first, length, zone_name):
    zone = ZoneInfo(zone_name)
    cadence = {
        "entries": [
            {
                "id": f"e{n}",
                "weekday": day,
                "time": f"{hour:02}:00",
                "kind": kind,
                "channel": "LinkedIn",
                "every_weeks": every,
            }
            for n, (day, hour, kind, every) in enumerate(entries)
        ]
    }
    days = [first + timedelta(days=n) for n in range(length)]
    whole = list(cadence_slots(cadence, zone, days[0], days[-1]))
    assert sorted(ids(whole)) == sorted(id for day in days for id in ids(cadence_slots(cadence, zone, day, day)))
    assert len(set(ids(whole))) == len(whole)
    for slot in whole:
        assert contract.check("slot", slot) == []
        local = datetime.fromisoformat(slot["starts_at"]).astimezone(zone)
        assert local.strftime("%H:%M") == slot["time"]
        assert local.isoweekday() <= 5


@pytest.mark.parametrize(("first", "last"), [(SUNDAY, MONDAY), (MONDAY, MONDAY + timedelta(days=400))])
def test_a_range_is_in_order_and_at_most_400_days(store, first, last):
    with pytest.raises(Invalid):
        calendar(store, AMSTERDAM, first, last)
    assert calendar(store, AMSTERDAM, MONDAY, MONDAY + timedelta(days=399))


def test_a_placed_item_stands_in_its_slot_and_nowhere_else(store):
    item = queue(store)
    placement.place(store, item, "2026-11-24-tue", AMSTERDAM, NOW)
    moved = placement.place(store, item, "2026-11-26-thu", AMSTERDAM, NOW)
    assert (moved["status"], moved["slot_id"]) == ("planned", "2026-11-26-thu")
    assert [(slot["status"], slot["item_id"]) for slot in week(store)] == [("open", None), ("planned", item)]


def test_a_taken_or_skipped_slot_is_refused(store):
    first, second = queue(store, 1), queue(store, 2)
    placement.place(store, first, "2026-11-24-tue", AMSTERDAM, NOW)
    delete_slot(store, "2026-11-26-thu", AMSTERDAM)
    for taken in ("2026-11-24-tue", "2026-11-26-thu"):
        with pytest.raises(Conflict):
            placement.place(store, second, taken, AMSTERDAM, NOW)
    with pytest.raises(NotFound):
        placement.place(store, second, "2026-11-25-wed", AMSTERDAM, NOW)
    assert curation.get_item(store, second)["status"] == "queued"


ENDINGS = {
    "released": lambda store, item: placement.release(store, item, NOW),
    "dropped": lambda store, item: curation.edit_item(store, item, {"status": "dropped"}, NOW),
    "queued again": lambda store, item: curation.edit_item(store, item, {"status": "queued"}, NOW),
    "deleted": lambda store, item: curation.delete_item(store, item),
}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize("is_manual", [False, True], ids=["of the cadence", "added by hand"])
def test_an_item_that_leaves_frees_its_slot(store, end, is_manual):
    new = {"starts_at": "2026-11-25T09:00:00Z", "kind": "commentary"}
    slot = add_slot(store, new, AMSTERDAM)["id"] if is_manual else "2026-11-24-tue"
    item = queue(store)
    placement.place(store, item, slot, AMSTERDAM, NOW)
    end(store, item)
    assert get_slot(store, slot, AMSTERDAM)["status"] == "open"
    assert get_slot(store, slot, AMSTERDAM)["item_id"] is None


def test_a_published_item_keeps_its_slot_and_stays_there(store):
    item = queue(store)
    placement.place(store, item, "2026-11-24-tue", AMSTERDAM, NOW)
    published = curation.edit_item(store, item, {"status": "published"}, NOW)
    assert published["published_at"] == "2026-11-22T09:00:00Z"
    assert get_slot(store, "2026-11-24-tue", AMSTERDAM)["status"] == "published"
    for act in (
        lambda: placement.release(store, item, NOW),
        lambda: placement.place(store, item, "2026-11-26-thu", AMSTERDAM, NOW),
        lambda: edit_slot(store, "2026-11-24-tue", {"starts_at": "2026-11-25T09:00:00Z"}, AMSTERDAM),
        lambda: delete_slot(store, "2026-11-24-tue", AMSTERDAM),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_new_cadence_leaves_what_is_planned_where_it_is(store):
    item = queue(store)
    placement.place(store, item, "2026-11-24-tue", AMSTERDAM, NOW)
    set_cadence(store, {"entries": [{**DEFAULT["entries"][0], "id": "wed", "weekday": 3}]})
    assert ids(week(store)) == ["2026-11-24-tue", "2026-11-25-wed"]
    assert week(store)[0]["item_id"] == item


@pytest.mark.parametrize(
    ("starts_at", "is_fine"),
    [
        ("2026-11-25T06:00:00Z", True),
        ("2026-11-25T05:59:00Z", False),
        ("2026-11-25T17:59:00Z", True),
        ("2026-11-25T18:00:00Z", False),
        ("2026-11-28T10:00:00Z", False),
    ],
)
def test_no_slot_lies_in_the_evening_or_the_weekend(store, starts_at, is_fine):
    new = {"starts_at": starts_at, "kind": "own"}
    if is_fine:
        assert contract.check("slot", add_slot(store, new, AMSTERDAM)) == []
    else:
        with pytest.raises(Invalid) as refusal:
            add_slot(store, new, AMSTERDAM)
        assert refusal.value.problems[0]["path"] == "starts_at"
        assert len(week(store)) == 2


@pytest.mark.parametrize(
    ("entry", "path"),
    [({"time": "21:00"}, "entries[0].time"), ({"id": "thu"}, "entries[1].id")],
)
def test_a_cadence_in_the_evening_or_with_an_id_twice_is_refused(store, entry, path):
    first, second, _ = DEFAULT["entries"]
    with pytest.raises(Invalid) as refusal:
        set_cadence(store, {"entries": [{**first, **entry}, second]})
    assert refusal.value.problems[0]["path"] == path
    assert get_cadence(store) == DEFAULT


def test_a_moved_slot_stays_moved_and_a_skipped_one_can_be_restored(store):
    edit_slot(store, "2026-11-24-tue", {"starts_at": "2026-11-25T10:00:00Z"}, AMSTERDAM)
    delete_slot(store, "2026-11-26-thu", AMSTERDAM)
    assert [(slot["date"], slot["time"], slot["status"]) for slot in week(store)] == [
        ("2026-11-25", "11:00", "open"),
        ("2026-11-26", "08:40", "skipped"),
    ]
    edit_slot(store, "2026-11-26-thu", {"status": "open"}, AMSTERDAM)
    assert week(store)[1]["status"] == "open"


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
    assert calendar_module.get_slot(store, "2026-12-04-fri", AMSTERDAM)["starts_at"] == "2026-12-04T11:10:00Z"
    for hours, is_offered in ((49, False), (48, True), (1, True), (0, False)):
        now = starts - timedelta(hours=hours)
        offered = [one.slot["id"] for one in suggest_slots(store, item, AMSTERDAM, now, most=99)]
        assert ("2026-12-04-fri" in offered) is is_offered


@pytest.mark.parametrize("status", ["published", "dropped"])
def test_an_item_that_is_out_or_set_aside_gets_no_suggestions(store, status):
    item = curation.edit_item(store, queue(store), {"status": status}, NOW)
    assert suggest_slots(store, item, AMSTERDAM, NOW) == []
