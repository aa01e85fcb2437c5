"""The extension's worker, the browser or the companion is killed while articles are on their way: each arrives, once,
in the order and with the time in which it was clicked."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.companion_process import Client
from tests.e2e.faults import FaultyCompanion
from tests.e2e.letters import Kept, assert_arrived, keeps, now
from tests.e2e.user import User
from tests.e2e.waiting import until

# The exchange of one capture with the companion, step by step; faulty_companion.py tells what the steps are.
STORED = "POST /api/captures 201"
MOMENTS = (
    "GET /api/health asked",
    "GET /api/health 200",
    "POST /api/proof asked",
    "POST /api/proof 200",
    "POST /api/captures asked",
    STORED,
    "POST /api/captures answered",
)
# Seconds from the click to the end of the worker.
DELAYS = (0.0, 0.03, 0.08, 0.15, 0.3)


@pytest.fixture(scope="module")
def companion(folder: Path) -> Iterator[FaultyCompanion]:
    """The companion, with its faults."""
    folder.mkdir()
    process = FaultyCompanion(folder)
    process.start()
    yield process
    process.stop()


def count(few: int) -> pytest.MarkDecorator:
    """A few captures each time, thirty at length."""
    return pytest.mark.parametrize("count", [few, pytest.param(30, marks=pytest.mark.long)])


@count(len(DELAYS))
def test_the_worker_ends_some_time_after_the_click(paired: User, client: Client, count: int):
    def kept(number: int, delay: float) -> Kept:
        def ends() -> None:
            time.sleep(delay)
            paired.browser.stop_worker()

        return keeps(paired, number, "saved", meanwhile=ends)

    numbers = range(1000, 1000 + count)
    assert_arrived(client, [kept(number, DELAYS[number % len(DELAYS)]) for number in numbers])


@count(len(MOMENTS))
def test_the_worker_ends_at_each_step_of_the_exchange(
    paired: User, companion: FaultyCompanion, client: Client, count: int
):
    def ends() -> None:
        companion.awaits_hold()
        paired.browser.stop_worker()
        companion.lets_go()

    letters = []
    for number in range(2000, 2000 + count):
        companion.holds_at(MOMENTS[number % len(MOMENTS)])
        letters.append(keeps(paired, number, "saved", meanwhile=ends))
    assert_arrived(client, letters)


@count(3)
def test_the_browser_is_killed_while_articles_wait_and_while_one_is_on_its_way(
    paired: User, companion: FaultyCompanion, client: Client, count: int
):
    companion.stop()
    letters = [keeps(paired, number, "waiting") for number in range(3000, 3000 + count)]
    paired.browser.kill()
    paired.browser.start_again()

    companion.start()
    companion.holds_at(STORED)
    letters.append(kept_until_killed(paired, companion, 3900))
    companion.lets_go()
    paired.browser.start_again()
    assert_arrived(client, letters)


def kept_until_killed(user: User, companion: FaultyCompanion, number: int) -> Kept:
    """A letter that is clicked; as soon as the first that waits is stored, and not yet answered, the browser is gone."""
    user.reads(f"/numbered/{number}")
    earliest = now()
    user.browser.click_action()
    companion.awaits_hold()
    user.browser.kill()
    return Kept(number, earliest, now())


@count(4)
def test_the_companion_is_killed_after_it_has_stored_and_before_it_answers(
    paired: User, companion: FaultyCompanion, client: Client, count: int
):
    companion.stop()
    first, *others = range(4000, 4000 + count)
    letters = [keeps(paired, first, "waiting")]
    for number in others:
        companion.start()
        companion.dies_at(STORED)
        letters.append(keeps(paired, number, "waiting"))
        until(companion.is_gone, "the companion to be gone")
        companion.lives()

    companion.start()
    paired.reads("/numbered/4000?again")
    paired.clicks("known", "saved")
    assert_arrived(client, letters)
