"""The plan as JSON: the whole records, nothing lost, the same file for the same records."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from companion.exports.archive import render
from companion.exports.plan import Plan

SLOT = {
    "id": "s1",
    "starts_at": "2026-11-24T07:40:00Z",
    "zone": "Europe/Amsterdam",
    "date": "2026-11-24",
    "time": "08:40",
    "kind": "commentary",
    "channel": "LinkedIn",
    "topic": "",
    "status": "planned",
    "item_id": "i1",
    "origin": "cadence",
    "edited": False,
}
ITEM = {
    "id": "i1",
    "status": "planned",
    "article": {
        "url": "https://nrc.nl/a",
        "title": '</script>\u2028\x00🚀 "x"',
        "byline": None,
        "authors": ["A"],
        "word_count": 9,
    },
    "commentary": "Twee\nregels",
    "quotes": [{"text": "citaat", "fragment": "#:~:text=citaat"}],
    "later_views": [{"text": "later", "captured_at": "2026-11-25T07:00:00.123Z"}],
    "number": 2**53,
    "slot_id": "s1",
    "captured_at": "2026-11-23T07:00:00Z",
    "published_at": None,
    "a_field_of_a_newer_version": [1, 2.5, {"x": []}],
}


def plan(slots=(SLOT,), items=(ITEM,), generated_at=datetime(2026, 11, 23, 7, 5, tzinfo=UTC)):
    return Plan(date(2026, 11, 23), date(2027, 2, 14), "Europe/Amsterdam", [], items, slots, generated_at)


def test_every_record_comes_back_whole():
    assert json.loads(render(plan())) == {
        "contract": 1,
        "generated_at": "2026-11-23T07:05:00Z",
        "from": "2026-11-23",
        "to": "2027-02-14",
        "zone": "Europe/Amsterdam",
        "slots": [SLOT],
        "items": [ITEM],
    }


def test_slots_go_by_time_and_items_by_capture_in_whatever_order_they_came():
    slots = [SLOT, SLOT | {"id": "s0"}, SLOT | {"id": "s2", "starts_at": "2026-11-23T07:40:00Z"}]
    items = [ITEM, ITEM | {"id": "i0", "captured_at": "2026-11-22T07:00:00Z"}]
    record = json.loads(render(plan(slots, items)))
    assert [slot["id"] for slot in record["slots"]] == ["s2", "s0", "s1"]
    assert [item["id"] for item in record["items"]] == ["i0", "i1"]
    assert render(plan(slots, items)) == render(plan(slots[::-1], items[::-1]))


def test_it_is_laid_out_for_people_and_for_diff():
    text = render(plan([], [])).decode()
    assert text.startswith('{\n  "contract": 1,\n  "from": "2026-11-23",\n')
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 11, 23, 7, 5, tzinfo=UTC), "2026-11-23T07:05:00Z"),
        (datetime(2026, 11, 23, 8, 5, tzinfo=timezone(timedelta(hours=1))), "2026-11-23T07:05:00Z"),
    ],
)
def test_the_moment_is_utc(moment, written):
    assert json.loads(render(plan(generated_at=moment)))["generated_at"] == written


def test_programs_read_it_so_no_word_is_translated():
    assert render(plan(), say=str.upper) == render(plan())
