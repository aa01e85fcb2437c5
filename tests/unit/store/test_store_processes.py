"""Several threads and several processes at one data folder."""

import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import companion.store
from companion.errors import StoreError, StoreLocked
from tests.unit.store.faults import acts

THREADS, EACH = 4, 60
OPENING = """
import sys
import companion.store
from companion.errors import StoreLocked
try:
    companion.store.open(sys.argv[1])
except StoreLocked as refusal:
    sys.exit(refusal.message)
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


def _hold(folder, told):
    store = companion.store.open(folder)
    store.items.put(acts.item(1))
    told.send(os.getpid())
    told.recv()


@pytest.fixture
def holder(folder):
    """Another process that has the folder."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_hold, args=(str(folder), theirs))
    process.start()
    assert ours.recv() == process.pid
    yield process
    process.kill()
    process.join()


def test_a_second_process_is_told_which_one_has_the_folder(holder, folder):
    with pytest.raises(StoreLocked, match=rf"\b{holder.pid}\b"):
        companion.store.open(folder)


def test_a_second_opening_in_the_same_process_is_refused_too(folder):
    first = companion.store.open(folder)
    with pytest.raises(StoreLocked, match=rf"\b{os.getpid()}\b"):
        companion.store.open(folder)
    first.items.put(acts.item(1))
    first.close()
    again = companion.store.open(folder)
    assert len(again.items) == 1
    again.close()


def test_a_refused_process_changes_nothing(folder):
    store = companion.store.open(folder)
    store.items.put(acts.item(1))
    before = files(folder)
    refused = subprocess.run([sys.executable, "-c", OPENING, str(folder)], capture_output=True, text=True, check=False)
    assert (refused.returncode, str(os.getpid()) in refused.stderr) == (1, True)
    assert files(folder) == before
    store.items.put(acts.item(2))
    store.close()
    again = companion.store.open(folder)
    assert len(again.items) == 2
    again.close()


def files(folder):
    """The files of the records; Windows lets nobody read the lock, and the search index is made in the background."""
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in [*folder.glob("*.tsv"), folder / "lock.owner"]
    }


def test_the_lock_of_a_killed_process_holds_nobody_up(holder, folder):
    holder.kill()
    holder.join()
    store = companion.store.open(folder)
    assert [item["number"] for item in store.items] == [1]
    store.close()


def test_threads_that_insert_at_once_lose_nothing_and_share_no_number(folder):
    store = companion.store.open(folder, compact_after=65536)

    def insert(thread):
        for number in range(EACH):
            with store.transaction():
                record = {**acts.item(store.next_number(), 800), "id": f"{thread}-{number}"}
                store.items.put(record)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(insert, range(THREADS)))
    for _ in range(2):
        assert len(store.items) == THREADS * EACH
        assert sorted(item["number"] for item in store.items) == list(range(1, THREADS * EACH + 1))
        store.close()
        store = companion.store.open(folder)
    store.close()


def test_threads_that_share_texts_take_none_from_one_another(folder):
    """Each adds items with one of three texts and removes them again, with the text where nobody else has it."""
    store = companion.store.open(folder)

    def work(thread):
        for number in range(EACH):
            text = f"text {number % 3}"
            record = {**acts.item(thread * EACH + number + 1, 50, text), "id": f"{thread}-{number}"}
            acts.Act([("items", record["id"], record)], text).do(store)
            if number % 4:
                acts.Act([("items", record["id"], None)], forgets=record["text_hash"]).do(store)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))
    left = acts.contents(store)["items"]
    assert len(left) == THREADS * EACH / 4
    assert set(store.texts.names()) == {record["text_hash"] for record in left.values()}
    assert store.collect_orphans() == 0
    store.close()


def test_readers_see_only_whole_transactions(folder):
    """Four readers look at pairs of records that are only ever changed together."""
    store = companion.store.open(folder, compact_after=65536)
    pair = [acts.item(1), acts.item(2)]
    store.items.put_all(pair)

    def write():
        for number in range(200):
            store.items.put_all([{**record, "commentary": str(number)} for record in pair])

    def read():
        seen = []
        while not writing.done():
            tables = store.state().tables["items"]
            seen.append({raw[raw.index(b'"commentary"') :] for raw in tables.values()})
        return seen

    with ThreadPoolExecutor(THREADS + 1) as pool:
        writing = pool.submit(write)
        readers = [pool.submit(read) for _ in range(THREADS)]
    writing.result()
    assert all(len(values) == 1 for reader in readers for values in reader.result())
    store.close()


def test_a_thread_that_comes_after_the_close_is_refused(folder):
    store = companion.store.open(folder)
    with ThreadPoolExecutor(THREADS) as pool:
        started = [pool.submit(store.items.put, acts.item(number)) for number in range(1, 200)]
        store.close()
        refused = [future for future in started if isinstance(future.exception(), StoreError)]
    again = companion.store.open(folder)
    assert len(again.items) == len(started) - len(refused)
    again.close()
