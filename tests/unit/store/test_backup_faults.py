"""Whatever happens while a backup is put back: the folder holds all of it or nothing."""

import os
import shutil
import signal
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import companion.store
from companion.cli import _write
from companion.errors import KwartierError, StoreError, StoreFull, StoreLocked
from companion.store.backups import restore
from companion.store.backups.dated import backup_path, make_backup
from tests.unit.store.backups import TODAY, fill, holdings, item, opened_holdings, put_back, saved


@pytest.fixture
def new(tmp_path):
    return tmp_path / "elsewhere" / "new"


KILLED = """
import os, signal, sys
from pathlib import Path
from companion.store.backups import restore
from companion.store.backups.exchange import no_check

written = 0
write = restore._write

def write_some(path, content):
    global written
    written += 1
    if written > 2:
        os.kill(os.getpid(), signal.SIGKILL)
    write(path, content)

restore._write = write_some
restore.restore(Path(sys.argv[1]), Path(sys.argv[2]), no_check)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_restore_leaves_nothing_in_the_folder_and_can_be_done_again(store, tmp_path, new):
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(source), str(new)], cwd=Path(__file__).parents[3])
    assert killed.returncode == -signal.SIGKILL
    assert {path.name for path in new.iterdir()} <= {"lock", "lock.owner"}
    put_back(source, new)
    assert opened_holdings(new) == holdings(store)
    assert [path.name for path in new.parent.iterdir()] == ["new"]


def test_a_full_disk_leaves_nothing_behind(store, tmp_path, new, monkeypatch):
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    written = 0
    write = os.write

    def until_full(handle, content):
        nonlocal written
        written += len(content)
        if written > 600:
            raise OSError(28, "No space left on device")
        return write(handle, content)

    monkeypatch.setattr(os, "write", until_full)
    with pytest.raises(StoreFull):
        put_back(source, new)
    monkeypatch.undo()
    assert sorted(tmp_path.iterdir()) == [source, store.folder]


@pytest.mark.parametrize("ends", ["full disk", "broken answer"])
def test_a_backup_file_is_whole_or_as_it_was(store, tmp_path, monkeypatch, ends):
    fill(store)
    file = tmp_path / "all.zip"
    file.write_bytes(b"the one before")

    def parts():
        yield b"the beginning"
        if ends == "broken answer":
            raise KwartierError("Kwartier did not answer.")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        if ends == "full disk":
            disk.setattr(os, "write", full)
        with pytest.raises(
            KwartierError, match="all.zip cannot be written: No space" if ends == "full disk" else "answer"
        ):
            _write(file, parts())
    assert [path.read_bytes() for path in tmp_path.iterdir() if path.is_file()] == [b"the one before"]


def test_a_damaged_archive_restores_nothing(store, tmp_path, new):
    item(store, "a", "x" * 2000)
    source = saved(store, tmp_path / "all.zip")
    whole = source.read_bytes()
    places = range(30, len(whole) - 22, 7)
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        source.write_bytes(damaged)
        try:
            put_back(source, new)
        except StoreError:
            assert not new.exists()
        else:  # A byte that says nothing, such as one of a file's date.
            assert opened_holdings(new) == holdings(store)
            new.rename(new.with_name(f"fine-{place}"))


def test_a_damaged_dated_backup_restores_nothing(store, new):
    fill(store)
    make_backup(store, TODAY)
    path = backup_path(store.folder, TODAY)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(StoreError, match="damaged"):
        put_back(path, new)
    assert not new.exists()


def test_a_damaged_copy_of_a_text_gives_way_to_the_original(store, new):
    fill(store)
    make_backup(store, TODAY)
    name = store.items.find("a")["text_hash"]
    (store.folder / "backups" / store.texts.path(name).relative_to(store.folder)).write_bytes(zlib.compress(b"other"))
    assert put_back(backup_path(store.folder, TODAY), new).without_text == 0
    assert opened_holdings(new) == holdings(store)


def stop_where(monkeypatch, at, does):
    """Have something else happen at the moment at which restore does this."""
    real = getattr(restore, at)

    def meanwhile(*arguments):
        does()
        return real(*arguments)

    monkeypatch.setattr(restore, at, meanwhile)


@pytest.mark.parametrize("state", ["missing", "empty", "set aside"])
def test_no_companion_can_begin_in_a_folder_while_it_is_restored(store, tmp_path, new, monkeypatch, state):
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    if state == "empty":
        new.mkdir(parents=True)
    if state == "set aside":
        companion.store.open(new).close()
    seen = []

    def start():
        with pytest.raises(StoreLocked):
            companion.store.open(new)
        seen.append(new)

    stop_where(monkeypatch, "_unpack", start)
    stop_where(monkeypatch, "_sync", start)
    put_back(source, new, set_aside=TODAY if state == "set aside" else None)
    assert len(seen) == 2
    assert opened_holdings(new) == holdings(store)


def contents(folder):
    """The files of a folder, without what a process leaves that only looks at it."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in ("lock", "lock.owner"))
    return {path.name: path.read_bytes() for path in files}


@pytest.mark.parametrize("may_set_aside", [TODAY, None], ids=["set aside", "empty"])
@pytest.mark.parametrize("fault", ["rename", "second rename", "settings"])
def test_a_folder_that_cannot_be_replaced_stays_as_it_is(store, tmp_path, new, monkeypatch, fault, may_set_aside):
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    if may_set_aside:
        companion.store.open(new).close()
    new.mkdir(parents=True, exist_ok=True)
    (new / "config.toml").write_text("port = 7720\n")
    before = contents(new)
    renames = iter(range(10))
    rename = Path.rename

    def refused(path, to):
        if next(renames) == (fault == "second rename"):
            raise PermissionError(13, "Permission denied")
        return rename(path, to)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(*((shutil, "copyfile", full) if fault == "settings" else (Path, "rename", refused)))
        with pytest.raises(StoreError, match="full" if fault == "settings" else "close windows and terminals"):
            put_back(source, new, set_aside=may_set_aside)
    assert contents(new) == before
    assert [path.name for path in new.parent.iterdir()] == ["new"]


def test_who_begins_in_the_place_of_a_renamed_folder_loses_nothing(store, tmp_path, new, monkeypatch):
    """The moment between the two renames, which no lock can cover."""
    fill(store)
    source = saved(store, tmp_path / "all.zip")
    companion.store.open(new).close()
    rename, begun = Path.rename, []

    def and_begin(path, to):
        moved = rename(path, to)
        if path == new and not begun:
            begun.append(companion.store.open(new))
            item(begun[0], "acknowledged", "a text")
        return moved

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "rename", and_begin)
        with pytest.raises(StoreError, match=r"what was there is .*new-set-aside"):
            put_back(source, new, set_aside=TODAY)
    assert begun[0].items.find("acknowledged")
    begun[0].close()
    assert set(opened_holdings(new)[0]["items"]) == {"acknowledged"}
