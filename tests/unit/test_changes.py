"""Changes to slots that can be taken back: to the very record that was there, or not at all."""

import pytest

from companion.editorial import changes
from companion.editorial.planning.calendar import calendar, edit_slot
from companion.errors import Conflict
from tests.unit.planning import AMSTERDAM, MONDAY, SUNDAY, week

SLOT = "2026-11-24-tue"


def change(store, **edit):
    """Changes the slot of Tuesday; the id of the change."""
    with store.transaction():
        before = changes.found(store, [("slots", SLOT)])
        edit_slot(store, SLOT, edit, AMSTERDAM)
        return changes.note(store, before)


def test_a_slot_of_the_cadence_is_its_own_again_and_kept_no_more(store):
    yielded = week(store)
    changes.take_back(store, change(store, starts_at="2026-11-25T08:00:00Z"))
    assert (calendar(store, AMSTERDAM, MONDAY, SUNDAY), store.slots.find(SLOT)) == (yielded, None)


def test_changes_are_taken_back_from_the_last_one_on(store):
    first, second = change(store, topic="Slaap"), change(store, topic="Nachtdienst")
    with pytest.raises(Conflict):
        changes.take_back(store, first)
    changes.take_back(store, second)
    assert store.slots.find(SLOT)["topic"] == "Slaap"
    changes.take_back(store, first)
    assert store.slots.find(SLOT) is None


def test_a_change_is_taken_back_once(store):
    made = change(store, topic="Slaap")
    changes.take_back(store, made)
    with pytest.raises(Conflict):
        changes.take_back(store, made)


def test_only_the_last_changes_are_kept(store):
    first = change(store, topic="first")
    for number in range(changes.MOST[changes.ACTS]):
        change(store, topic=str(number))
    assert len(changes.changes(store, changes.ACTS)) == changes.MOST[changes.ACTS]
    with pytest.raises(Conflict):
        changes.take_back(store, first)
