"""The content plan: a row per slot that is not skipped, by time, then the queued items without a slot."""

from datetime import date, time

import pytest

from companion.editorial.content_plan.rows import PlanRow, plan_rows


def slot(slot_id="s1", day="2026-11-24", clock="08:40", utc="07:40", **changes):
    return {
        "id": slot_id,
        "starts_at": f"{day}T{utc}:00Z",
        "zone": "Europe/Amsterdam",
        "date": day,
        "time": clock,
        "kind": "commentary",
        "channel": "LinkedIn",
        "topic": "",
        "status": "open",
        "item_id": None,
        "origin": "cadence",
        "edited": False,
        **changes,
    }


def item(item_id="i1", title="Rechter wijst vordering af", **changes):
    return {
        "id": item_id,
        "identity_url": "https://nrc.nl/uitspraak",
        "status": "queued",
        "article": {"url": "https://nrc.nl/uitspraak#kern", "title": title, "site_name": "NRC"},
        "commentary": "Dit gaat verder dan het lijkt.",
        "people": ["Anna de Vries", "Jansen, P."],
        "hashtags": ["arbeidsrecht", "ai"],
        "topic": "Arbeidsrecht",
        "creation_needed": "photo",
        "slot_id": None,
        **changes,
    }


def ids(rows):
    return [row.id for row in rows]


def test_a_planned_slot_tells_what_when_and_with_whom():
    planned = item(status="planned", slot_id="s1")
    [row] = plan_rows([slot(status="planned", item_id="i1")], {"i1": planned}, [])
    assert row == PlanRow(
        id="s1",
        status="planned",
        day=date(2026, 11, 24),
        clock=time(8, 40),
        zone="Europe/Amsterdam",
        channel="LinkedIn",
        kind="commentary",
        topic="Arbeidsrecht",
        title="Rechter wijst vordering af",
        source="NRC",
        link="https://nrc.nl/uitspraak#kern",
        commentary="Dit gaat verder dan het lijkt.",
        creation_needed="photo",
        people=("Anna de Vries", "Jansen, P."),
        hashtags=("arbeidsrecht", "ai"),
        preparation=25,
        item_id="i1",
    )


def test_an_open_slot_is_a_row_with_room_in_it():
    [row] = plan_rows([slot()], {}, [])
    assert (row.day, row.status, row.preparation) == (date(2026, 11, 24), "open", 25)
    assert (row.topic, row.title, row.link, row.creation_needed, row.people) == ("", "", "", "", ())


def test_a_queued_item_has_no_hour_channel_kind_or_preparation_yet():
    [row] = plan_rows([], {}, [item()])
    assert (row.id, row.status, row.title) == ("i1", "queued", "Rechter wijst vordering af")
    assert (row.day, row.clock, row.zone, row.channel, row.kind, row.preparation) == (
        None,
        None,
        "",
        "",
        "",
        None,
    )


@pytest.mark.parametrize(("kind", "minutes"), [("commentary", 25), ("ad_hoc", 25), ("own", 60)])
def test_preparation_follows_the_kind(kind, minutes):
    assert plan_rows([slot(kind=kind)], {}, [])[0].preparation == minutes


@pytest.mark.parametrize(
    ("items_topic", "slots_topic", "shown"),
    [
        ("Arbeidsrecht", "", "Arbeidsrecht"),
        ("Arbeidsrecht", "Jaaroverzicht", "Arbeidsrecht"),
        ("", "Jaaroverzicht", "Jaaroverzicht"),
        ("", "", ""),
    ],
)
def test_the_items_topic_goes_before_the_slots(items_topic, slots_topic, shown):
    rows = plan_rows([slot(item_id="i1", topic=slots_topic)], {"i1": item(topic=items_topic)}, [])
    assert rows[0].topic == shown


def test_an_own_slot_shows_its_topic_before_it_has_an_item():
    assert plan_rows([slot(kind="own", topic="Jaaroverzicht")], {}, [])[0].topic == "Jaaroverzicht"


def test_rows_go_by_the_instant_whatever_the_zone_and_undated_ones_last_in_the_queues_order():
    slots = [
        slot("late", clock="09:00", utc="14:00", zone="America/New_York"),
        slot("tomorrow", day="2026-11-25"),
        slot("early", clock="09:30", utc="08:30"),
    ]
    rows = plan_rows(slots, {}, [item("i2"), item("i1")])
    assert ids(rows) == ["early", "late", "tomorrow", "i2", "i1"]


@pytest.mark.parametrize("status", ["open", "planned", "published"])
def test_slots_in_use_are_shown(status):
    assert ids(plan_rows([slot(status=status)], {}, [])) == ["s1"]


def test_a_skipped_slot_is_not_shown():
    assert plan_rows([slot(status="skipped")], {}, []) == []


@pytest.mark.parametrize(
    "placed_or_done",
    [item(slot_id="s9", status="planned"), item(status="published"), item(status="dropped")],
    ids=["planned", "published", "dropped"],
)
def test_only_what_waits_is_undated(placed_or_done):
    assert plan_rows([], {}, [placed_or_done]) == []


def test_a_slot_whose_item_is_gone_is_a_row_still():
    assert plan_rows([slot(item_id="gone", status="planned")], {}, [])[0].title == ""
