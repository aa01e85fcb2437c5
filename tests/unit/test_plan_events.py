"""The plan's events: what stands in a calendar."""

from datetime import UTC, date, datetime, time, timedelta

from companion.editorial.agreement import get_agreement, set_agreement
from companion.editorial.busy import minute_of
from companion.editorial.content_plan.events import plan_events, post_event
from companion.editorial.content_plan.rows import plan_rows
from companion.editorial.curation import edit_item, items_of
from companion.editorial.planning.calendar import add_slot, edit_slot
from companion.editorial.planning.placement import place
from companion.editorial.planning.schedule import get_schedule
from tests.unit.planning import AMSTERDAM, MONDAY, NOW, SUNDAY, queue
from tests.unit.plans import planned

TUESDAY = "2026-11-24-tue"


def events(store, now=NOW):
    schedule = get_schedule(store, AMSTERDAM, MONDAY, SUNDAY, now)
    rows = plan_rows(schedule.slots, items_of(store, schedule.slots), [])
    return plan_events(rows, schedule, now)


def told(store, now=NOW):
    return [
        (event.uid.removesuffix("@kwartier"), event.kind, f"{event.starts:%a %H:%M}", f"{event.ends:%H:%M}")
        for event in events(store, now)
        if event.kind != "quarter"
    ]


def test_a_post_is_an_event_and_so_is_the_block_to_write_it_in(store):
    place(store, queue(store), TUESDAY, AMSTERDAM, NOW)
    assert told(store) == [
        (TUESDAY, "post", "Tue 08:40", "08:55"),
        (f"prep-{TUESDAY}", "preparation", "Mon 16:00", "16:25"),
    ]


def test_the_days_ahead_have_their_quarters(store):
    set_agreement(store, {**get_agreement(store), "quarter_at": "09:30"})
    quarters = [event for event in events(store) if event.kind == "quarter"]
    assert [event.uid for event in quarters] == [f"quarter-2026-11-{day}@kwartier" for day in range(23, 28)]
    assert {event.ends - event.starts for event in quarters} == {timedelta(minutes=15)}


def test_a_slot_without_a_post_is_no_event(store):
    assert told(store) == []


def test_a_block_stays_where_it_was_when_it_is_over(store):
    place(store, queue(store), TUESDAY, AMSTERDAM, NOW)
    before = told(store)
    for moment in (datetime(2026, 11, 24, 7, tzinfo=UTC), datetime(2026, 11, 29, tzinfo=UTC)):
        assert told(store, moment) == before


def test_of_a_post_that_is_out_no_block_is_ahead(store):
    item_id = queue(store)
    place(store, item_id, TUESDAY, AMSTERDAM, NOW)
    edit_item(store, item_id, {"status": "published"}, NOW)
    assert told(store) == [(TUESDAY, "post", "Tue 08:40", "08:55")]


def test_a_post_that_moves_keeps_its_id(store):
    place(store, queue(store), TUESDAY, AMSTERDAM, NOW)
    edit_slot(store, TUESDAY, {"starts_at": "2026-11-25T10:00:00Z"}, AMSTERDAM)
    assert told(store)[0] == (TUESDAY, "post", "Wed 11:00", "11:15")


def test_moments_are_those_of_the_zone():
    event = post_event(planned(zone="America/New_York"))
    assert event.starts.astimezone(UTC) == datetime(2026, 11, 24, 13, 40, tzinfo=UTC)


def test_a_post_takes_fifteen_minutes_also_while_the_clock_is_set_back():
    event = post_event(planned(day=date(2026, 10, 25), clock=time(2, 50)))
    assert event.ends.astimezone(UTC) - event.starts.astimezone(UTC) == timedelta(minutes=15)


def test_a_block_that_does_not_lie_where_it_belongs_is_no_event(store):
    """It is only the nearest one before."""
    wednesday = [minute_of(datetime(2026, 11, 25, hour, 30, tzinfo=AMSTERDAM)) for hour in (8, 17)]
    store.busy_calendars.put({"id": "work", "busy": wednesday, "days": ["2026-11-26"]})
    own = {"starts_at": "2026-11-26T13:00:00Z", "kind": "own", "topic": "Jaarplan"}
    slot_id = add_slot(store, own, AMSTERDAM)["id"]
    assert get_schedule(store, AMSTERDAM, MONDAY, SUNDAY, NOW).preparations[slot_id].block
    assert told(store) == [(slot_id, "post", "Thu 14:00", "14:15")]
