"""What calendars were told: how often each event changed, and that what has begun stays as it was told."""

from datetime import UTC, date, datetime, timedelta

import pytest

from companion.editorial.agreement import get_agreement, set_agreement
from companion.editorial.content_plan import ledger
from companion.editorial.content_plan.begun import with_begun
from companion.editorial.content_plan.events import PlanEvent, plan_events, post_event
from companion.editorial.content_plan.ledger import Revision, keep, kept, number
from companion.editorial.content_plan.rows import plan_rows
from companion.editorial.curation import edit_item, items_of
from companion.editorial.planning.calendar import add_slot, edit_slot
from companion.editorial.planning.placement import place, release
from companion.editorial.planning.schedule import get_schedule
from tests.unit.planning import AMSTERDAM, MONDAY, NOW, SUNDAY, queue
from tests.unit.plans import planned

TUESDAY = "2026-11-24-tue"
POST = f"{TUESDAY}@kwartier"
DAYS = (MONDAY, SUNDAY)


def tell(store, now, days=DAYS):
    """The events and revisions that a calendar is told at this moment, remembered for the next time."""
    schedule = get_schedule(store, AMSTERDAM, *days, now)
    rows = plan_rows(schedule.slots, items_of(store, schedule.slots), [])
    before = kept(store)
    events = with_begun(plan_events(rows, schedule, now), before, rows, days, now, AMSTERDAM)
    after, revisions = number(before, events, now)
    keep(store, after)
    return events, revisions


class Teller:
    """Tells of the events again and again, an hour later each time."""

    def __init__(self, store):
        self.store, self.now = store, NOW

    def __call__(self, uid=POST):
        self.now += timedelta(hours=1)
        return tell(self.store, self.now)[1].get(uid)


def minutes(moment):
    return (moment - datetime(2026, 1, 1, tzinfo=UTC)) // timedelta(minutes=1)


def test_a_change_raises_the_sequence_and_nothing_lowers_it(store):
    item_id, hear = queue(store), Teller(store)
    place(store, item_id, TUESDAY, AMSTERDAM, NOW)
    first = hear()
    assert (first, hear()) == (Revision(minutes(NOW) + 60, NOW + timedelta(hours=1)), first)
    edit_item(store, item_id, {"commentary": "Mijn kijk."}, NOW)
    second = hear()
    assert (second, hear()) == (Revision(minutes(NOW) + 180, NOW + timedelta(hours=3)), second)
    edit_item(store, item_id, {"commentary": ""}, NOW)  # As it was at first.
    third = hear()
    assert third.sequence > second.sequence
    release(store, item_id, NOW)
    assert hear() is None
    place(store, item_id, TUESDAY, AMSTERDAM, NOW)
    assert hear() == third
    edit_slot(store, TUESDAY, {"starts_at": "2026-11-25T10:00:00Z"}, AMSTERDAM)
    assert hear().sequence > third.sequence


@pytest.mark.parametrize("later", [timedelta(), timedelta(seconds=20), -timedelta(hours=2), timedelta(days=1500)])
def test_the_sequence_rises_whatever_the_clock_does(later):
    seen, before = number({}, [post_event(planned())], NOW)
    seen, _ = number(seen, [], NOW + later)  # A clock that is years ahead has everything forgotten.
    _, after = number(seen, [post_event(planned(title="Anders"))], NOW + min(later, timedelta(minutes=1)))
    assert after["s1@kwartier"].sequence > before["s1@kwartier"].sequence


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Anders"},
        {"topic": "Recht"},
        {"kind": "ad_hoc"},
        {"status": "published"},
        {"channel": "X"},
        {"commentary": "Mijn kijk."},
        {"people": ("Anna",)},
        {"hashtags": ("recht",)},
        {"link": "https://a.example/2"},
        {"zone": "Europe/Paris"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_each_fact_that_an_event_shows_counts(change):
    seen, before = number({}, [post_event(planned())], NOW)
    _, found = number(seen, [post_event(planned(**change))], NOW)
    assert found["s1@kwartier"].sequence == before["s1@kwartier"].sequence + 1


def test_what_an_event_does_not_show_changes_nothing():
    seen, before = number({}, [post_event(planned())], NOW)
    _, found = number(seen, [post_event(planned(preparation=60, creation_ready=True))], NOW + timedelta(days=1))
    assert found == before


def test_what_is_long_past_is_forgotten_and_told_with_no_lower_a_number():
    old = post_event(planned())
    seen, before = number({}, [old], NOW)
    later = old.ends + ledger.REMEMBERED
    assert number(seen, [], later - timedelta(minutes=1))[0] == seen
    forgotten, found = number(seen, [old], later)
    assert (forgotten, found[old.uid].changed_at) == ({}, old.starts)
    assert found[old.uid].sequence > before[old.uid].sequence
    assert number({}, [old], later + timedelta(days=400))[1] == found


def test_it_is_written_only_where_something_changed(store, monkeypatch):
    place(store, queue(store), TUESDAY, AMSTERDAM, NOW)
    hear, written = Teller(store), []
    hear()
    monkeypatch.setattr(store.singletons, "put", written.append)
    hear()
    assert written == []


# What has begun


@pytest.fixture
def own(store):
    """An own post on Tuesday afternoon, whose block nobody has accepted."""
    when = {"starts_at": "2026-11-24T13:00:00Z", "zone": "Europe/Amsterdam", "channel": "LinkedIn"}
    return add_slot(store, {**when, "kind": "own", "topic": "Jaarplan"}, AMSTERDAM)["id"]


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=AMSTERDAM)


def block(store, now, slot_id):
    events, revisions = tell(store, now)
    found = [event for event in events if event.uid == f"prep-{slot_id}@kwartier"]
    return [f"{event.starts:%a %H:%M}-{event.ends:%H:%M} {revisions[event.uid].sequence}" for event in found]


def test_a_block_stays_while_she_writes_in_it_and_when_it_is_over(store, own):
    before = block(store, at(23, 9), own)
    [times] = before
    assert times.startswith("Mon 15:30-16:30")
    for moment in (at(23, 15, 31), at(23, 15, 45), at(23, 16, 40), at(24, 12), at(27, 12)):
        assert block(store, moment, own) == before


def test_a_block_ahead_still_finds_its_place_anew(store, own):
    [before] = block(store, at(23, 9), own)
    edit_slot(store, own, {"preparation_minutes": 120}, AMSTERDAM)
    [after] = block(store, at(23, 9, 5), own)
    assert (before[:15], after[:15]) == ("Mon 15:30-16:30", "Mon 14:30-16:30")


def test_a_block_that_was_missed_goes_where_the_user_puts_it(store, own):
    block(store, at(23, 9), own)
    edit_slot(store, own, {"prepare_at": "2026-11-24T09:00:00Z"}, AMSTERDAM)
    [moved] = block(store, at(24, 7), own)
    assert moved.startswith("Tue 10:00-11:00")


def test_a_post_that_moves_takes_its_block_along(store, own):
    block(store, at(23, 9), own)
    edit_slot(store, own, {"starts_at": "2026-11-27T13:00:00Z"}, AMSTERDAM)
    [moved] = block(store, at(24, 7), own)
    assert moved.startswith("Thu ")


def test_where_the_post_is_gone_its_time_is_still_told(store, own):
    [before] = block(store, at(23, 9), own)
    edit_slot(store, own, {"status": "skipped"}, AMSTERDAM)
    after = block(store, at(24, 7), own)
    assert [told[:15] for told in after] == [before[:15]]
    assert block(store, at(24, 8), own) == after
    # A block that had not begun by then is simply no more.
    assert block(store, at(23, 9, 5), own) == []


def test_only_what_belongs_to_the_days_is_told(store, own):
    block(store, at(23, 9), own)
    for days, number_told in (((date(2026, 11, 24),) * 2, 1), ((MONDAY, MONDAY), 0)):
        events, _ = tell(store, at(27, 9), days)
        assert [event.kind for event in events].count("preparation") == number_told


def test_the_quarters_of_days_past_stay(store):
    set_agreement(store, {**get_agreement(store), "quarter_at": "09:30"})
    first, before = tell(store, NOW)
    set_agreement(store, {**get_agreement(store), "quarter_at": "11:00"})
    after, revisions = tell(store, at(25, 10, 30))
    days = {event.uid: f"{event.starts:%a %H:%M}" for event in after if event.kind == "quarter"}
    assert sorted(days.values()) == ["Fri 11:00", "Mon 09:30", "Thu 11:00", "Tue 09:30", "Wed 09:30"]
    past = [uid for uid, told in days.items() if told.endswith("09:30")]
    assert [revisions[uid] for uid in past] == [before[uid] for uid in past]
    assert all(isinstance(event, PlanEvent) for event in first)
