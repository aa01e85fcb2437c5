"""An item and its slot: together, apart, published; both always agree."""

import pytest

from companion.editorial import curation
from companion.editorial.planning import placement
from companion.editorial.planning.calendar import add_slot, delete_slot, edit_slot, get_slot
from companion.errors import Conflict, NotFound
from tests.unit.planning import AMSTERDAM, NOW, queue, week


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


def test_a_post_that_is_not_out_after_all_is_planned_again(store):
    item = queue(store)
    placement.place(store, item, "2026-11-24-tue", AMSTERDAM, NOW)
    with pytest.raises(Conflict):
        placement.unpublish(store, item, NOW)
    curation.edit_item(store, item, {"status": "published"}, NOW)
    back = placement.unpublish(store, item, NOW)
    assert (back["status"], back["slot_id"], back["published_at"]) == ("planned", "2026-11-24-tue", None)
    assert get_slot(store, "2026-11-24-tue", AMSTERDAM)["status"] == "planned"


def test_a_post_without_a_slot_that_is_not_out_after_all_is_queued(store):
    item = queue(store)
    curation.edit_item(store, item, {"status": "published"}, NOW)
    assert placement.unpublish(store, item, NOW)["status"] == "queued"
