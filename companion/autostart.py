"""Starting the companion at log-in: one file where the operating system looks, written or taken away."""

import os
import plistlib
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from companion.errors import Invalid

LABEL = "kwartier.companion"


@dataclass(frozen=True)
class Places:
    """Where the system keeps what it starts at log-in: macOS is `darwin`, Windows `win32`, the rest XDG."""

    system: str
    folder: Path

    @classmethod
    def of(
        cls,
        system: str = sys.platform,
        home: Path | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> "Places":
        """The places of this user; of another system, home or environment where given."""
        home = home or Path.home()
        if system == "darwin":
            return cls(system, home / "Library" / "LaunchAgents")
        if system == "win32":
            roaming = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
            return cls(system, roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup")
        return cls(system, Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "autostart")

    @property
    def file(self) -> Path:
        """The one file that autostart is about."""
        names = {"darwin": f"{LABEL}.plist", "win32": "kwartier.cmd"}
        return self.folder / names.get(self.system, "kwartier.desktop")


def serve_command(data: Path | None = None, python: str = sys.executable) -> list[str]:
    """What is started at log-in: the companion, with no browser window in the user's way."""
    command = [python, "-m", "companion", "serve", "--no-open"]
    return [*command, "--data", str(data.absolute())] if data else command


def set_autostart(on: bool, command: list[str], places: Places) -> str:
    """Start the command at log-in, or no longer; says what was written or removed, and that twice is fine."""
    return _switch_on(command, places) if on else _switch_off(places.file)


def _switch_on(command: list[str], places: Places) -> str:
    content = _writer(places.system)(command)
    file = places.file
    if file.is_file() and file.read_bytes() == content:
        return f"Kwartier starts when you log in already. Nothing was changed: {file}"
    places.folder.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_bytes(content)
    fresh.chmod(0o644)  # launchd refuses a file that others may write
    fresh.replace(file)
    return f"Kwartier starts when you log in from now on. Written: {file}"


def _switch_off(file: Path) -> str:
    if not os.path.lexists(file):
        return f"Kwartier did not start when you log in. There was nothing to remove: {file}"
    file.unlink()
    return f"Kwartier no longer starts when you log in. Removed: {file}"


def _writer(system: str) -> Callable[[list[str]], bytes]:
    return {"darwin": _launch_agent, "win32": _batch_file}.get(system, _desktop_entry)


def _launch_agent(command: list[str]) -> bytes:
    """Not kept alive: a companion that stops because another runs must not be started over and over."""
    return plistlib.dumps({"Label": LABEL, "ProgramArguments": command, "RunAtLoad": True})


def _batch_file(command: list[str]) -> bytes:
    """`start` lets the window close at once; UTF-8 is asked for first, as a folder may be called René."""
    words = " ".join(_batch_word(word) for word in (_windowless(command[0]), *command[1:]))
    lines = ("@echo off", "chcp 65001 >nul", f'start "Kwartier" /min {words}', "")
    return "\r\n".join(lines).encode()


def _windowless(program: str) -> str:
    """pythonw beside python where there is one: it opens no console."""
    twin = re.sub(r"(?i)\bpython\.exe$", "pythonw.exe", program)
    return twin if Path(twin).exists() else program


def _batch_word(word: str) -> str:
    """In quotes always, as & ( ^ would else end the command; a backslash before the last quote is doubled."""
    return '"' + re.sub(r"(\\+)$", r"\1\1", _writable(word, '"')).replace("%", "%%") + '"'


def _desktop_entry(command: list[str]) -> bytes:
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Kwartier",
        "Comment=A quarter of an hour a day",
        f"Exec={' '.join(map(_exec_word, command))}",
        "Terminal=false",
        "",
    )
    return "\n".join(lines).encode()


def _exec_word(word: str) -> str:
    r"""Quoted as the Desktop Entry Specification asks.

    Inside the quotes `"` `$` `\` and back-ticks are escaped, then every backslash once more as the value is
    a string; % is doubled.
    """
    quoted = re.sub(r'([\\`$"])', r"\\\1", _writable(word))
    return '"' + quoted.replace("\\", "\\\\").replace("%", "%%") + '"'


def _writable(word: str, forbidden: str = "") -> str:
    if any(character < " " or character in forbidden for character in word):
        raise Invalid.field("command", f"{word!r} has a character that an autostart file cannot hold")
    return word
