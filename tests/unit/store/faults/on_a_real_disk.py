"""The tests of full disks once more, on a real small filesystem, and those that only a real one can show.

Runs in a namespace in which it may mount: test_store_disk_full.py starts it there.
"""

import multiprocessing

import pytest

import companion.store
from companion.errors import StoreError
from tests.integration.test_cli import kwartier
from tests.integration.test_store_faults import test_captures_on_a_full_disk_get_507_and_reading_goes_on  # noqa: F401
from tests.unit.store.faults import acts
from tests.unit.store.faults.small_disk import MEGABYTE, RealDisk
from tests.unit.store.test_store_disk_full import *  # noqa: F403  # The same tests, with the disk of this module.
from tests.unit.store.test_store_disk_full import insert_until_full

# It would start this module again.
test_all_of_it_on_a_real_disk = None


@pytest.fixture
def small(tmp_path):
    """The tmpfs is gone with the namespace."""
    return RealDisk(2 * MEGABYTE, tmp_path / "small")


def _insert_until_killed(folder, told):
    store = companion.store.open(folder)
    told.send(list(insert_until_full(store)))
    told.recv()


def test_killed_while_the_disk_is_full_it_opens_and_has_all(small):
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_insert_until_killed, args=(str(small.folder / "data"), theirs))
    process.start()
    kept = ours.recv()
    small.fill()
    process.kill()
    process.join()
    store = companion.store.open(small.folder / "data")
    assert sorted(acts.contents(store)["items"]) == sorted(kept)
    small.make_room()
    store.items.put(acts.item(20_000))
    store.close()


def test_a_folder_that_may_not_be_written_is_said_and_left_as_it_is(small):
    store = companion.store.open(small.folder / "data")
    store.items.put(acts.item(1))
    store.close()
    before = files(small.folder)
    small.set_read_only(True)
    for name in ("data", "another"):
        with pytest.raises(StoreError, match="Read-only"):
            companion.store.open(small.folder / name)
    assert files(small.folder) == before
    small.set_read_only(False)
    again = companion.store.open(small.folder / "data")
    assert len(again.items) == 1
    again.close()


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("arguments", [["export", "csv", "-o"], ["export", "json", "-o"], ["backup"]], ids=" ".join)
def test_a_file_that_does_not_fit_is_said_and_nothing_of_it_is_left(small, tmp_path, arguments):
    data = tmp_path / "data"
    kwartier("add", "https://vakblad.example/ploegendienst", data=data)
    small.fill()
    before = files(small.folder)
    result = kwartier(*arguments, str(small.folder / "file"), data=data)
    assert result.returncode != 0
    assert "No space left" in result.stderr or "full" in result.stderr
    assert "Traceback" not in result.stderr
    assert files(small.folder) == before
