"""Backup, restore and check as commands: with a running companion, and without one."""

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

import companion.store
from companion.store.backups.dated import make_backup
from tests.e2e.companion_process import command, environment
from tests.integration.commands import TITLE, kwartier, serving


@pytest.mark.parametrize("name", ["all.zip", "all.json"])
def test_a_backup_is_restored_elsewhere_and_checks_out(companion_state, data, page, tmp_path, name):
    kwartier("add", page, data=data)
    bundle, elsewhere = tmp_path / name, tmp_path / "elsewhere"
    assert kwartier("backup", bundle, data=data).stdout == f"1 item and 3 texts are in {bundle}.\n"
    assert kwartier("restore", bundle, data=elsewhere).stdout == f"Restored 1 item into {elsewhere}.\n"
    checked = kwartier("check", data=elsewhere)
    assert (checked.returncode, checked.stderr) == (0, "")
    lines = checked.stdout.splitlines()
    assert lines[0] == "1 item, 0 kept slots, 0 time segments."
    assert (lines[1], lines[-1]) == ("3 texts.", "All of it can be read.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_backup_is_for_the_user_alone(data, page, tmp_path):
    kwartier("add", page, data=data)
    kwartier("backup", tmp_path / "all.zip", data=data)
    assert (tmp_path / "all.zip").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such name")
def test_into_a_pipe_goes_the_backup_and_nothing_else(data, page, tmp_path):
    kwartier("add", page, data=data)
    words = command("backup", "/dev/stdout", "--data", str(data))
    piped = subprocess.run(words, capture_output=True, env=environment(), timeout=60)
    assert piped.stderr == b"1 item and 3 texts are in /dev/stdout.\n"
    (tmp_path / "all.zip").write_bytes(piped.stdout)
    assert kwartier("restore", tmp_path / "all.zip", data=tmp_path / "elsewhere").returncode == 0


def test_a_backup_that_cannot_be_finished_leaves_the_one_before(data, page, tmp_path):
    bundle = tmp_path / "all.zip"
    bundle.write_bytes(b"the one before")
    with serving(data) as running:
        kwartier("add", page, data=data)
        control = json.loads((data / "companion.json").read_bytes())
        broken = {**control, "secret": "another"}
        (data / "companion.json").write_text(json.dumps(broken))
        refused = kwartier("backup", bundle, data=data)
        assert running.process.poll() is None
    assert refused.returncode == 1
    assert bundle.read_bytes() == b"the one before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a folder", "all.zip", "page.html"]


def test_a_backup_lacking_a_text_says_so(companion_state, data, page, tmp_path):
    kwartier("add", page, data=data)
    next(data.glob("texts/??/*.zlib")).write_bytes(b"damaged")
    lacking = kwartier("backup", tmp_path / "all.zip", data=data)
    assert lacking.returncode == 1
    assert "1 text that cannot be read is not in" in lacking.stderr
    restored = kwartier("restore", tmp_path / "all.zip", data=tmp_path / "elsewhere")
    assert "Of 1 of them this backup lacks the text" in restored.stdout


@pytest.mark.parametrize("name", ["all.zip", "all.json"])
def test_a_backup_lacking_a_text_leaves_the_whole_one_alone(data, page, tmp_path, name):
    kwartier("add", page, data=data)
    bundle = tmp_path / name
    kwartier("backup", bundle, data=data)
    whole = bundle.read_bytes()
    next(data.glob("texts/??/*.zlib")).unlink()
    lacking = kwartier("backup", bundle, data=data)
    beside = bundle.with_name(f"all-incomplete{bundle.suffix}")
    assert (lacking.returncode, str(beside) in lacking.stderr, "left as it was" in lacking.stderr) == (1, True, True)
    assert bundle.read_bytes() == whole
    assert kwartier("restore", beside, data=tmp_path / "elsewhere").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [["backup", "all.zip"], ["check"], ["export", "csv"], ["token", "a program"], ["open", "--print"]],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("left", [None, "lock", "config.toml"])
def test_a_mistake_in_the_folder_makes_no_new_one_and_replaces_no_backup(tmp_path, arguments, left):
    wrong = tmp_path / "wrong"
    if left:
        wrong.mkdir()
        (wrong / left).touch()
    (tmp_path / "all.zip").write_bytes(b"the one before")
    words = [str(tmp_path / word) if word == "all.zip" else word for word in arguments]
    refused = kwartier(*words, data=wrong)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Error: There is no Kwartier data in {wrong}. Name the folder with --data")
    assert (tmp_path / "all.zip").read_bytes() == b"the one before"
    assert wrong.exists() == bool(left)
    assert not list(wrong.glob("*.tsv"))


def test_a_restore_says_how_where_the_folder_holds_data(data, page, tmp_path):
    kwartier("add", page, data=data)
    bundle = tmp_path / "all.zip"
    kwartier("backup", bundle, data=data)
    kwartier("add", "http://127.0.0.1:9/later", data=data)
    with closing(companion.store.open(data)) as store:
        make_backup(store, date(2026, 11, 22))
    refused = kwartier("restore", bundle, data=data)
    assert (refused.returncode, "--data" in refused.stderr, "--set-aside" in refused.stderr) == (1, True, True)
    with serving(data) as running:
        busy = kwartier("restore", bundle, "--set-aside", data=data)
        assert (busy.returncode, f"process {running.process.pid}" in busy.stderr) == (1, True)
    done = kwartier("restore", bundle, "--set-aside", data=data)
    assert done.returncode == 0
    assert kwartier("check", data=data).stdout.startswith("1 item,")
    [aside] = data.parent.glob("data-set-aside-*")
    assert str(aside) in done.stdout
    assert f"The earlier dated backups are in {aside / 'backups'}." in done.stdout
    assert kwartier("check", data=aside).stdout.startswith("2 items")


def test_a_mistake_in_an_edited_document_is_named(data, page, tmp_path):
    kwartier("add", page, data=data)
    bundle = tmp_path / "all.json"
    kwartier("backup", bundle, data=data)
    edited = json.loads(bundle.read_bytes())
    edited["tables"]["items"][0]["status"] = "lost"
    bundle.write_text(json.dumps(edited))
    refused = kwartier("restore", bundle, data=tmp_path / "elsewhere")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: items[0].status: ")
    assert not (tmp_path / "elsewhere").exists()


def test_check_says_what_is_damaged(companion_state, data, page):
    kwartier("add", page, data=data)
    for path in data.rglob("*.zlib"):
        path.write_bytes(b"damaged")
    checked = kwartier("check", data=data)
    assert checked.returncode == 1
    assert checked.stderr.count(TITLE) == 3
    assert checked.stdout.endswith("Problems: 3.\n")


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells the most memory that a process had, and resets it"
)
def test_a_large_backup_is_never_in_memory(data, tmp_path):
    store = companion.store.open(data)
    for number in range(128):
        text = store.texts.put(os.urandom(700_000).hex())
        store.items.put({"id": f"{number}", "number": number, "text_hash": text, "page_hash": None})
    store.close()
    with serving(data) as running:
        process = Path(f"/proc/{running.process.pid}")
        (process / "clear_refs").write_text("5")
        before = most_memory(process)
        assert kwartier("backup", tmp_path / "all.zip", data=data).returncode == 0
        grown = most_memory(process) - before
    size = (tmp_path / "all.zip").stat().st_size
    assert size > 100_000_000
    assert grown < 32_000_000, f"{grown} bytes for an archive of {size}"


def most_memory(process):
    [line] = [line for line in (process / "status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024
