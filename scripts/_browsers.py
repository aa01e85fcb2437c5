"""Finds a Chromium and a Firefox for the end-to-end tests, LibreOffice for the long ones, and installs what it can."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Browser:
    """What a browser, or another program, is called, and where the systems keep it."""

    name: str
    variable: str
    commands: tuple[str, ...]
    macos: tuple[str, ...]
    windows: tuple[str, ...]
    linux: tuple[str, ...]
    apt: str
    brew: str
    winget: str

    def find(self) -> Path | None:
        """The program, or None. The variable, when set, decides alone."""
        if chosen := os.environ.get(self.variable):
            return Path(chosen) if Path(chosen).is_file() else None
        return next((path for path in self._places() if path.is_file()), None)

    def _places(self) -> Iterator[Path]:
        yield from (Path(found) for name in self.commands if (found := shutil.which(name)))
        if sys.platform == "darwin":
            for folder in (Path("/Applications"), Path.home() / "Applications"):
                yield from (folder / place for place in self.macos)
        elif sys.platform == "win32":
            for variable in ("LOCALAPPDATA", "PROGRAMFILES", "PROGRAMFILES(X86)"):
                if folder_name := os.environ.get(variable):
                    yield from (Path(folder_name) / place for place in self.windows)
        else:
            yield from (Path(place) for place in self.linux)


# Branded Chrome and Edge refuse --load-extension, so only Chromium will do.
CHROMIUM = Browser(
    name="Chromium",
    variable="KWARTIER_CHROMIUM",
    commands=("chromium", "chromium-browser"),
    macos=("Chromium.app/Contents/MacOS/Chromium",),
    windows=("Chromium/Application/chrome.exe",),
    linux=("/usr/bin/chromium", "/usr/lib/chromium/chromium", "/snap/bin/chromium"),
    apt="chromium",
    brew="chromium",
    winget="Hibbiki.Chromium",
)
# Release Firefox keeps only signed add-ons over a restart; ESR can be told otherwise.
FIREFOX = Browser(
    name="Firefox ESR",
    variable="KWARTIER_FIREFOX",
    commands=("firefox-esr", "firefox-developer-edition", "firefox"),
    macos=("Firefox.app/Contents/MacOS/firefox", "Firefox Developer Edition.app/Contents/MacOS/firefox"),
    windows=("Mozilla Firefox ESR/firefox.exe", "Mozilla Firefox/firefox.exe"),
    linux=("/usr/bin/firefox-esr", "/usr/lib/firefox-esr/firefox-esr", "/snap/bin/firefox"),
    apt="firefox-esr",
    brew="firefox@esr",
    winget="Mozilla.Firefox.ESR",
)
# It saves workbooks anew in the long tests.
LIBREOFFICE = Browser(
    name="LibreOffice",
    variable="KWARTIER_LIBREOFFICE",
    commands=("soffice", "libreoffice"),
    macos=("LibreOffice.app/Contents/MacOS/soffice",),
    windows=("LibreOffice/program/soffice.exe",),
    linux=("/usr/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/snap/bin/libreoffice"),
    apt="libreoffice-calc-nogui",
    brew="libreoffice",
    winget="TheDocumentFoundation.LibreOffice",
)
BROWSERS = (CHROMIUM, FIREFOX)


def ensure_there(wanted: Sequence[Browser]) -> str | None:
    """Install those that are missing where this system can; return what the person has to do, if anything."""
    missing = [browser for browser in wanted if browser.find() is None]
    if not missing:
        return None
    print(f"Installing {' and '.join(browser.name for browser in missing)} for the tests.", flush=True)
    for command in _install_commands(missing):
        result = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)
        if result.returncode:
            break
    still = [browser for browser in missing if browser.find() is None]
    return _what_to_do(still) if still else None


def _install_commands(missing: Sequence[Browser]) -> list[list[str]]:
    if sys.platform == "darwin" and shutil.which("brew"):
        return [["brew", "install", "--cask", *(browser.brew for browser in missing)]]
    if sys.platform == "win32" and shutil.which("winget"):
        agreed = ["--silent", "--accept-package-agreements", "--accept-source-agreements"]
        return [["winget", "install", "--exact", "--id", browser.winget, *agreed] for browser in missing]
    if shutil.which("apt-get") and (root := _as_root()) is not None:
        quiet = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        packages = [browser.apt for browser in missing]
        return [[*quiet, "update"], [*quiet, "install", "-y", "--no-install-recommends", *packages]]
    return []


def _as_root() -> list[str] | None:
    """The words that make a command root's: none for root, sudo where it asks no password, else None."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if not sudo:
        return None
    asked = subprocess.run([sudo, "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return None if asked.returncode else [sudo, "-n"]


def _what_to_do(missing: Sequence[Browser]) -> str:
    lines = ["The tests need a program that is not there and could not be installed:"]
    for browser in missing:
        lines += [
            f"  {browser.name}: apt-get install {browser.apt}, brew install --cask {browser.brew}, "
            f"or winget install {browser.winget};",
            f"    or set {browser.variable} to its program.",
        ]
    return "\n".join(lines)
