"""The JSON document is one that people can read and edit, and each mistake in it is named by where it stands."""

import hashlib
import json
from zoneinfo import ZoneInfo

import pytest

import companion.store
from companion.cli import _record_problems
from companion.editorial import captures, extraction, time_log
from companion.editorial.busy import calendars as busy_calendars
from companion.editorial.planning import placement
from companion.errors import Invalid
from tests.integration.conftest import NOW, capture
from tests.unit.store.backups import fill, put_back, saved

ZONE = ZoneInfo("Europe/Amsterdam")


def document(tmp_path, tables, texts=None, **more):
    path = tmp_path / "all.json"
    path.write_text(json.dumps({"kwartier": 2, "tables": tables, "texts": texts or {}, **more}), encoding="utf-8")
    return path


def test_the_document_has_every_table_and_every_text(store, tmp_path):
    fill(store)
    read = json.loads(saved(store, tmp_path / "all.json").read_text(encoding="utf-8"))
    assert read["kwartier"] == 2
    assert [record["id"] for record in read["tables"]["items"]] == ["a", "b", "link"]
    assert read["tables"]["a_later_table"] == [{"id": "x", "kept": True}]
    assert {hashlib.sha256(text.encode()).hexdigest(): text for text in read["texts"].values()} == read["texts"]
    assert sorted(read["texts"].values()) == ["<p>a text</p>", "<p>another text</p>", "a text", "another text"]


def test_records_without_an_id_of_their_own_keep_the_one_they_stand_under(store, tmp_path):
    store._table("plain")._update_table(lambda table: table.update({"1": {"word": "kept"}}))
    read = json.loads(saved(store, tmp_path / "all.json").read_text(encoding="utf-8"))
    assert read["tables"]["plain"] == {"1": {"word": "kept"}}
    put_back(tmp_path / "all.json", tmp_path / "new")
    again = companion.store.open(tmp_path / "new")
    assert again.state().tables["plain"] == {"1": b'{"word":"kept"}'}
    again.close()


ITEM = {"id": "a", "number": 1}
HASH = hashlib.sha256(b"a text").hexdigest()


@pytest.mark.parametrize(
    ("tables", "texts", "path"),
    [
        ({"items": 7}, {}, "items"),
        ({"items": [ITEM, 7]}, {}, "items[1]"),
        ({"items": [ITEM, {"number": 1}]}, {}, "items[1].id"),
        ({"items": [ITEM, {"id": 7}]}, {}, "items[1].id"),
        ({"items": [ITEM, {"id": ""}]}, {}, "items[1].id"),
        ({"items": [ITEM, ITEM]}, {}, "items[1].id"),
        ({"items": {"a": {"id": "b"}}}, {}, "items.a.id"),
        ({"items": []}, {HASH: "another text"}, f"texts.{HASH}"),
        ({"items": []}, {HASH: None}, f"texts.{HASH}"),
        ({"items": []}, {"../../evil": "a text"}, "texts.../../evil"),
    ],
)
def test_a_mistake_is_named_by_where_it_stands(tmp_path, tables, texts, path):
    with pytest.raises(Invalid) as refused:
        put_back(document(tmp_path, tables, texts), tmp_path / "new")
    assert [problem["path"] for problem in refused.value.problems] == [path]
    assert refused.value.message.startswith(f"{path}: ")
    assert not (tmp_path / "new").exists()


@pytest.fixture
def exported(store, tmp_path):
    """A real item, a real slot, a real segment and a real calendar, as the companion keeps them."""
    taken = captures.take_capture(store, extraction, capture(), ZONE, NOW)
    placement.place(store, taken.item["id"], "2026-11-24-tue", ZONE, NOW)
    segment = {"id": "s" * 64, "start": "2026-11-22T09:00:00Z", "end": "2026-11-22T09:05:00Z",
               "zone": "Europe/Amsterdam", "activity": "read", "site": "news"}  # fmt: skip
    time_log.record(store, "a browser", [segment], NOW)
    busy_calendars.add_address(store, "https://agenda.example/a.ics", ZONE, NOW)
    return saved(store, tmp_path / "all.json")


def test_what_the_companion_keeps_passes_the_contract(exported, store, tmp_path):
    assert put_back(exported, tmp_path / "new", check=_record_problems).items == 1
    assert store.statistics() == {"items": 1, "slots": 1, "segments": 1}


@pytest.mark.parametrize(
    ("table", "field", "value", "path"),
    [
        ("items", "status", "lost", "items[0].status"),
        ("items", "number", -1, "items[0].number"),
        ("items", "article", {}, "items[0].article.url"),
        ("slots", "starts_at", "tomorrow", "slots[0].starts_at"),
        ("segments", "activity", "sleep", "segments[0].activity"),
        ("busy_calendars", "busy", None, "busy_calendars[0].busy"),
        ("busy_calendars", "busy", [5], "busy_calendars[0].busy"),
    ],
)
def test_each_kind_of_record_is_held_against_the_contract(exported, tmp_path, table, field, value, path):
    edited = json.loads(exported.read_text(encoding="utf-8"))
    edited["tables"][table][0][field] = value
    exported.write_text(json.dumps(edited), encoding="utf-8")
    with pytest.raises(Invalid) as refused:
        put_back(exported, tmp_path / "new", check=_record_problems)
    assert path in [problem["path"] for problem in refused.value.problems]
    assert not (tmp_path / "new").exists()
