"""Closed stores in a folder that is gone after the test."""

import pytest

import companion.store
from tests.unit.store.faults import acts
from tests.unit.store.faults.damage import keep
from tests.unit.store.faults.memory import folder_in_memory


@pytest.fixture
def in_memory():
    with folder_in_memory() as made:
        yield made


@pytest.fixture
def small(in_memory):
    """All records in the journal of the first generation."""
    return keep(in_memory / "small", [acts.item(number, 0) for number in range(1, 6)])


@pytest.fixture
def two(in_memory):
    """Two generations: of ten items the first five in the older, with changes in both journals."""
    folder = in_memory / "two"
    keep(folder, [acts.item(number) for number in range(1, 6)])
    store = companion.store.open(folder)
    store.compact()
    store.items.put(acts.item(1, 500))
    store.items.discard(acts.item(2)["id"])
    store.compact()
    store.close()
    return keep(folder, [acts.item(number) for number in range(6, 11)])
