"""The store: what was written is there, whole, for the user alone, and one process at a time has it."""

import multiprocessing
import os
import shutil
import stat
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

import companion.store
from companion.errors import StoreError, StoreLocked
from companion.store import files

ITEM = {"id": "a", "number": 1, "text_hash": None, "page_hash": None, "article": {"title": "A"}}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


def reopen(store):
    store.close()
    return companion.store.open(store.folder)


def test_what_was_put_is_there_after_reopening(store):
    store.items.put(ITEM)
    name = store.texts.put("De tekst, met één € en 漢字.")
    again = reopen(store)
    assert dict(again.items.find("a")) == ITEM
    assert again.texts.get(name) == "De tekst, met één € en 漢字."
    again.close()


def test_a_record_is_replaced_whole_and_discarded(store):
    store.items.put({**ITEM, "old": 1})
    store.items.put(ITEM)
    assert dict(store.items.find("a")) == ITEM
    store.items.discard("a")
    store.items.discard("a")
    assert store.items.find("a") is None


def test_tinydbs_own_queries_work(store):
    from tinydb import where

    store.items.put_all([{**ITEM, "id": str(n), "number": n} for n in range(10)])
    assert {record["id"] for record in store.items.search(where("number") >= 7)} == {"7", "8", "9"}


def test_a_transaction_is_written_whole_or_not_at_all(store):
    with pytest.raises(RuntimeError), store.transaction():
        store.items.put(ITEM)
        store.slots.put({"id": "s"})
        raise RuntimeError
    assert store.items.find("a") is None
    with store.transaction():
        store.items.put(ITEM)
        with store.transaction():
            store.slots.put({"id": "s"})
    again = reopen(store)
    assert again.items.find("a")
    assert again.slots.find("s")
    again.close()


def test_inside_a_transaction_one_sees_what_one_wrote(store):
    with store.transaction():
        store.items.put(ITEM)
        assert store.items.find("a")


def test_threads_lose_nothing_of_one_another(store):
    """Eight threads write to two tables, in transactions and without, and some of the transactions fail."""

    def write(thread):
        for number in range(20):
            record = {**ITEM, "id": f"{thread}-{number}"}
            store.slots.put(record)
            with suppress(RuntimeError), store.transaction():
                store.items.put(record)
                if number % 5 == 4:
                    raise RuntimeError

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert (len(store.slots), len(store.items)) == (8 * 20, 8 * 16)
    again = reopen(store)
    assert (len(again.slots), len(again.items)) == (8 * 20, 8 * 16)
    again.close()


def test_others_see_a_transaction_only_once_it_is_done(store):
    with ThreadPoolExecutor(1) as other:
        with store.transaction():
            store.items.put(ITEM)
            assert other.submit(store.items.find, "a").result(5) is None
        assert other.submit(store.items.find, "a").result(5)


def test_a_failed_transaction_inside_another_takes_back_only_its_own(store):
    with store.transaction():
        store.items.put(ITEM)
        with suppress(RuntimeError), store.transaction():
            store.items.put({**ITEM, "id": "b"})
            raise RuntimeError
        store.items.put({**ITEM, "id": "c"})
    assert {record["id"] for record in store.items} == {"a", "c"}


def test_a_closed_store_takes_nothing_more(store):
    store.close()
    with pytest.raises(StoreError, match="stopping"):
        store.items.put(ITEM)


def test_a_folder_that_was_deleted_is_said_and_not_made_anew(store):
    store.items.put(ITEM)
    store.search.close()  # Else it may make a file while the folder is being emptied.
    shutil.rmtree(store.folder)
    for act in (lambda: store.items.put({**ITEM, "number": 2}), lambda: store.texts.put("text")):
        with pytest.raises(StoreError, match="cannot be read or written"):
            act()
    assert not store.folder.exists()


def test_what_a_killed_process_had_not_finished_is_removed(folder):
    companion.store.open(folder).close()
    (folder / f"{files.UNFINISHED}x").touch()
    companion.store.open(folder).close()
    assert not list(folder.glob(f"{files.UNFINISHED}*"))


def test_texts_without_their_records_are_not_taken_for_an_empty_store(store, folder):
    store.texts.put("a text")
    store.close()
    for path in folder.glob("*.tsv"):
        path.unlink()
    with pytest.raises(StoreError, match="restore a backup"):
        companion.store.open(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the profile's folders to the user by itself")
def test_other_files_in_the_folder_keep_their_modes(folder):
    (folder / "scripts").mkdir(parents=True)
    mine = folder / "scripts" / "run.sh"
    mine.touch()
    mine.chmod(0o755)
    companion.store.open(folder).close()
    assert stat.S_IMODE(mine.stat().st_mode) == 0o755


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the profile's folders to the user by itself")
def test_only_the_user_may_read_and_wrong_modes_are_repaired(folder):
    before = os.umask(0)
    try:
        store = companion.store.open(folder)
        store.items.put(ITEM)
        store.texts.put("text")
        store.close()
        for path in folder.rglob("*"):
            path.chmod(0o777)
        folder.chmod(0o755)
        companion.store.open(folder).close()
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
    assert modes == {path: 0o700 if path.is_dir() else 0o600 for path in modes}


def _try_to_open(folder, results):
    try:
        companion.store.open(folder)
    except StoreLocked as error:
        results.put(error.message)


def test_a_second_process_is_refused(store):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_try_to_open, args=(store.folder, results))
    process.start()
    assert str(store.folder) in results.get(timeout=30)
    process.join()


def test_the_lock_of_a_refused_opening_is_given_back(folder):
    folder.mkdir()
    (folder / "kwartier.json").write_bytes(b"{")
    for _ in range(2):
        with pytest.raises(StoreError, match="left as it is"):
            companion.store.open(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is in use")
def test_a_lock_that_somebody_removed_still_holds(store):
    (store.folder / "lock").unlink()
    with pytest.raises(StoreLocked):
        companion.store.open(store.folder)


def test_without_a_thread_to_spare_a_write_is_kept_all_the_same(folder, monkeypatch):
    store = companion.store.open(folder, compact_after=1)

    def refused(_thread):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as crowded:
        crowded.setattr(threading.Thread, "start", refused)
        store.items.put(ITEM)
        store.items.put({**ITEM, "id": "b"})
    again = reopen(store)
    assert {record["id"] for record in again.items} == {"a", "b"}
    again.close()


def test_a_reader_finds_no_record_under_a_key_it_no_longer_has(store):
    """Lists are made from an index and the records, which change together."""
    store.items.put_all([{**ITEM, "id": str(number), "number": number, "status": "queued"} for number in range(50)])
    done = threading.Event()

    def write():
        for turn in range(100):
            status = ("queued", "dropped")[turn % 2]
            store.items.put_all(
                [{**ITEM, "id": str(number), "number": number, "status": status} for number in range(50)]
            )
        done.set()

    with ThreadPoolExecutor(1) as other:
        writing = other.submit(write)
        while not done.is_set() and not writing.done():
            for status in ("queued", "dropped"):
                found = store.items.newest("status", status)
                assert {record["status"] for record in found} <= {status}
                assert len(found) in (0, 50)
        writing.result()
