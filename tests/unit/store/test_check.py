"""The check looks at everything that is kept, once and twice, and says what it found and where."""

import pytest

import companion.store
from companion.store.backups.check import check
from companion.store.backups.dated import backup_path, make_backup
from companion.store.notices import dismiss, note_unreadable, open_notices
from tests.unit.store.backups import TODAY, fill, item


@pytest.fixture
def filled(store):
    fill(store)
    make_backup(store, TODAY)
    return store


def paths(store):
    return [problem["path"] for problem in check(store)["problems"]]


def test_a_whole_store_has_no_problems_and_is_counted(filled):
    found = check(filled)
    assert found["problems"] == []
    counts = {name: found[name] for name in ("items", "slots", "segments", "texts", "orphans", "backups")}
    assert counts == {"items": 3, "slots": 1, "segments": 0, "texts": 4, "orphans": 0, "backups": ["2026-11-22"]}


def text_of(store, item_id="a", field="text_hash"):
    return store.texts.path(store.items.find(item_id)[field])


def flip(path, place=-40):
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def copy_path(store, path):
    return store.folder / "backups" / path.relative_to(store.folder)


@pytest.mark.parametrize(
    ("fault", "path"),
    [
        (lambda store: text_of(store).unlink(), "items/a"),
        (lambda store: text_of(store, field="page_hash").write_bytes(b"damaged"), "items/a"),
        (lambda store: flip(text_of(store, "b"), 8), "items/b"),
        (lambda store: store.slots.put({"id": "s", "item_id": "nobody"}), "slots/s"),
        (lambda store: flip(store.folder / "journal-00000001.tsv"), "journal-00000001.tsv"),
        (lambda store: flip(store.folder / "snapshot-00000001.tsv"), "snapshot-00000001.tsv"),
        (lambda store: flip(copy_path(store, text_of(store)), 8), "backups/texts/"),
        (lambda store: flip(backup_path(store.folder, TODAY)), "backups/2026-11-22.tsv.gz"),
        (lambda store: note_unreadable(store, {store.items.find("a")["text_hash"]}), "notices/unreadable-texts"),
    ],
    ids=[
        "text gone",
        "page damaged",
        "text flipped",
        "slot without item",
        "journal",
        "snapshot",
        "copy",
        "backup",
        "notice",
    ],
)
def test_each_fault_is_found_and_only_that(filled, fault, path):
    fault(filled)
    [problem] = check(filled)["problems"]
    assert problem["path"].startswith(path)
    assert problem["message"]


def test_a_problem_names_the_article_and_the_file(filled):
    path = text_of(filled)
    path.unlink()
    [problem] = check(filled)["problems"]
    assert "Article a" in problem["message"]
    assert f"{path}." in problem["message"]
    copy = copy_path(filled, path)
    assert problem["message"].endswith(f"Kwartier puts back its copy, {copy}")
    copy.write_bytes(b"damaged")
    assert "its copy" not in check(filled)["problems"][0]["message"]


def test_a_copy_and_an_original_that_are_both_damaged_are_missing_from_the_backup_too(filled):
    path = text_of(filled)
    path.unlink()
    copy_path(filled, path).write_bytes(b"damaged")
    found = {problem["path"]: problem["message"] for problem in check(filled)["problems"]}
    assert set(found) == {"items/a", f"backups/texts/{path.parent.name}{path.stem}", "backups/2026-11-22.tsv.gz"}
    assert "lacks a text" in found["backups/2026-11-22.tsv.gz"]
    assert "Remove it" not in "".join(found.values()), "there is nothing to copy anew"


def test_a_copy_that_is_gone_while_the_original_is_whole_is_no_problem(filled):
    copy_path(filled, text_of(filled)).unlink()
    assert paths(filled) == []


@pytest.mark.parametrize(
    ("file", "found"),
    [
        (lambda store: text_of(store), "items/a"),
        (lambda store: copy_path(store, text_of(store)), "backups/texts/"),
        (lambda store: backup_path(store.folder, TODAY), "backups/2026-11-22.tsv.gz"),
        (lambda store: store.folder / "snapshot-00000001.tsv", "snapshot-00000001.tsv"),
    ],
    ids=["text", "copy", "backup", "records"],
)
def test_what_the_disk_does_not_give_is_a_problem_and_the_rest_is_looked_at(filled, file, found):
    """A folder in the place of a file, which nobody can read as one."""
    filled.slots.put({"id": "s", "item_id": "nobody"})
    file(filled).unlink()
    file(filled).mkdir()
    first, second = sorted(paths(filled), key=lambda path: path.startswith("slots"))
    assert (first.startswith(found), second) == (True, "slots/s")


def test_a_file_that_was_made_good_is_said_and_no_problem(filled):
    filled.close()
    flip(filled.folder / "journal-00000001.tsv")
    again = companion.store.open(filled.folder)
    [notice] = open_notices(again)
    assert paths(again) == [f"notices/{notice['id']}"]
    dismiss(again, notice["id"])
    assert (check(again)["made_good"], paths(again)) == (["journal-00000001.tsv"], [])
    (again.folder / "damaged" / "journal-00000001.tsv").write_bytes(b"half of it")
    assert (check(again)["made_good"], paths(again)) == ([], ["journal-00000001.tsv"])
    again.close()


def test_a_file_that_was_copied_but_not_written_anew_is_a_problem(filled):
    """As where the disk had no room for more than the copy."""
    journal = filled.folder / "journal-00000001.tsv"
    flip(journal)
    (filled.folder / "damaged").mkdir()
    (filled.folder / "damaged" / journal.name).write_bytes(journal.read_bytes())
    assert paths(filled) == [journal.name]


@pytest.mark.parametrize(
    ("lost", "fields", "said"),
    [
        ([], {}, "Damage was found earlier. As far as can be seen nothing was lost."),
        ([("items", "A title")], {"is_complete": True}, "The latest changes to these may be lost: A title."),
        ([("items", ""), ("slots", ""), ("singletons", "")], {}, ": an article without a title, a slot, a setting."),
        ([], {"is_complete": False}, "not all of them can be named."),
        ([("items", "A title")], {"is_complete": False}, "Among them are those to A title."),
    ],
)
def test_damage_is_said_in_words(filled, lost, fields, said):
    records = [{"table": table, "id": "x", "title": title, "still_there": True} for table, title in lost]
    filled.notices.put({"id": "n", "kind": "damage", "files": [], "lost": records, **fields})
    assert check(filled)["problems"][0]["message"].endswith(said)


def test_an_item_that_lacks_everything_is_looked_at_too(filled):
    filled.items.put({"id": "bare", "number": 9, "text_hash": "0" * 64})
    [problem] = check(filled)["problems"]
    assert problem["message"].startswith("bare: the text is missing")


def test_what_was_seen_is_no_problem_any_more(filled):
    note_unreadable(filled, {filled.items.find("a")["text_hash"]})
    dismiss(filled, "unreadable-texts")
    assert paths(filled) == []


def test_a_text_that_no_item_names_is_counted_and_no_problem(filled):
    filled.texts.put("nobody's text")
    assert (check(filled)["orphans"], paths(filled)) == (1, [])


def test_both_generations_are_looked_at(filled):
    filled.compact()
    item(filled, "later", "a later text")
    assert paths(filled) == []
    flip(filled.folder / "journal-00000001.tsv", 300)
    assert paths(filled) == ["journal-00000001.tsv"]


def test_a_check_changes_nothing(filled):
    before = {path: path.stat().st_mtime_ns for path in filled.folder.rglob("*")}
    check(filled)
    assert {path: path.stat().st_mtime_ns for path in filled.folder.rglob("*")} == before
