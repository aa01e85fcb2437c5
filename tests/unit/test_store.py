"""The store: what was written is there, whole, for the user alone, and one process at a time has it."""

import multiprocessing
import os
import stat
import sys
import zipfile

import orjson
import pytest

import companion.store
from companion.errors import StoreError, StoreFull, StoreLocked
from companion.store import backup, files

ITEM = {"id": "a", "number": 1, "text_hash": None, "page_hash": None, "article": {"title": "A"}}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def store(folder):
    opened = companion.store.open(folder)
    yield opened
    opened.close()


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


def test_a_full_disk_is_said_and_changes_nothing(store, monkeypatch):
    store.items.put(ITEM)
    before = {path.name for path in store.folder.iterdir()}

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(StoreFull):
        store.items.put({**ITEM, "id": "b"})
    assert store.items.find("b") is None
    monkeypatch.undo()
    assert {path.name for path in store.folder.iterdir()} == before
    store.items.put({**ITEM, "id": "c"})
    again = reopen(store)
    assert {record["id"] for record in again.items} == {"a", "c"}
    again.close()


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


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\x00" * 100])
def test_a_damaged_file_is_refused_and_left_as_it_is(folder, content):
    folder.mkdir()
    (folder / "kwartier.json").write_bytes(content)
    with pytest.raises(StoreError):
        companion.store.open(folder)
    assert (folder / "kwartier.json").read_bytes() == content


def test_a_newer_format_is_refused_untouched(folder):
    folder.mkdir()
    newer = orjson.dumps({"singletons": {"format": {"id": "format", "version": 2}}})
    (folder / "kwartier.json").write_bytes(newer)
    with pytest.raises(StoreError, match="newer"):
        companion.store.open(folder)
    assert (folder / "kwartier.json").read_bytes() == newer


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
        with pytest.raises(StoreError, match="damaged"):
            companion.store.open(folder)


def test_a_text_that_is_damaged_or_missing_is_said(store):
    name = store.texts.put("a text")
    [path] = store.folder.rglob("*.zlib")
    path.write_bytes(b"damaged")
    with pytest.raises(StoreError):
        store.texts.get(name)
    path.unlink()
    with pytest.raises(StoreError):
        store.texts.get(name)


def test_a_backup_restores_into_an_empty_folder(store, tmp_path):
    name = store.texts.put("a text")
    store.items.put({**ITEM, "text_hash": name})
    bundle = backup.archive(store)
    backup.restore(bundle, tmp_path / "new")
    again = companion.store.open(tmp_path / "new")
    assert dict(again.items.find("a"))["text_hash"] == name
    assert again.texts.get(name) == "a text"
    again.close()


def test_a_restore_never_writes_over_data(store):
    store.items.put(ITEM)
    with pytest.raises(StoreError, match="not empty"):
        backup.restore(backup.archive(store), store.folder)


def bundle(tmp_path, entries):
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path.read_bytes()


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"other.json": "{}"},
        {"kwartier.json": "{}", "../evil": "x"},
        {"kwartier.json": "{}", "/etc/passwd": "x"},
        {"kwartier.json": "{}", "texts/../../evil.zlib": "x"},
        {"kwartier.json": "{}", "texts/ab/cd.zlib": "\0" * 10_000_000},
    ],
    ids=["empty", "something else", "path upwards", "absolute path", "path upwards inside", "zip bomb"],
)
def test_a_hostile_archive_is_refused_before_anything_is_written(tmp_path, entries):
    target = tmp_path / "deep" / "folder"
    with pytest.raises(StoreError):
        backup.restore(bundle(tmp_path, entries), target)
    assert not target.exists()


def test_no_archive_at_all_is_refused(tmp_path):
    with pytest.raises(StoreError, match="not a backup"):
        backup.restore(b"something else", tmp_path / "new")


def test_check_names_the_item_whose_text_cannot_be_read(store):
    name = store.texts.put("a text")
    store.items.put({**ITEM, "text_hash": name})
    assert backup.check(store)["problems"] == []
    next(store.folder.rglob("*.zlib")).unlink()
    [problem] = backup.check(store)["problems"]
    assert problem["path"] == "items/a"
