"""Backup, restore and check: everything in one archive, and back only where nothing is lost by it."""

import zipfile

import pytest

import companion.store
from companion.errors import StoreError
from companion.store import backup

ITEM = {"id": "a", "number": 1, "text_hash": None, "page_hash": None, "article": {"title": "A"}}


def test_a_backup_restores_into_an_empty_folder(store, tmp_path):
    name = store.texts.put("a text")
    store.items.put({**ITEM, "text_hash": name})
    bundle = backup.archive(store)
    backup.restore(bundle, tmp_path / "new")
    again = companion.store.open(tmp_path / "new")
    assert dict(again.items.find("a"))["text_hash"] == name
    assert again.texts.get(name) == "a text"
    again.close()


def test_a_damaged_backup_restores_nothing(store, tmp_path):
    store.items.put({**ITEM, "article": {"title": "x" * 2000}})
    damaged = bytearray(backup.archive(store))
    damaged[60] ^= 0xFF
    with pytest.raises(StoreError, match="damaged"):
        backup.restore(bytes(damaged), tmp_path / "new")
    assert not (tmp_path / "new").exists()


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
