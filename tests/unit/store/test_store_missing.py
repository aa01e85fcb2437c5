"""Files that are missing or that the disk does not give: nothing is taken for the whole that is not."""

import errno
import io
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

import companion.store
from companion.errors import StoreError
from tests.e2e.waiting import until
from tests.unit.store.faults import acts
from tests.unit.store.faults.damage import Found, damage, opened


def test_without_its_journal_it_waits_until_the_file_is_put_back(two):
    """Going on would count as the whole: the file that turns up again would be older than what is kept by then."""
    journal = two.newest("journal")
    away = journal.rename(two.folder.parent / "quarantine")
    with pytest.raises(StoreError, match=f"{journal.name} is missing"):
        companion.store.open(two.folder)
    away.rename(journal)
    assert opened(two.folder) == Found(two.model, [])


def test_without_any_snapshot_it_does_not_take_the_rest_for_the_whole(two):
    for path in two.folder.glob("snapshot-*.tsv"):
        path.unlink()
    with pytest.raises(StoreError, match=r"snapshot-\d+\.tsv is missing"):
        companion.store.open(two.folder)


@pytest.mark.parametrize("kind", ["snapshot", "journal"])
@pytest.mark.parametrize("which", [min, max])
def test_a_bad_sector_does_not_keep_it_from_opening(two, monkeypatch, kind, which):
    bad = which(two.folder.glob(f"{kind}-*.tsv"))
    real_open = Path.open

    class BadSector(io.BytesIO):
        def readline(self, size=-1):
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        read = __next__ = readline

    def open_with_bad_sector(path, mode="r", *more, **named):
        return BadSector() if path == bad and "r" in mode else real_open(path, mode, *more, **named)

    monkeypatch.setattr(Path, "open", open_with_bad_sector)
    found = opened(two.folder)
    assert found.model["items"].items() <= two.model["items"].items()
    assert found.model["items"]
    if (kind, which) == ("journal", max):
        assert [notice["is_complete"] for notice in found.notices] == [False]
    else:
        assert found.model == two.model


def test_after_a_mend_that_found_no_room_the_whole_snapshot_is_kept(two):
    """The newest snapshot is damaged and stays; until another one is whole, the older one is the only that is."""
    whole, damaged = sorted(two.folder.glob("snapshot-*.tsv"))
    damaged.write_bytes(damaged.read_bytes()[:-20])
    with full_disk(two.folder / "damaged"):
        store = companion.store.open(two.folder)
    store.compact()
    store.close()
    assert whole.exists()
    assert opened(two.folder).model == two.model


@contextmanager
def full_disk(folder):
    """No room for anything new in this folder."""
    real = os.open

    def full(path, flags, *more, **named):
        if flags & os.O_CREAT and folder in Path(path).parents:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, flags, *more, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", full)
        yield


@pytest.mark.parametrize("trace", ["backups/2026-11-22.tsv.gz", "damaged/journal-00000001.tsv"])
def test_without_records_traces_of_a_store_are_not_taken_for_an_empty_folder(in_memory, trace):
    (in_memory / trace).parent.mkdir(parents=True)
    (in_memory / trace).write_bytes(b"x")
    with pytest.raises(StoreError, match="restore a backup"):
        companion.store.open(in_memory)


@pytest.mark.parametrize("kind", ["empty", "zero bytes", "other content"])
def test_where_nothing_can_be_read_it_does_not_start_empty(two, kind):
    before = {path: damage(path, kind) for path in two.folder.glob("*.tsv")}
    with pytest.raises(StoreError, match="backup"):
        companion.store.open(two.folder)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("kind", ["empty", "zero bytes", "other content"])
def test_a_first_journal_of_which_nothing_can_be_read_is_not_taken_for_an_empty_store(small, kind):
    """Until the first compaction the snapshot is empty, and all there is lies in the journal."""
    before = damage(small.newest("journal"), kind)
    with pytest.raises(StoreError, match="backup"):
        companion.store.open(small.folder)
    assert [path.read_bytes() for path in small.folder.glob("journal-*.tsv")] == [before]


def test_texts_without_any_records_are_not_taken_for_an_empty_store(two):
    store = companion.store.open(two.folder)
    store.texts.put("a text")
    store.close()
    for path in two.folder.glob("*.tsv"):
        path.unlink()
    with pytest.raises(StoreError, match="backup"):
        companion.store.open(two.folder)
    assert not list(two.folder.glob("*.tsv"))


def test_a_folder_deleted_while_it_is_used_is_said_and_not_made_anew(small):
    store = companion.store.open(small.folder)
    until(lambda: store.search.is_complete, "the search index, which is written beside the rest")
    shutil.rmtree(small.folder)
    for write in (lambda: store.items.put(acts.item(9)), lambda: store.texts.put("text"), store.compact):
        with pytest.raises(StoreError):
            write()
    assert acts.contents(store) == small.model
    assert not small.folder.exists()
    store.close()
