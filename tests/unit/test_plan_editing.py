"""A line of the content plan, changed: the plan then shows exactly that, whichever record it went to."""

from datetime import UTC, date, datetime, time

import pytest

from companion.editorial import changes
from companion.editorial.content_plan.editing import add_row, edit_row
from companion.editorial.content_plan.rows import plan_rows
from companion.editorial.curation import every_item, items_of
from companion.editorial.planning import placement
from companion.editorial.planning.calendar import calendar
from companion.errors import Conflict, Invalid, NotFound
from tests.unit.planning import AMSTERDAM, MONDAY, NOW, SUNDAY, queue

TUE, THU = "2026-11-24-tue", "2026-11-26-thu"
BRIEF = {
    "topic": "Slaap",
    "commentary": "Wat ik er zelf van zag.",
    "people": ["Anna de Vries", "Jansen, P."],
    "hashtags": ["slaap", "nachtdienst"],
    "creation_needed": "carousel",
    "creation_ready": True,
    "creation_link": "https://example.com/carousel.pdf",
}
EMPTY = {name: type(value)() if name != "creation_needed" else "none" for name, value in BRIEF.items()}


def plan(store):
    """The plan's lines of the week by their ids."""
    slots = calendar(store, AMSTERDAM, MONDAY, SUNDAY)
    return {row.id: row for row in plan_rows(slots, items_of(store, slots), every_item(store, "queued"))}


def shown(row):
    fields = {name: getattr(row, name) for name in BRIEF}
    fields |= {name: list(fields[name]) for name in ("people", "hashtags")}
    return fields | {"creation_needed": row.creation_needed or "none"}


def edit(store, row_id, **fields):
    return edit_row(store, row_id, fields, AMSTERDAM, NOW)


def planned(store):
    """An article in the slot of Tuesday; its id."""
    item = queue(store)
    edit(store, item, date="2026-11-24")
    return item


def own(store):
    """An open slot for a post of the user's own; its id."""
    edit(store, TUE, kind="own")
    return TUE


LINES = {
    "a post of one's own": own,
    "a planned article": lambda store: (planned(store), TUE)[1],
    "an article that waits": queue,
}


@pytest.mark.parametrize("name", BRIEF)
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_what_a_line_says_of_its_post_is_changed_field_by_field(store, line, name):
    row_id = line(store)
    before = shown(plan(store)[row_id])
    edit(store, row_id, **{name: BRIEF[name]})
    assert shown(plan(store)[row_id]) == before | {name: BRIEF[name]}
    edit(store, row_id, **{name: EMPTY[name]})
    assert shown(plan(store)[row_id]) == before


def test_what_was_asked_for_beforehand_holds_for_the_article_that_comes_until_it_says_otherwise(store):
    asked = {name: value for name, value in BRIEF.items() if name != "commentary"}
    edit(store, TUE, **asked)
    item = planned(store)
    assert shown(plan(store)[TUE]) == asked | {"commentary": ""}
    edit(store, TUE, people=["Ben Smit"], creation_ready=False)
    assert shown(plan(store)[TUE]) == asked | {"commentary": "", "people": ["Ben Smit"], "creation_ready": False}
    for name in BRIEF:
        edit(store, TUE, **{name: EMPTY[name]})
        assert shown(plan(store)[TUE])[name] == EMPTY[name]
    edit(store, TUE, status="queued")
    assert (plan(store)[item].status, shown(plan(store)[TUE])) == ("queued", EMPTY)


def test_a_line_that_is_emptied_again_is_the_cadences_own_again(store):
    edit(store, TUE, kind="own", **BRIEF)
    edit(store, TUE, kind="commentary", **EMPTY)
    assert store.slots.find(TUE) is None


def test_a_line_moves_to_another_day_hour_and_channel(store):
    planned(store)
    edit(store, TUE, date="2026-11-25", time="10:15", channel="Bluesky", kind="own", preparation_minutes=90)
    row = plan(store)[TUE]
    assert (row.day, row.clock, row.channel, row.kind, row.preparation) == (
        date(2026, 11, 25),
        time(10, 15),
        "Bluesky",
        "own",
        90,
    )


@pytest.mark.parametrize(
    ("when", "place"),
    [
        ({"date": "2026-11-24"}, TUE),
        ({"date": "2026-11-24", "time": "08:40"}, TUE),
        ({"date": "2026-11-24", "time": "11:00"}, None),
        ({"date": "2026-11-26", "channel": "LinkedIn"}, THU),
        ({"date": "2026-11-26", "time": "08:40", "channel": "Bluesky"}, None),
        ({"date": "2026-11-25", "time": "09:30", "kind": "own", "hashtags": ["slaap"]}, None),
    ],
)
def test_an_article_that_is_given_a_date_stands_there_in_an_open_slot_or_in_a_new_one(store, when, place):
    item = queue(store)
    edit(store, item, **when)
    [row] = [row for row in plan(store).values() if row.item_id == item]
    assert row.status == "planned"
    assert row.day == date.fromisoformat(when["date"])
    assert (row.id == place) if place else (row.id not in (TUE, THU))
    for name in ("channel", "kind"):
        assert getattr(row, name) == when.get(name, {"channel": "LinkedIn", "kind": "commentary"}[name])


def test_a_new_line_is_a_post_of_the_users_own(store):
    [key] = add_row(store, {"date": "2026-11-25", "time": "09:30", **BRIEF}, AMSTERDAM, NOW)
    row = plan(store)[key[1]]
    assert (row.kind, row.status, shown(row)) == ("own", "planned", BRIEF)


def written(store):
    """A post of the user's own with its words; its id."""
    edit(store, TUE, kind="own", commentary="Wat ik er zelf van zag.")
    return TUE


REFUSED = {
    "a day that has passed": (TUE, {"date": "2026-11-20"}, Invalid, "date"),
    "an hour nobody works": (TUE, {"time": "23:00"}, Invalid, "starts_at"),
    "a slot said to be planned": (TUE, {"status": "planned"}, Invalid, "status"),
    "an article planned nowhere": ("queued", {"status": "planned"}, Invalid, "status"),
    "a day without an hour": ("queued", {"date": "2026-11-25"}, Invalid, "time"),
    "a channel without a day": ("queued", {"channel": "Bluesky"}, Invalid, "channel"),
    "an article in a skipped slot": ("planned", {"status": "skipped"}, Conflict, "status"),
    "words where an article is to come": (THU, {"commentary": "Wat ik zag."}, Invalid, "commentary"),
    "words left where an article may come": ("own", {"kind": "commentary"}, Invalid, "kind"),
    "an own post that went out in the time to come": (
        "own",
        {"status": "published", "published_at": "2030-01-01T09:00:00Z"},
        Invalid,
        "published_at",
    ),
    "posted where it is not": ("planned", {"post_url": "https://example.com/post"}, Invalid, "post_url"),
    "posted in the time to come": (
        "planned",
        {"status": "published", "published_at": "2026-11-23T09:00:00Z"},
        Invalid,
        "published_at",
    ),
}


@pytest.mark.parametrize(("line", "fields", "error", "path"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_whole(store, line, fields, error, path):
    row_id = {"queued": queue, "planned": LINES["a planned article"], "own": written}.get(line, lambda _: line)(store)
    before = plan(store)
    with pytest.raises(error) as refusal:
        edit(store, row_id, **{"topic": "Slaap", **fields})
    assert [problem["path"] for problem in refusal.value.problems] == [path]
    assert plan(store) == before


def test_a_line_that_is_not_there_is_named_so(store):
    with pytest.raises(NotFound):
        edit(store, "2026-11-25-wed", topic="Slaap")


def test_a_post_is_out_since_when_and_where_and_can_be_planned_again(store):
    planned(store)
    out = {"status": "published", "published_at": "2026-11-22T08:00:00Z", "post_url": "https://example.com/post"}
    edit(store, TUE, **out)
    row = plan(store)[TUE]
    assert (row.status, row.published_at.isoformat(), row.post_url) == (
        "published",
        "2026-11-22T08:00:00+00:00",
        out["post_url"],
    )
    edit(store, TUE, status="planned")
    row = plan(store)[TUE]
    assert (row.status, row.published_at, row.post_url) == ("planned", None, "")


def test_a_post_of_ones_own_is_out_and_open_again(store):
    edit(store, TUE, kind="own", topic="Slaap")
    edit(store, TUE, status="published", published_at="2026-11-22T08:00:00Z", post_url="https://example.com/post")
    assert plan(store)[TUE].post_url == "https://example.com/post"
    edit(store, TUE, status="planned")
    assert (plan(store)[TUE].status, plan(store)[TUE].post_url) == ("planned", "")


@pytest.mark.parametrize(
    "fields", [{"people": ["Ben Smit"], "date": "2026-11-25"}, {"status": "queued"}, {"status": "dropped"}]
)
def test_a_change_is_taken_back_whole(store, fields):
    planned(store)
    before = plan(store)
    with store.transaction():
        change = changes.note(store, edit(store, TUE, **fields))
    assert plan(store) != before
    changes.take_back(store, change)
    assert plan(store) == before


def test_no_article_takes_the_place_of_a_post_of_ones_own(store):
    item = queue(store)
    with pytest.raises(Conflict):
        placement.place(store, item, written(store), AMSTERDAM, NOW)
    assert (plan(store)[TUE].item_id, plan(store)[TUE].commentary) == ("", "Wat ik er zelf van zag.")


@pytest.mark.parametrize("fields", [{"date": "2026-11-25"}, {"status": "published"}, {"status": "queued"}])
def test_a_line_goes_by_its_article_too_and_both_records_come_back(store, fields):
    item = planned(store)
    before = plan(store)
    with store.transaction():
        change = changes.note(store, edit(store, item, **fields))
    changes.take_back(store, change)
    assert plan(store) == before


def test_what_was_dropped_is_queued_again(store):
    item = queue(store)
    edit(store, item, status="dropped")
    edit(store, item, status="queued")
    assert plan(store)[item].status == "queued"


def test_an_article_takes_the_next_open_slot_of_a_day_whose_first_has_passed(store):
    item, noon = queue(store), datetime(2026, 11, 24, 11, tzinfo=UTC)
    [key] = add_row(store, {"date": "2026-11-24", "time": "14:00", "kind": "commentary"}, AMSTERDAM, NOW)
    edit_row(store, item, {"date": "2026-11-24"}, AMSTERDAM, noon)
    assert plan(store)[key[1]].item_id == item
