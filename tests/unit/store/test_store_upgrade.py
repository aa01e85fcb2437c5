"""Folders of another version: an older one is brought along once and its original kept, a newer one is not touched."""

import orjson
import pytest

import companion.store
from companion.errors import StoreError
from companion.store.journal import lines
from tests.unit.store.faults import acts, kills


def files(folder):
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def first(tmp_path):
    """A folder of the first version, with records of every kind and a table that nobody knows."""
    folder = tmp_path / "data"
    folder.mkdir()
    tables = orjson.loads(kills.format_1(30))
    tables |= {
        "segments": {"t": {"id": "t", "start": "2026-11-20T08:00:00Z", "end": "2026-11-20T08:05:00Z"}},
        "pairings": {"p": {"id": "p", "origin": "chrome-extension://a"}},
        "tokens": {"k": {"id": "k", "name": "a program"}},
        "browsers": {"b": {"id": "b"}},
        "of_a_later_version": {"x": {"id": "x", "nested": {"deeply": [1, None, "é"]}}},
    }
    (folder / "kwartier.json").write_bytes(orjson.dumps(tables))
    return folder


def everything(store):
    return {
        name: {key: orjson.loads(raw) for key, raw in records.items()}
        for name, records in store.state().tables.items()
        if records
    }


def test_a_folder_of_the_first_version_is_brought_along_once(first):
    original = (first / "kwartier.json").read_bytes()
    expected = orjson.loads(original)
    del expected["singletons"]["format"]
    for _ in range(2):
        store = companion.store.open(first)
        found = everything(store)
        found["singletons"].pop("format", None)
        assert found == expected
        assert [item["number"] for item in store.items.newest("status", "queued", limit=3)] == [30, 29, 28]
        assert not list(store.notices)
        store.close()
    assert (first / "before-format-2" / "kwartier.json").read_bytes() == original
    assert not (first / "kwartier.json").exists()


def test_what_was_brought_along_can_be_changed_and_stays_changed(first):
    store = companion.store.open(first)
    store.items.put(acts.item(1, 7))
    store.close()
    again = companion.store.open(first)
    assert dict(again.items.find(acts.item(1)["id"])) == acts.item(1, 7)
    again.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", bytes(100)])
def test_a_damaged_file_of_the_first_version_is_refused_and_left_as_it_is(tmp_path, content):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "kwartier.json").write_bytes(content)
    for _ in range(2):
        with pytest.raises(StoreError):
            companion.store.open(folder)
        assert (folder / "kwartier.json").read_bytes() == content
        assert not list(folder.glob("*.tsv"))


def write_newer(folder, kind):
    """Make it look as a newer version would have written it."""
    path = max(folder.glob(f"{kind}-*.tsv"))
    first_line, _, rest = path.read_bytes().partition(b"\n")
    sequence, [(table, record_id, header)] = lines.decode(first_line)
    newer = orjson.dumps({**orjson.loads(header), "format": lines.FORMAT + 1, "new": True})
    path.write_bytes(lines.encode(sequence, [(table, record_id, newer)]) + rest)


@pytest.mark.parametrize("kind", ["snapshot", "journal"])
def test_a_newer_format_is_refused_and_nothing_of_it_touched(tmp_path, kind):
    folder = tmp_path / "data"
    store = companion.store.open(folder)
    store.items.put(acts.item(1))
    store.compact()
    store.close()
    write_newer(folder, kind)
    before = files(folder)
    with pytest.raises(StoreError, match="newer"):
        companion.store.open(folder)
    lock = {path for path in before if path.name.startswith("lock")}
    assert {path: found for path, found in files(folder).items() if path not in lock} == {
        path: found for path, found in before.items() if path not in lock
    }


def test_a_newer_file_of_the_first_kind_is_refused_untouched(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    newer = orjson.dumps({"singletons": {"format": {"id": "format", "version": 9}}})
    (folder / "kwartier.json").write_bytes(newer)
    with pytest.raises(StoreError, match="newer"):
        companion.store.open(folder)
    assert (folder / "kwartier.json").read_bytes() == newer
    assert not list(folder.glob("*.tsv"))


def test_tables_and_fields_that_nobody_knows_stay(first):
    store = companion.store.open(first)
    odd = {**acts.item(2), "of_a_later_version": {"kept": [1, 2.5, None, True]}}
    store.items.put(odd)
    store.compact()
    store.items.put(acts.item(31))
    store.close()
    again = companion.store.open(first)
    assert dict(again.items.find(odd["id"])) == odd
    assert everything(again)["of_a_later_version"] == {"x": {"id": "x", "nested": {"deeply": [1, None, "é"]}}}
    again.close()
