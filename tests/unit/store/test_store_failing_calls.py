"""Whichever system call fails, an act is done and acknowledged, or refused and not done; nothing else comes of it.

The same acts are done again and again; each time another call of the system reports an error.
"""

import errno
from random import Random

import pytest

import companion.store
from companion.errors import StoreError
from tests.unit.store.faults import acts, kills
from tests.unit.store.faults.failing_calls import Failing

ERRORS = {"a full disk": errno.ENOSPC, "a failing disk": errno.EIO}
ACTS, COMPACT_EVERY = 12, 5


def act(store, failing):
    """Do acts, some of which are refused; what may be found of them after the store was opened again.

    Where a write failed and could not be taken back either, nobody knows whether it is on the disk. The store is
    read-only from then on, and the one act that it was may be there or not.
    """
    random, model = Random(7), acts.contents(store)
    allowed = [model]
    with failing.active():
        for number in range(1, ACTS + 1):
            chosen, was_writable = acts.anything(random, model), not store.read_only_reason
            if accepted(lambda chosen=chosen: chosen.do(store)):
                chosen.do_on(model)
            elif was_writable and store.read_only_reason:
                allowed.append(acts.copy(model))
                chosen.do_on(allowed[1])
            if number % COMPACT_EVERY == 0:
                accepted(store.compact)
    return allowed


def accepted(call):
    """Whether it was done; a refusal is in words, whatever failed."""
    try:
        call()
    except StoreError:
        return False
    return True


def reopened(folder):
    store = companion.store.open(folder)
    try:
        return acts.contents(store), list(store.notices)
    finally:
        store.close()


@pytest.mark.parametrize("width", [1, 2, 4], ids="{} in a row".format)
@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
def test_an_act_is_done_and_acknowledged_or_refused_and_not_done(tmp_path, error, width):
    place = -1
    while True:
        place += 1
        store = companion.store.open(tmp_path / str(place))
        failing = Failing(range(place, place + width), error)
        allowed = act(store, failing)
        assert acts.contents(store) == allowed[0], f"call {place}"
        store.close()
        assert reopened(store.folder) in [(model, []) for model in allowed], f"call {place}"
        if failing.count <= place:
            break
    assert place > 50


def nothing(folder):
    """A folder that is not there yet."""


def records(folder):
    store = companion.store.open(folder)
    for number in range(1, 6):
        store.items.put(acts.item(number))
    store.compact()
    store.items.put(acts.item(6))
    store.close()


def unfinished_tail(folder):
    records(folder)
    with max(folder.glob("journal-*.tsv")).open("ab") as file:
        file.write(b"0123")


def damage(folder):
    records(folder)
    journal = max(folder.glob("journal-*.tsv"))
    journal.write_bytes(journal.read_bytes().replace(b"capture-6", b"capture-0"))


def first_format(folder):
    folder.mkdir()
    (folder / "kwartier.json").write_bytes(kills.format_1(10))


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
@pytest.mark.parametrize("made", [nothing, records, unfinished_tail, damage, first_format])
def test_an_opening_that_fails_is_refused_in_words_and_the_next_one_works(tmp_path, made, error):
    made(tmp_path / "whole")
    expected, notices = reopened(tmp_path / "whole")
    place = -1
    while True:
        place += 1
        folder = tmp_path / str(place)
        made(folder)
        failing = Failing(range(place, place + 1), error)
        with failing.active():
            accepted(lambda folder=folder: companion.store.open(folder).close())
        found, told = reopened(folder)
        assert found == expected, f"call {place}"
        assert len(told) == len(notices), f"call {place}"
        if failing.count <= place:
            break
    assert place > 2
