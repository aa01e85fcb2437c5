"""A backup brings everything back, from every kind of file, and only where nothing is lost by it."""

import hashlib
import json
import os
import zipfile
import zlib
from pathlib import Path

import pytest

import companion.store
from companion.errors import StoreError, StoreLocked
from companion.store.backups.archive import Contents, Download, archive, document, told_contents
from companion.store.backups.dated import backup_path, make_backup
from tests.unit.store.backups import TODAY, fill, holdings, item, opened_holdings, put_back, saved


@pytest.fixture
def new(tmp_path):
    return tmp_path / "elsewhere" / "new"


@pytest.mark.parametrize("name", ["all.zip", "all.json"])
def test_a_backup_brings_everything_back(store, tmp_path, new, name):
    fill(store)
    done = put_back(saved(store, tmp_path / name), new)
    assert (done.items, done.without_text, done.set_aside) == (3, 0, None)
    assert opened_holdings(new) == holdings(store)


@pytest.mark.parametrize("name", ["all.zip", "all.json"])
def test_what_is_restored_can_be_backed_up_again_and_is_the_same(store, tmp_path, new, name):
    fill(store)
    first = saved(store, tmp_path / name)
    put_back(first, new)
    again = companion.store.open(new)
    second = saved(again, tmp_path / f"again-{name}")
    again.close()
    put_back(second, new.with_name("third"))
    assert opened_holdings(new.with_name("third")) == holdings(store)


def test_an_empty_store_has_a_backup_too(store, tmp_path, new):
    assert put_back(saved(store, tmp_path / "all.zip"), new).items == 0
    assert opened_holdings(new) == ({}, {})


def test_a_dated_backup_is_restored_with_the_texts_beside_it(store, new):
    fill(store)
    make_backup(store, TODAY)
    put_back(backup_path(store.folder, TODAY), new)
    assert opened_holdings(new) == holdings(store)


FIRST_FORMAT = {
    "items": {"a": {"id": "a", "number": 1, "text_hash": None, "page_hash": None, "article": {"title": "A"}}},
    "slots": {},
    "singletons": {"format": {"id": "format", "version": 1}, "cadence": {"id": "cadence", "entries": []}},
}


def test_the_file_of_the_first_version_is_restored(tmp_path, new):
    source = tmp_path / "kwartier.json"
    source.write_text(json.dumps(FIRST_FORMAT))
    assert put_back(source, new).items == 1
    tables, _ = opened_holdings(new)
    assert tables == {"items": FIRST_FORMAT["items"], "singletons": {"cadence": {"id": "cadence", "entries": []}}}


def test_the_archive_of_the_first_version_is_restored(store, tmp_path, new):
    record = item(store, "a", "a text")
    source = tmp_path / "first.zip"
    with zipfile.ZipFile(source, "w") as bundle:
        records = {**FIRST_FORMAT, "items": {"a": record}}
        bundle.writestr("kwartier.json", json.dumps(records), zipfile.ZIP_DEFLATED)
        for name in store.texts.names():
            bundle.writestr(f"texts/{name[:2]}/{name[2:]}.zlib", store.texts.compressed(name))
    put_back(source, new)
    tables, texts = opened_holdings(new)
    assert tables["items"] == {"a": record}
    assert set(texts.values()) == {"a text", "<p>a text</p>"}


# A backup is of one moment, and made in parts


def test_a_backup_shows_the_moment_at_which_it_began(store, tmp_path, new):
    fill(store)
    before = holdings(store)
    with store.keeping_texts():
        parts = archive(store.state(), store.texts)
        with store.transaction():
            store.items.discard("a")
            store.forget_texts(set(before[1]))
        item(store, "later", "a later text")
        (tmp_path / "all.zip").write_bytes(b"".join(parts))
    put_back(tmp_path / "all.zip", new)
    assert opened_holdings(new) == before


def test_a_text_that_cannot_be_read_is_left_out_and_counted(store, tmp_path, new):
    fill(store)
    store.texts.path(store.items.find("a")["text_hash"]).write_bytes(b"damaged")
    for name in ("all.zip", "all.json"):
        source = saved(store, tmp_path / name)
        assert told_contents(source.read_bytes()) == Contents(items=3, texts=3, left_out=1)
        assert put_back(source, new.with_name(name)).without_text == 1


@pytest.mark.parametrize("name", ["all.zip", "all.json"])
def test_a_text_that_cannot_be_read_is_taken_from_its_copy(store, tmp_path, new, name):
    fill(store)
    make_backup(store, TODAY)
    before = holdings(store)
    store.texts.path(store.items.find("a")["text_hash"]).write_bytes(b"damaged")
    store.texts.path(store.items.find("b")["page_hash"]).unlink()
    source = saved(store, tmp_path / name)
    assert told_contents(source.read_bytes()).left_out == 0
    put_back(source, new)
    assert opened_holdings(new) == before


def test_what_is_kept_as_a_text_and_is_none_is_left_out_of_a_document(store, tmp_path):
    fill(store)
    strange = b"\xff\xfe"
    name = hashlib.sha256(strange).hexdigest()
    store.texts.path(name).parent.mkdir(exist_ok=True)
    store.texts.path(name).write_bytes(zlib.compress(strange))
    store.items.put({"id": "strange", "number": 9, "text_hash": name})
    assert told_contents(saved(store, tmp_path / "all.json").read_bytes()).left_out == 1
    with pytest.raises(StoreError, match="damaged"):
        put_back(saved(store, tmp_path / "all.zip"), tmp_path / "new")


@pytest.mark.parametrize("make", [archive, document])
def test_a_file_that_was_cut_short_is_known_by_its_end(store, make):
    fill(store)
    whole = b"".join(make(store.state(), store.texts))
    for end in (len(whole) - 20, len(whole) // 2, 10):
        with pytest.raises(StoreError, match="cut short"):
            list(Download([whole[:10], whole[10:end]]))
    all_of_it = Download([whole[:-10], whole[-10:]])
    assert b"".join(all_of_it) == whole
    assert all_of_it.contents() == Contents(items=3, texts=4, left_out=0)


@pytest.mark.parametrize("make", [archive, document])
def test_a_backup_is_made_in_small_parts(store, make):
    for number in range(40):
        item(store, f"{number}", os.urandom(20_000).hex())
    sizes = [len(part) for part in make(store.state(), store.texts)]
    assert sum(sizes) > 1_000_000
    assert max(sizes) < 200_000


# Where a restore goes


def test_a_restore_never_writes_over_data(store, tmp_path):
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    before = snapshot_of(store.folder)
    with pytest.raises(StoreError, match=r"--data.*--set-aside"):
        put_back(source, store.folder)
    assert snapshot_of(store.folder) == before


def snapshot_of(folder):
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(folder.rglob("*"))}


def test_the_present_folder_is_set_aside_and_stays(store, tmp_path):
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    before = holdings(store)
    item(store, "since", "written since")
    now = holdings(store)
    (store.folder / "config.toml").write_text('zone = "Europe/Amsterdam"\n')
    store.close()
    aside = put_back(source, store.folder, set_aside=TODAY).set_aside
    assert aside.name == f"{store.folder.name}-set-aside-2026-11-22"
    assert opened_holdings(store.folder) == before
    assert opened_holdings(aside) == now
    assert (store.folder / "config.toml").read_text() == 'zone = "Europe/Amsterdam"\n'
    again = put_back(source, store.folder, set_aside=TODAY).set_aside
    assert again.name == f"{aside.name}-2"


def test_a_dated_backup_goes_back_to_the_folder_that_it_lies_in(store):
    fill(store)
    make_backup(store, TODAY)
    before = holdings(store)
    item(store, "since", "written since")
    store.close()
    put_back(backup_path(store.folder, TODAY), store.folder, set_aside=TODAY)
    assert opened_holdings(store.folder) == before


def test_nothing_is_set_aside_while_a_companion_runs(store, tmp_path):
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    before = holdings(store)
    with pytest.raises(StoreLocked, match=f"{os.getpid()}.*Stop it first"):
        put_back(source, store.folder, set_aside=TODAY)
    assert holdings(store) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "data"]


def test_a_folder_that_lost_its_records_can_be_set_aside(store, tmp_path):
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    before = holdings(store)
    store.close()
    for path in store.folder.glob("*.tsv"):
        path.unlink()
    put_back(source, store.folder, set_aside=TODAY)
    assert opened_holdings(store.folder) == before


def test_somebody_elses_folder_is_not_set_aside(store, tmp_path):
    source = saved(store, tmp_path / "all.zip")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").touch()
    for may_set_aside in (TODAY, None):
        with pytest.raises(StoreError, match="other files"):
            put_back(source, tmp_path / "letters", set_aside=may_set_aside)
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["mine.txt"]


def test_an_empty_folder_with_settings_is_restored_into(store, tmp_path, new):
    fill(store)
    new.mkdir(parents=True)
    (new / "config.toml").write_text("port = 7720\n")
    (new / ".DS_Store").touch()
    put_back(saved(store, tmp_path / "all.zip"), new)
    assert opened_holdings(new) == holdings(store)
    assert (new / "config.toml").read_text() == "port = 7720\n"


def test_a_folder_behind_a_link_is_restored_where_the_link_leads(store, tmp_path, new):
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    (tmp_path / "disk" / "data").mkdir(parents=True)
    try:
        new.parent.mkdir()
        new.symlink_to(tmp_path / "disk" / "data", target_is_directory=True)
    except OSError:
        pytest.skip("this user may not make links")
    put_back(source, new)
    assert new.is_symlink()
    assert opened_holdings(new) == holdings(store)
    assert [path.name for path in (tmp_path / "disk").iterdir()] == ["data"]


def test_the_root_of_a_disk_cannot_be_renamed_so_it_is_refused(store, tmp_path):
    with pytest.raises(StoreError, match="a disk of its own"):
        put_back(saved(store, tmp_path / "all.zip"), Path(tmp_path.anchor))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_the_user_can_read_what_is_restored(store, tmp_path, new):
    fill(store)
    put_back(saved(store, tmp_path / "all.zip"), new)
    modes = {path.stat().st_mode & 0o777 for path in [new, *new.rglob("*")] if path.name != "lock"}
    assert modes == {0o700, 0o600}
