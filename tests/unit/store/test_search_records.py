"""Articles that a program of the user's wrote otherwise than the companion does: they spoil no search for the others."""

import hashlib
import zlib

import pytest

import companion.store
from tests.unit.store.searching import article, found, keep, until


def test_an_item_that_a_program_wrote_wrongly_spoils_nothing(store):
    keep(store, 1, "Over slaap.")
    store.items.put(
        {"id": "bad", "article": None, "people": "Noor", "hashtags": [None, 3], "quotes": [1], "number": "x"}
    )
    store.items.put({"id": "worse", "later_views": {"text": []}, "article": {"title": ["a", 1]}, "text_hash": 9})
    assert found(store, "slaap") == ["item1"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 2**43},
        {"number": 2**63},
        {"number": -1},
        {"number": -(2**63)},
        {"number": None},
        {"text_hash": "a\0b"},
        {"text_hash": "\0"},
        {"text_hash": ""},
        {"text_hash": "../../../etc/passwd"},
        {"text_hash": "x" * 5_000},
        {"text_hash": ["a" * 64, "\0"]},
    ],
    ids=repr,
)
def test_one_wrong_article_keeps_no_other_from_being_found(tmp_path, wrong):
    folder = tmp_path / "data"
    store = companion.store.open(folder)
    store.items.put({**article(1, title="Over dromen"), **wrong})
    keep(store, 2, "Over slaap.")
    assert_is_found(store)
    store.close()
    (folder / "search.sqlite").unlink()
    store = companion.store.open(folder)
    until(lambda: store.search.is_complete)
    assert_is_found(store)
    store.close()


def assert_is_found(store):
    assert found(store, "slaap") == ["item2"]
    assert set(found(store, "dromen")) <= {"item1"}
    assert list(store.search.snippets("dromen slaap", store.items)) == ["item2"]
    assert store.search._faults == 0


def test_an_article_whose_text_is_in_no_utf_8_is_found_by_its_title(store):
    content = "Over slaap, één.".encode("latin-1")
    name = hashlib.sha256(content).hexdigest()
    store.texts.path(name).parent.mkdir()
    store.texts.path(name).write_bytes(zlib.compress(content))
    store.items.put(article(1, name, title="Over dromen"))
    assert found(store, "dromen") == ["item1"]
    assert store.search.snippets("slaap", store.items) == {}


def test_articles_of_one_number_are_all_found_and_each_changes_by_itself(store):
    keep(store, 7, "Over slaap.")
    store.items.put({**article(7, title="Over dromen"), "id": "other"})
    store.items.put({**article(7, title="Over dromen"), "id": "third"})
    assert found(store, "slaap") == ["item7"]
    assert set(found(store, "over")) == {"item7", "other", "third"}
    store.items.put({**article(7, title="Over rust"), "id": "other"})
    store.items.discard("third")
    assert found(store, "dromen") == []
    assert set(found(store, "over")) == {"item7", "other"}


def test_articles_of_one_number_are_all_found_in_an_index_made_anew(tmp_path):
    store = companion.store.open(tmp_path / "data")
    store.items.put_all([{**article(7, title="Over slaap"), "id": f"twin{n}"} for n in range(1_200)])
    store.close()
    (tmp_path / "data" / "search.sqlite").unlink()
    store = companion.store.open(tmp_path / "data")
    until(lambda: store.search.is_complete)
    assert len(set(store.search.find("slaap"))) == 1_200
    store.close()


def test_an_article_whose_number_changes_is_found_once(store):
    store.items.put(article(1, title="Over slaap"))
    assert found(store, "slaap") == ["item1"]
    store.items.put({**store.items.find("item1"), "number": 5})
    assert found(store, "slaap") == ["item1"]
    assert list(store.search.find("slaap", 5)) == []
