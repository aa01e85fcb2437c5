"""A disk that is full or may not be written: said plainly, nothing half-written, and on again once there is room."""

import errno
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

import companion.store
from companion.errors import StoreError, StoreFull
from companion.store.backups.dated import backup_days, backup_path, make_backup
from companion.store.files import UNFINISHED
from tests.unit.store.faults import acts, small_disk
from tests.unit.store.faults.failing_calls import SYNCING, fail
from tests.unit.store.faults.small_disk import MEGABYTE, RuledDisk
from tests.unit.store.searching import until

DAY = date(2026, 11, 22)
ON_A_REAL_DISK = Path(__file__).parent / "faults" / "on_a_real_disk.py"


@pytest.fixture
def small(tmp_path, monkeypatch):
    return RuledDisk(2 * MEGABYTE, tmp_path / "small", monkeypatch)


def opened(folder, **settings):
    """A new store whose search index has been made: one that meets a full disk half made is removed, and makes room."""
    store = companion.store.open(folder, **settings)
    until(lambda: store.search.is_complete)
    return store


def insert_until_full(store, size=2000, with_text=True):
    """Insert items, with texts that do not compress; what was acknowledged."""
    kept = {}
    for number in range(1, 10_000):
        text = os.urandom(3000).hex() if with_text else None
        record = acts.item(number, size, text)
        try:
            acts.Act([("items", record["id"], record)], text).do(store)
        except StoreFull:
            return kept
        kept[record["id"]] = record
    raise AssertionError("the disk never became full")


def unfinished(folder):
    return [path for path in folder.rglob("*") if UNFINISHED in path.name]


def test_an_insert_into_a_full_disk_is_refused_and_the_next_one_fits(small):
    store = opened(small.folder / "data")
    small.fill(leave=MEGABYTE)
    kept = insert_until_full(store)
    small.fill()
    for _ in range(3):
        with pytest.raises(StoreFull, match="make room"):
            store.items.put(acts.item(20_000, 10_000))
    assert acts.contents(store)["items"] == kept
    assert not unfinished(small.folder)
    small.make_room()
    store.items.put(acts.item(20_001, 10_000))
    store.close()
    again = companion.store.open(small.folder / "data")
    assert acts.contents(again)["items"] == {**kept, acts.item(20_001)["id"]: acts.item(20_001, 10_000)}
    assert not list(again.notices)
    again.close()


def test_a_transaction_that_does_not_fit_changes_nothing(small):
    store = opened(small.folder / "data")
    store.items.put(acts.item(1))
    small.fill()
    with pytest.raises(StoreFull), store.transaction():
        store.items.put(acts.item(1, 20_000))
        store.slots.put({"id": "s"})
    assert acts.contents(store) == {"items": {acts.item(1)["id"]: acts.item(1)}, "slots": {}}
    assert store.read_only_reason is None
    store.close()


def test_compaction_without_room_leaves_everything_whole_and_works_later(small):
    """Already before the disk is full there is no room for a second snapshot beside the first."""
    store = opened(small.folder / "data", compact_after=64 * 1024)
    small.fill(leave=MEGABYTE // 2)
    expected = insert_until_full(store, size=8000, with_text=False)
    with pytest.raises(StoreFull):
        store.compact()
    assert acts.contents(store)["items"] == expected
    store.close()
    assert not unfinished(small.folder)
    store = companion.store.open(small.folder / "data")
    assert acts.contents(store)["items"] == expected
    assert not list(store.notices)
    small.make_room()
    store.compact()
    store.close()
    again = companion.store.open(small.folder / "data")
    assert acts.contents(again)["items"] == expected
    assert not list(again.notices)
    again.close()


def test_a_search_index_without_room_takes_nothing_else_along(small):
    store = companion.store.open(small.folder / "data")
    small.fill(leave=16 * 1024)
    store.items.put(acts.item(1))
    assert list(store.search.find("Artikel")) in ([acts.item(1)["id"]], [])
    store.close()
    small.make_room()
    again = companion.store.open(small.folder / "data")
    assert len(again.items) == 1
    again.close()


def test_a_dated_backup_without_room_is_said_and_the_one_before_stays_whole(small):
    store = opened(small.folder / "data")
    store.items.put(acts.item(1))
    make_backup(store, DAY, keep_free=0)
    before = backup_path(store.folder, DAY).read_bytes()
    insert_until_full(store)
    small.fill()
    with pytest.raises(StoreFull):
        make_backup(store, DAY + timedelta(days=1), keep_free=0)
    assert backup_days(store.folder) == [DAY]
    assert backup_path(store.folder, DAY).read_bytes() == before
    assert not unfinished(small.folder)
    store.close()


def test_a_quota_that_is_reached_is_said_as_a_full_disk(tmp_path, monkeypatch):
    small = RuledDisk(MEGABYTE // 4, tmp_path / "small", monkeypatch, errno.EDQUOT)
    store = companion.store.open(small.folder / "data")
    kept = insert_until_full(store)
    assert acts.contents(store)["items"] == kept
    small.make_room()
    store.close()


FAULTS = {"the disk reports an error": errno.EIO, "it may no longer be written": errno.EROFS}


@pytest.mark.parametrize("error", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("names", [("write",), SYNCING], ids=["writing", "syncing"])
def test_an_error_of_the_disk_makes_the_store_read_only_until_it_is_opened_again(tmp_path, monkeypatch, names, error):
    store = companion.store.open(tmp_path / "data")
    store.items.put(acts.item(1))
    before = max((tmp_path / "data").glob("journal-*.tsv")).read_bytes()
    fail(monkeypatch, names, error)
    with pytest.raises(StoreError):
        store.items.put(acts.item(2))
    monkeypatch.undo()
    assert store.read_only_reason
    for write in (lambda: store.items.put(acts.item(3)), lambda: store.slots.discard("s"), store.compact):
        with pytest.raises(StoreError, match="start Kwartier again"):
            write()
    assert acts.contents(store)["items"] == {acts.item(1)["id"]: acts.item(1)}
    assert max((tmp_path / "data").glob("journal-*.tsv")).read_bytes() == before
    store.close()
    again = companion.store.open(tmp_path / "data")
    assert again.read_only_reason is None
    again.items.put(acts.item(4))
    assert {item["number"] for item in again.items} == {1, 4}
    again.close()


# Not every system lets its users mount: there the rule alone must do.
if small_disk.can_mount():

    def test_all_of_it_on_a_real_disk(tmp_path):
        pytest_there = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            f"--basetemp={tmp_path / 'there'}",
        ]
        command = [*small_disk.NAMESPACE, *pytest_there, str(ON_A_REAL_DISK)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout
        assert " passed" in result.stdout
