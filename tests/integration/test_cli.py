"""The command `kwartier`, as a process of its own: with a running companion, and without one."""

import csv
import io
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.documents import Words, document, paragraphs
from tests.e2e.companion_process import command, environment
from tests.integration.commands import TITLE, kwartier, serving
from tests.integration.conftest import PAGE, capture


def test_an_added_page_is_in_the_exported_plan(companion_state, data, page, tmp_path):
    added = kwartier("add", page, "--view", "My own view.", data=data)
    assert (added.returncode, added.stdout) == (0, f"Saved: {TITLE}\n")
    assert kwartier("add", page, data=data).stdout == f"Known already: {TITLE}\n"
    out = tmp_path / "plan.csv"
    assert kwartier("export", "csv", "-o", out, data=data).returncode == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))
    assert "My own view." in [row["Commentary"] for row in rows]


# Nobody else is asked: the companion does not fetch from this machine.
LINK = "http://127.0.0.1:9/link"


def test_a_link_that_gives_no_page_says_why_and_what_to_do(companion_state, data):
    added = kwartier("add", LINK, data=data)
    assert added.returncode == 0
    assert added.stdout.startswith("Saved as a link only: its address leads to your own network")
    assert f"Open {LINK} and click Kwartier's icon there." in added.stdout


def test_a_pdf_is_kept_with_its_text(companion_state, data, tmp_path):
    saved = tmp_path / "report.pdf"
    saved.write_bytes(document([Words("Zelf roosteren", size=22), *paragraphs("Het verzuim daalde. " * 9, y=660)]))
    added = kwartier("add", saved, "--url", "https://vakblad.example/report.pdf", data=data)
    assert (added.stdout, added.returncode) == ("Saved: Zelf roosteren\n", 0)


def test_a_terminal_that_lacks_the_letters_of_a_title_is_no_fault(data, tmp_path):
    saved = tmp_path / "page.html"
    saved.write_text(PAGE.replace("schuldgevoel", "schuldgevoel 🦊"), encoding="utf-8")
    words = command("add", str(saved), "--data", str(data))
    added = subprocess.run(words, capture_output=True, env=environment() | {"PYTHONIOENCODING": "cp1252"}, timeout=60)
    assert (added.returncode, b"\\U0001f98a" in added.stdout) == (0, True)


def test_a_token_opens_the_api(data):
    with serving(data) as running:
        assert running.client("my script").items() == []


def test_open_prints_a_link_that_lets_a_browser_in(data):
    with serving(data) as running:
        link = running.launch_url()
        assert link.startswith(f"{running.url}/open/")
        with urllib.request.urlopen(link, timeout=5) as response:
            assert "kwartier_" in response.headers["Set-Cookie"]


def test_open_says_how_to_start_when_nothing_runs(data):
    refused = kwartier("open", "--print", data=data)
    assert refused.returncode == 1
    assert "kwartier serve" in refused.stderr


def test_a_second_companion_on_the_folder_names_the_first(data):
    with serving(data) as running:
        started = time.monotonic()
        second = kwartier("serve", "--no-open", data=data)
        assert time.monotonic() - started < 10
        assert second.returncode == 1
        assert str(running.process.pid) in second.stderr
        assert str(running.port) in second.stderr


def test_it_says_what_to_type_to_open_it(data):
    with serving(data) as running:
        [line] = [line for line in running.said().splitlines() if line.startswith("Open it in a browser with: ")]
        typed = line.removeprefix("Open it in a browser with: ")
        printed = subprocess.check_output(f"{typed} --print", shell=True, text=True, env=environment(), timeout=30)
        assert printed.startswith(f"{running.url}/open/")


def test_a_killed_companion_blocks_nothing(data, page):
    with serving(data) as running:
        running.process.kill()
        running.process.wait(10)
        assert kwartier("add", page, data=data).returncode == 0
    with serving(data) as running:
        assert running.client().item_titled(TITLE)


def test_a_stranger_on_the_port_of_a_killed_companion_learns_nothing(data, page):
    with serving(data) as running:
        running.process.kill()
        running.process.wait(10)
        with socket.socket() as stranger:
            stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            stranger.bind(("127.0.0.1", running.port))
            stranger.listen()
            stranger.settimeout(0.2)
            assert kwartier("add", page, "--view", "private", data=data).returncode == 0
            with pytest.raises(TimeoutError):
                stranger.accept()


def test_commands_at_the_same_moment_wait_for_one_another(data):
    with ThreadPoolExecutor(4) as pool:
        links = [f"{LINK}/{number}" for number in range(4)]
        done = list(pool.map(lambda link: kwartier("add", link, data=data), links))
    assert [command.stderr for command in done] == [""] * 4
    assert kwartier("check", data=data).stdout.startswith("4 items")


def test_a_page_that_is_too_large_is_refused_in_words(companion_state, data, tmp_path):
    large = tmp_path / "large.html"
    large.write_text(PAGE + "x" * 20_000_000, encoding="utf-8")
    refused = kwartier("add", large, data=data)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: ")


def test_a_file_that_cannot_be_written_is_named(data, tmp_path):
    (tmp_path / "file").touch()
    kwartier("add", LINK, data=data)
    refused = kwartier("export", "csv", "-o", tmp_path / "file" / "plan.csv", data=data)
    assert (refused.returncode, "plan.csv" in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr


def test_a_taken_port_that_was_named_is_an_error(data):
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]
        refused = kwartier("serve", "--no-open", "--port", port, data=data)
    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
def test_sigterm_ends_it_calmly(data):
    with serving(data) as running:
        process = running.process
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
        assert "Kwartier has stopped." in running.said()
    assert not (data / "companion.json").exists()


def test_it_listens_on_this_machine_alone(data):
    with serving(data) as running:
        addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
        for address in addresses - {"127.0.0.1"}:
            with pytest.raises(OSError), socket.create_connection((address, running.port), 2):
                pass


def test_sixty_captures_at_once_are_all_kept(data):
    with serving(data) as running:
        client = running.client()

        def send(number):
            return client.send("POST", "/api/captures", capture(url=f"https://example.com/{number}")).status

        with ThreadPoolExecutor(20) as pool:
            assert list(pool.map(send, range(60))) == [201] * 60
    assert kwartier("check", data=data).stdout.startswith("60 items")


def test_the_extension_is_copied_to_a_folder(data, tmp_path):
    copied = kwartier("extension", "--to", tmp_path / "ext", data=data)
    assert copied.stdout.strip() == str(tmp_path / "ext")
    assert (tmp_path / "ext" / "manifest.json").is_file()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").touch()
    assert kwartier("extension", "--to", tmp_path / "other", data=data).returncode == 1


def test_autostart_is_switched_on_and_off(data, tmp_path, monkeypatch):
    for place in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(place, str(tmp_path))
    assert kwartier("autostart", "on", data=data).returncode == 0
    [written] = [path for path in tmp_path.rglob("*kwartier*") if path.is_file()]
    assert str(data) in written.read_text(encoding="utf-8")
    assert kwartier("autostart", "off", data=data).returncode == 0
    assert not written.exists()


@pytest.mark.parametrize(
    "arguments", [["add", "no-such-file.html"], ["export", "docx"], ["add", "https://user:pw@example.com/"]]
)
def test_a_refusal_is_one_line_without_a_traceback(data, arguments):
    refused = kwartier(*arguments, data=data)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: ")
    assert "Traceback" not in refused.stderr
