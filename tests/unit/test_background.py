"""Work that nobody waits for: each act once, what came of it told to who asks, and ended when it is told."""

import threading

import pytest

from companion.errors import StoreError
from companion.web.background import Background


def stopped(background):
    background.stop(lambda: None)


def test_what_is_asked_for_twice_is_done_once():
    may_go, done = threading.Event(), []

    def act(record_id):
        may_go.wait(10)
        done.append(record_id)

    background = Background(act, 1, "a record")
    for record_id in ("a", "b", "b"):
        background.ask(record_id)
    assert not background.wait("b", 0.01)
    may_go.set()
    assert background.wait("b", 10)
    assert done == ["a", "b"]
    stopped(background)


def test_who_waits_is_told_that_it_could_not_be_kept_and_the_next_time_counts_anew():
    faults = [StoreError("The disk is full.")]

    def act(_record_id):
        if faults:
            raise faults.pop()

    background = Background(act, 1, "a record")
    background.ask("a")
    with pytest.raises(StoreError, match="The disk is full"):
        background.wait("a", 10)
    background.ask("a")
    assert background.wait("a", 10)
    stopped(background)


def test_nothing_is_begun_while_it_stops_and_who_waits_is_told():
    done = []
    background = Background(done.append, 1, "a record")
    stopped(background)
    background.ask("a")
    with pytest.raises(StoreError, match="is stopping"):
        background.wait("a", 10)
    assert (done, background._threads) == ([], [])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_nobody_had_thought_of_keeps_nothing_else_from_being_done():
    done = []

    def act(record_id):
        if record_id in "ab":
            raise LookupError(record_id)
        done.append(record_id)

    background = Background(act, 2, "a record")
    for record_id in "ab":
        background.ask(record_id)
        assert background.wait(record_id, 10)
    for thread in background._threads:
        thread.join(10)
    background.ask("c")
    assert background.wait("c", 10)
    assert done == ["c"]
    stopped(background)
