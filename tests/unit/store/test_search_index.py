"""The index behind the search can be lost, damaged, outdated or cut off by a full disk: it comes back by itself."""

import math
import os
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing, suppress

import pytest

import companion.store
from companion.store.search import index as search_index
from companion.store.search import search
from tests.unit.store.searching import article, found, keep, until

TEXT = "Een lang verhaal over roosters. " * 100
MANY = 300


@pytest.fixture
def folder(tmp_path):
    """A data folder with MANY articles, closed when each has its row: a search is complete with a few still to come."""
    folder = tmp_path / "data"
    store = companion.store.open(folder)
    text = store.texts.put(TEXT)
    store.items.put_all([article(number, text, title=f"Verhaal nr{number}") for number in range(1, MANY + 1)])
    until(lambda: rows_made(folder) == MANY)
    store.close()
    return folder


@pytest.fixture
def opened():
    """Opens folders, and closes them at the end."""
    stores = []

    def open_folder(folder):
        stores.append(companion.store.open(folder))
        return stores[-1]

    yield open_folder
    for store in stores:
        store.close()


def garbage(file):
    file.write_bytes(b"no index at all" * 5_000)


def half(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwritten(file):
    content = file.read_bytes()
    file.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))


def older_format(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {search_index.FORMAT + 1}")


def of_something_else(file):
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE documents (x)")


def without_a_table(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE words")


def empty(file):
    file.write_bytes(b"")


def missing(file):
    file.unlink()


@pytest.mark.parametrize(
    "harm", [missing, empty, garbage, half, overwritten, older_format, of_something_else, without_a_table]
)
def test_an_index_that_is_of_no_use_is_made_anew(folder, opened, harm):
    harm(folder / "search.sqlite")
    store = opened(folder)
    assert store.items.find("item7")["article"]["title"] == "Verhaal nr7"
    until(lambda: len(found(store, "roosters")) == MANY and store.search.is_complete)
    assert found(store, "nr7 ")[-1] == "item7"


def test_while_it_is_made_the_newest_are_found_first_and_it_says_that_more_may_come(folder, opened):
    (folder / "search.sqlite").unlink()
    store = opened(folder)
    assert not store.search.is_complete
    until(lambda: found(store, "roosters"))
    assert found(store, "roosters")[0] == f"item{MANY}"
    keep(store, MANY + 1, "Over dromen.")
    assert found(store, "dromen") == [f"item{MANY + 1}"]
    until(lambda: store.search.is_complete)
    assert len(found(store, "roosters")) == MANY


def test_an_index_older_than_the_articles_is_brought_up_to_date(folder, opened):
    older = (folder / "search.sqlite").read_bytes()
    store = companion.store.open(folder)
    keep(store, MANY + 1, "Over dromen.")
    store.items.discard("item1")
    store.items.put({**store.items.find("item2"), "commentary": "Een inval"})
    store.close()
    (folder / "search.sqlite").write_bytes(older)
    store = opened(folder)
    until(lambda: store.search.is_complete)
    assert list(store.search.find("dromen")) == [f"item{MANY + 1}"]
    assert list(store.search.find("inval")) == ["item2"]
    assert list(store.search.find('"nr1"')) == []
    assert len(list(store.search.find("roosters"))) == MANY - 1


def test_an_index_of_other_articles_is_replaced(folder, opened, tmp_path):
    other = opened(tmp_path / "other")
    keep(other, 1, "Over dromen.")
    other.close()
    (tmp_path / "other" / "search.sqlite").write_bytes((folder / "search.sqlite").read_bytes())
    store = opened(tmp_path / "other")
    until(lambda: store.search.is_complete)
    assert list(store.search.find("roosters")) == []
    assert list(store.search.find("dromen")) == ["item1"]


def test_a_process_killed_while_it_makes_the_index_leaves_one_that_is_finished_later(folder, opened):
    (folder / "search.sqlite").unlink()
    script = f"import time, companion.store; companion.store.open({str(folder)!r}); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        until((folder / "search.sqlite").exists)
        process.kill()
    store = opened(folder)
    until(lambda: store.search.is_complete)
    assert len(found(store, "roosters")) == MANY


def test_what_was_noted_and_not_yet_written_is_found_after_the_next_start(folder, opened):
    store = companion.store.open(folder)
    until(lambda: store.search.is_complete)
    keep(store, MANY + 1, "Over dromen.")
    store.close()
    store = opened(folder)
    until(lambda: store.search.is_complete)
    assert found(store, "dromen") == [f"item{MANY + 1}"]


def test_a_burst_of_captures_is_taken_in_by_the_background(folder, opened):
    store = opened(folder)
    for number in range(MANY + 1, MANY + 401):
        store.items.put(article(number, title="Uit de wachtrij"))
    until(lambda: store.search.is_complete)
    assert len(found(store, "wachtrij")) == 400


def rows_made(folder):
    """Amid being made anew there may be no file, or none with tables yet."""
    address = f"{(folder / 'search.sqlite').as_uri()}?mode=ro"
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(address, uri=True)) as connection:
        return connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    return math.inf


def test_rows_that_no_longer_stand_are_cleared_away(folder, opened, monkeypatch):
    monkeypatch.setattr(search_index, "_WORN_ROWS", 50)
    monkeypatch.setattr(search, "COLLECT_SECONDS", 0.01)
    store = opened(folder)
    item = store.items.find("item1")
    for count in range(200):
        store.items.put({**item, "topic": f"poging{count}"})
        found(store, f"poging{count}")
    until(lambda: store.search.is_complete and rows_made(folder) < MANY + 200)
    assert found(store, "poging199") == ["item1"]
    assert len(found(store, "roosters")) == MANY


def test_on_a_full_disk_no_half_index_is_left_and_it_is_made_once_there_is_room(folder, opened, monkeypatch):
    (folder / "search.sqlite").unlink()
    monkeypatch.setattr(search, "KEEP_FREE", 1 << 62)
    monkeypatch.setattr(search, "RETRY_SECONDS", 0.01)
    store = opened(folder)
    keep(store, MANY + 1, "Over dromen.")
    until(lambda: store.search._faults > 2)
    assert found(store, "dromen") == []
    assert not store.search.is_complete
    assert store.search.state == "waiting for room"
    monkeypatch.setattr(search, "KEEP_FREE", 0)
    until(lambda: store.search.is_complete)
    assert store.search.state == "complete"
    assert found(store, "dromen") == [f"item{MANY + 1}"]


def test_on_a_full_disk_what_is_indexed_is_still_found(folder, opened, monkeypatch):
    store = opened(folder)
    until(lambda: store.search.is_complete)
    monkeypatch.setattr(search, "KEEP_FREE", 1 << 62)
    monkeypatch.setattr(search, "RETRY_SECONDS", 0.01)
    keep(store, MANY + 1, "Over dromen en roosters.")
    assert len(found(store, "roosters")) == MANY
    until(lambda: store.search.is_waiting_for_room)
    assert not store.search.is_complete
    assert len(found(store, "roosters")) == MANY
    monkeypatch.setattr(search, "KEEP_FREE", 0)
    until(lambda: store.search.is_complete)
    assert len(found(store, "roosters")) == MANY + 1


FULL_DISK = """
import resource, sys
from companion.store import open
from companion.store.search import search
from tests.unit.store.searching import found, keep, until
search.RETRY_SECONDS = 0.01
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, resource.RLIM_INFINITY))
store = open(sys.argv[1])
until(lambda: store.search._faults > 1 and store.search._is_resting)
keep(store, 1000, "Over dromen.")
assert store.items.find("item1000")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
until(lambda: store.search.is_complete)
assert found(store, "dromen") == ["item1000"]
print(len(found(store, "roosters")))
store.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot limit the size of a process's files")
def test_a_write_that_fails_halfway_spoils_nothing(folder):
    (folder / "search.sqlite").unlink()
    done = subprocess.run([sys.executable, "-c", FULL_DISK, folder], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(MANY)


def test_an_article_whose_text_is_damaged_is_found_by_its_title_and_once_restored_by_its_text(folder, opened):
    store = companion.store.open(folder)
    path = store.texts.path(store.items.find("item1")["text_hash"])
    store.close()
    content = path.read_bytes()
    path.write_bytes(b"damaged")
    (folder / "search.sqlite").unlink()
    store = companion.store.open(folder)
    until(lambda: store.search.is_complete)
    assert found(store, 'verhaal "nr1"') == ["item1"]
    assert found(store, "roosters") == []
    assert store.search.snippets("roosters verhaal", store.items.newest("status", "", limit=3)) == {}
    store.close()
    path.write_bytes(content)
    store = opened(folder)
    until(lambda: store.search.is_complete)
    assert len(found(store, "roosters")) == MANY


def test_a_search_that_meets_damage_says_that_there_may_be_more(folder, opened, monkeypatch):
    monkeypatch.setattr(search, "COLLECT_SECONDS", 60)
    store = opened(folder)
    until(lambda: store.search.is_complete)
    harmed = overwritten_amid(folder / "search.sqlite")
    assert list(store.search.find("roosters")) == []
    assert not store.search.is_complete
    assert store.search.state == "making"
    assert harmed


def overwritten_amid(file):
    """Whether there was more than the file's first two pages, which are overwritten in place from there on."""
    with file.open("r+b", buffering=0) as opened_file:
        size = opened_file.seek(0, os.SEEK_END)
        opened_file.seek(8192)
        return opened_file.write(b"\xa5" * (size - 8192)) > 0


def test_closing_leaves_one_file_of_the_user_alone(folder):
    assert sorted(path.name for path in folder.glob("search*")) == ["search.sqlite"]
    if os.name != "nt":
        assert stat.S_IMODE((folder / "search.sqlite").stat().st_mode) == 0o600


def test_closing_at_any_moment_after_opening_keeps_the_index(folder):
    for turn in range(20):
        store = companion.store.open(folder)
        time.sleep(turn / 1000)
        store.close()
        assert rows_made(folder) == MANY


def test_a_search_after_closing_finds_nothing(folder):
    store = companion.store.open(folder)
    store.close()
    store.search.note(["item1"])
    assert list(store.search.find("roosters")) == []
