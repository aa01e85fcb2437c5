"""Texts outside the records: kept once, there as long as an item names them, and gone with the last that does."""

import errno

import pytest

import companion.store
from companion.errors import StoreError
from tests.unit.store.faults.failing_calls import SYNCING, fail

ITEM = {"id": "a", "number": 1, "text_hash": None, "page_hash": None, "article": {"title": "A"}}


@pytest.fixture
def keep(store):
    """Keeps an item with a text; returns the text's hash."""

    def act(item_id, text):
        with store.transaction():
            name = store.texts.put(text)
            store.items.put({**ITEM, "id": item_id, "text_hash": name})
        return name

    return act


def remove(store, item_id):
    with store.transaction():
        item = store.items.find(item_id)
        store.items.discard(item_id)
        store.forget_texts([item["text_hash"], item["page_hash"]])


def test_the_same_text_is_kept_once(store, keep):
    assert keep("a", "the text") == keep("b", "the text")
    assert len(list(store.texts.names())) == 1


def test_a_text_goes_with_the_last_item_that_names_it(store, keep):
    name = keep("a", "the text")
    keep("b", "the text")
    remove(store, "a")
    assert store.texts.get(name) == "the text"
    remove(store, "b")
    assert list(store.texts.names()) == []


def test_a_text_stays_where_the_removal_of_its_item_fails(store, keep):
    name = keep("a", "the text")
    with pytest.raises(RuntimeError), store.transaction():
        remove(store, "a")
        raise RuntimeError
    assert store.items.find("a")
    assert store.texts.get(name) == "the text"


def test_while_a_backup_reads_no_text_goes(store, keep):
    name = keep("a", "the text")
    with store.keeping_texts():
        with store.keeping_texts():
            remove(store, "a")
        assert store.texts.get(name) == "the text"
    assert list(store.texts.names()) == []


def test_a_text_that_came_back_into_use_meanwhile_stays(store, keep):
    name = keep("a", "the text")
    with store.keeping_texts():
        remove(store, "a")
        keep("b", "the text")
    assert store.texts.get(name) == "the text"


def test_texts_that_no_item_names_are_collected(store, keep):
    """As a process leaves one that was killed between keeping the text and keeping the item."""
    name = keep("a", "the text")
    store.texts.put("nobody's")
    assert store.collect_orphans() == 1
    assert list(store.texts.names()) == [name]


@pytest.mark.parametrize("content", [b"", b"damaged", None])
def test_a_text_that_is_damaged_or_missing_is_said(store, content):
    name = store.texts.put("a text")
    path = store.texts.path(name)
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(StoreError, match="text of this article"):
        store.texts.get(name)


def test_the_text_of_an_item_that_was_lost_to_damage_stays(store, keep):
    """With it and the copy of the damaged file, the article can still be made whole again."""
    name = keep("a", "the text")
    keep("b", "another text")
    folder = store.folder
    store.close()
    [journal] = folder.glob("journal-*.tsv")
    journal.write_bytes(journal.read_bytes().replace(b'"id":"a"', b'"id":"?"'))
    again = companion.store.open(folder)
    try:
        assert again.items.find("a") is None
        assert again.collect_orphans() == 0
        assert again.texts.get(name) == "the text"
    finally:
        again.close()


def test_a_fault_of_the_disk_at_a_text_stops_all_writing(store, keep, monkeypatch):
    """What of the text is on the disk is not known, so an item must not be acknowledged that names it."""
    with monkeypatch.context() as broken:
        fail(broken, SYNCING, errno.EIO)
        with pytest.raises(StoreError, match="read or written"):
            keep("a", "the text")
    with pytest.raises(StoreError, match="can no longer be written"):
        keep("a", "the text")
    assert store.items.find("a") is None
    assert store.read_only_reason


def test_orphans_stay_where_a_missing_file_took_their_items(store, keep):
    """The notice alone tells; there is no copy of a file that is not there."""
    name = keep("a", "the text")
    store.items.discard("a")
    store.notices.put({"id": "n", "kind": "damage", "files": [], "lost": [], "is_dismissed": True})
    assert store.collect_orphans() == 0
    assert store.texts.get(name) == "the text"
