"""Starting at log-in: one file per system, from which its reader gets the command back word for word."""

import configparser
import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from companion.autostart import Places, serve_command, set_autostart
from companion.errors import Invalid

SYSTEMS = ["darwin", "win32", "linux"]
COMMAND = ["/opt/py/python", "-m", "companion", "serve", "--no-open"]
HARD_PATHS = [
    "/Users/René de Boer/Kwartier",
    "/srv/100% a&b (x86)^/!k",
    "/srv/it's/$HOME/`x`",
    "/srv/ends with\\",
]


@pytest.fixture(params=SYSTEMS)
def places(request, tmp_path):
    return Places.of(request.param, home=tmp_path, environment={})


def read_plist(content):
    return plistlib.loads(content)["ProgramArguments"]


def read_desktop_entry(content):
    """Value escapes first, then quoting, which is the shell's, then the doubled percent signs."""
    entry = configparser.RawConfigParser()
    entry.optionxform = str
    entry.read_string(content.decode())
    value = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    words = subprocess.run(["sh", "-c", f"printf '%s\\n' {value}"], capture_output=True, text=True, check=True)
    return [word.replace("%%", "%") for word in words.stdout.splitlines()]


def read_batch_file(content):
    """What `start` passes on: words in quotes, a percent sign doubled, backslashes before a quote doubled."""
    assert content.startswith(b"@echo off\r\nchcp 65001 >nul\r\n")
    line = content.decode().split("\r\n")[2]
    words = re.fullmatch(r'start "Kwartier" /min((?: "[^"]*")+)', line)[1]
    unquoted = re.findall(r'"([^"]*)"', words)
    return [re.sub(r"(\\+)$", lambda end: end[1][::2], word.replace("%%", "%")) for word in unquoted]


READERS = {"darwin": read_plist, "linux": read_desktop_entry, "win32": read_batch_file}


@pytest.mark.parametrize("path", ["/srv/kwartier", *HARD_PATHS])
def test_the_system_reads_the_command_word_for_word(places, path):
    if places.system == "linux" and shutil.which("sh") is None:
        pytest.skip("no shell to read the words with")
    command = [*COMMAND, "--data", path]
    set_autostart(True, command, places)
    assert READERS[places.system](places.file.read_bytes()) == command


@pytest.mark.parametrize(
    ("system", "environment", "file"),
    [
        ("darwin", {}, "Library/LaunchAgents/kwartier.companion.plist"),
        ("linux", {}, ".config/autostart/kwartier.desktop"),
        ("freebsd14", {}, ".config/autostart/kwartier.desktop"),
        ("linux", {"XDG_CONFIG_HOME": "/home/x/cfg"}, "/home/x/cfg/autostart/kwartier.desktop"),
        ("win32", {}, "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/kwartier.cmd"),
        ("win32", {"APPDATA": "/r"}, "/r/Microsoft/Windows/Start Menu/Programs/Startup/kwartier.cmd"),
    ],
)
def test_each_system_has_its_place(system, environment, file, tmp_path):
    assert Places.of(system, home=tmp_path, environment=environment).file == tmp_path / file


def test_on_says_what_was_written_and_twice_is_fine(places):
    assert set_autostart(True, COMMAND, places) == (
        f"Kwartier starts when you log in from now on. Written: {places.file}"
    )
    written = places.file.read_bytes()
    assert set_autostart(True, COMMAND, places) == (
        f"Kwartier starts when you log in already. Nothing was changed: {places.file}"
    )
    assert places.file.read_bytes() == written
    assert list(places.folder.iterdir()) == [places.file]


def test_another_command_takes_the_place_of_the_first(places):
    set_autostart(True, COMMAND, places)
    moved = [*COMMAND, "--data", "/srv/elsewhere"]
    assert "Written" in set_autostart(True, moved, places)
    assert b"elsewhere" in places.file.read_bytes()


def test_off_removes_only_that_file_and_twice_is_fine(places):
    set_autostart(True, COMMAND, places)
    neighbour = places.folder / "other.desktop"
    neighbour.write_text("x")
    assert set_autostart(False, COMMAND, places) == (
        f"Kwartier no longer starts when you log in. Removed: {places.file}"
    )
    assert set_autostart(False, COMMAND, places) == (
        f"Kwartier did not start when you log in. There was nothing to remove: {places.file}"
    )
    assert list(places.folder.iterdir()) == [neighbour]


def test_off_where_nothing_ever_was_makes_no_folder(places):
    assert "nothing to remove" in set_autostart(False, COMMAND, places)
    assert not places.folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_others_may_not_write_the_file_whatever_the_umask(places):
    before = os.umask(0)
    try:
        set_autostart(True, COMMAND, places)
    finally:
        os.umask(before)
    assert places.file.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("system", ["win32", "linux"])
def test_a_line_break_in_a_path_is_refused_and_nothing_written(system, tmp_path):
    places = Places.of(system, home=tmp_path, environment={})
    with pytest.raises(Invalid, match="cannot hold"):
        set_autostart(True, [*COMMAND, "--data", "/srv/a\nExec=evil"], places)
    assert not places.file.exists()


def test_a_quote_cannot_end_a_word_in_a_batch_file(tmp_path):
    with pytest.raises(Invalid, match="cannot hold"):
        set_autostart(True, [*COMMAND, 'x" & calc "'], Places.of("win32", home=tmp_path, environment={}))


@pytest.mark.parametrize(
    ("beside", "started"),
    [
        (["python.exe", "pythonw.exe"], "pythonw.exe"),
        (["python.exe"], "python.exe"),
        (["kwartier.exe"], "kwartier.exe"),
    ],
)
def test_windows_starts_the_python_that_opens_no_console_where_there_is_one(beside, started, tmp_path):
    for name in beside:
        (tmp_path / name).touch()
    places = Places.of("win32", home=tmp_path, environment={})
    set_autostart(True, [str(tmp_path / beside[0]), "-m", "companion"], places)
    assert read_batch_file(places.file.read_bytes())[0] == str(tmp_path / started)


def test_a_companion_that_stops_is_not_started_over_and_over(tmp_path):
    places = Places.of("darwin", home=tmp_path, environment={})
    set_autostart(True, COMMAND, places)
    agent = plistlib.loads(places.file.read_bytes())
    assert agent == {"Label": "kwartier.companion", "ProgramArguments": COMMAND, "RunAtLoad": True}


def test_what_is_started_opens_no_browser():
    assert serve_command(python="/py") == ["/py", "-m", "companion", "serve", "--no-open"]
    assert serve_command(Path("/srv/k"), "/py")[-2:] == ["--data", str(Path("/srv/k").absolute())]
