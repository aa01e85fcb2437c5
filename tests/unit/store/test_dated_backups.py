"""Backups that are made by themselves: one a day, each with real copies of what it needs, and nothing needless."""

import gzip
import os
import shutil
from datetime import timedelta

import pytest

from companion.errors import StoreFull
from companion.store.backups.dated import backup_days, backup_path, make_backup, names_in
from companion.store.backups.sources import whole
from companion.store.notices import dismiss, note_unreadable, open_notices
from tests.unit.store.backups import TODAY, fill, item


def day(number):
    return TODAY + timedelta(days=number)


def read_backup(folder, day):
    with gzip.open(backup_path(folder, day)) as file:
        return whole(file)


def copies(store):
    return {path.parent.name + path.stem for path in (store.folder / "backups" / "texts").glob("??/*.zlib")}


def files(store):
    folder = store.folder / "backups"
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_backup_holds_the_records_and_copies_of_their_texts(store):
    fill(store)
    assert make_backup(store, TODAY) == set()
    assert names_in(store.folder, TODAY) == set(store.texts.names())
    assert read_backup(store.folder, TODAY) == store.state()
    assert copies(store) == set(store.texts.names())
    for path in (store.folder / "backups" / "texts").glob("??/*.zlib"):
        original = store.folder / path.relative_to(store.folder / "backups")
        assert path.read_bytes() == original.read_bytes()
        assert not path.samefile(original), "a link would share the damage of the original"


def test_without_a_change_there_is_no_new_backup(store):
    fill(store)
    make_backup(store, TODAY)
    before = files(store)
    assert make_backup(store, day(1)) is None
    assert files(store) == before


def test_the_backup_of_a_day_follows_the_changes_of_that_day(store):
    fill(store)
    make_backup(store, TODAY)
    item(store, "later", "a later text")
    make_backup(store, TODAY)
    assert backup_days(store.folder) == [TODAY]
    assert read_backup(store.folder, TODAY) == store.state()


def test_a_text_is_copied_once_and_only_what_is_new_is_written(store):
    fill(store)
    make_backup(store, TODAY)
    before = {path: path.stat().st_mtime_ns for path in files(store)}
    item(store, "later", "a later text")
    make_backup(store, day(1))
    new = {path.name for path in files(store) if path not in before}
    assert len(new) == 3, "the records, the text and the page"
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_text_goes_when_no_kept_backup_names_it_any_more(store):
    fill(store)
    gone = store.items.find("a")
    make_backup(store, TODAY)
    with store.transaction():
        store.items.discard("a")
        store.forget_texts([gone["text_hash"], gone["page_hash"]])
    for number in range(1, 60):
        store.singletons.put({"id": "cadence", "entries": [number]})
        make_backup(store, day(number))
        still_kept = TODAY in backup_days(store.folder)
        assert (gone["text_hash"] in copies(store)) == still_kept
    assert not still_kept
    assert copies(store) == set(store.texts.names())
    assert len(backup_days(store.folder)) <= 11


def test_where_a_kept_backup_cannot_be_read_no_text_is_removed(store):
    for number in range(20):
        item(store, f"{number}", f"text {number}")
        store.items.discard(f"{number - 1}")
        if number == 15:
            backup_path(store.folder, day(14)).write_bytes(b"damaged")
        make_backup(store, day(number))
    assert backup_path(store.folder, day(14)).exists()
    assert store.items.find("19")["text_hash"] in copies(store)
    assert len(copies(store)) > 2 * len(backup_days(store.folder))


def test_files_of_the_users_own_are_left_alone(store):
    fill(store)
    make_backup(store, TODAY)
    own = store.folder / "backups" / "before the holidays.tsv.gz"
    own.write_bytes(b"mine")
    (store.folder / "backups" / "20261122.tsv.gz").write_bytes(b"mine too")
    for number in range(1, 20):
        store.singletons.put({"id": "cadence", "entries": [number]})
        make_backup(store, day(number))
    assert own.read_bytes() == b"mine"
    assert day(19) in backup_days(store.folder)


def test_on_a_full_disk_the_old_backups_stay_whole_and_nothing_half_is_left(store, monkeypatch):
    fill(store)
    make_backup(store, TODAY)
    before = files(store)
    item(store, "later", os.urandom(2000).hex())
    write, room = os.write, 1000

    def until_full(handle, content):
        nonlocal room
        room -= len(content)
        if room < 0:
            raise OSError(28, "No space left on device")
        return write(handle, content)

    monkeypatch.setattr(os, "write", until_full)
    with pytest.raises(StoreFull):
        make_backup(store, day(1))
    monkeypatch.undo()
    assert files(store) == before
    assert make_backup(store, day(1)) == set()


def test_what_was_copied_for_a_backup_without_room_is_removed(store, monkeypatch):
    """The first text fits, the next one does not."""
    fill(store)
    make_backup(store, TODAY)
    before = files(store)
    for number in range(4):
        item(store, f"later {number}", os.urandom(2000).hex())
    replaced, write = [], os.write

    def until_full(handle, content):
        replaced.append(content)
        if len(replaced) > 3:
            raise OSError(28, "No space left on device")
        return write(handle, content)

    with monkeypatch.context() as disk:
        disk.setattr(os, "write", until_full)
        with pytest.raises(StoreFull):
            make_backup(store, day(1))
    assert files(store) == before


def test_a_backup_leaves_room_for_what_is_kept_next(store):
    fill(store)
    make_backup(store, TODAY)
    before = files(store)
    item(store, "later", os.urandom(2000).hex())
    all_of_it = shutil.disk_usage(store.folder).total
    with pytest.raises(StoreFull, match="nearly full"):
        make_backup(store, day(1), keep_free=all_of_it)
    assert files(store) == before


def test_the_backup_of_today_stays_while_damage_was_not_seen(store):
    """It may be the last one that has what is lost."""
    fill(store)
    make_backup(store, TODAY)
    before = files(store)
    store.items.discard("a")
    store.notices.put({"id": "n", "kind": "damage", "files": [], "lost": []})
    assert make_backup(store, TODAY) is None
    assert files(store) == before
    assert make_backup(store, day(1)) == set(), "another day's is made: nothing is written over"
    store.items.discard("b")
    assert make_backup(store, day(1)) is None
    dismiss(store, "n")
    assert make_backup(store, day(1)) == set()


def test_work_that_is_ended_in_the_middle_is_done_the_next_time(store):
    fill(store)
    calls = iter(range(100))

    def stop():
        if next(calls) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(store, TODAY, stop)
    assert backup_days(store.folder) == []
    make_backup(store, TODAY)
    assert copies(store) == set(store.texts.names())


def test_a_damaged_text_is_found_while_it_is_copied_and_told_once(store):
    fill(store)
    name = store.items.find("a")["text_hash"]
    store.texts.path(name).write_bytes(b"damaged")
    assert make_backup(store, TODAY) == {name}
    note_unreadable(store, {name})
    [notice] = open_notices(store)
    assert [(lost["id"], lost["still_there"]) for lost in notice["lost"]] == [("a", True)]
    dismiss(store, notice["id"])
    note_unreadable(store, {name})
    assert open_notices(store) == []
    note_unreadable(store, {name, store.items.find("b")["page_hash"]})
    assert [lost["id"] for lost in open_notices(store)[0]["lost"]] == ["a", "b"]
