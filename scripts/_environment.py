"""The .venv of this checkout: made, repaired and kept current. Standard library only."""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "kwartier-installed.json"

_PROBE = """
import importlib.util, sys
sys.exit(1) if sys.version_info < (3, 11) or not importlib.util.find_spec("pip") else print(sys.version)
"""
_OFFLINE = re.compile(
    r"name resolution|getaddrinfo|NewConnectionError|Network is unreachable|ConnectTimeout|ReadTimeout"
    r"|Connection (refused|aborted|reset)|ProxyError|Failed to establish|Max retries|from versions: none",
    re.IGNORECASE,
)


class SetupError(Exception):
    """The set-up cannot go on; its text says why and what to do."""


def prepare(extras: Iterable[str] = ()) -> Path:
    """Make sure .venv holds Kwartier with at least these extras; return its Python."""
    wanted = frozenset(extras)
    version = _version_inside()
    stamp = _read_stamp()
    if version and _is_current(stamp, version, wanted):
        return venv_python()
    if version and _is_current({**stamp, "root": str(ROOT)}, version, wanted) and _relink():
        _write_stamp({**stamp, "root": str(ROOT)})
        return venv_python()
    if version is None or not stamp:
        version = _new_venv()
    _install(version, wanted | frozenset(stamp.get("extras", ())))
    return venv_python()


def venv_python() -> Path:
    """Where .venv keeps its Python on this system."""
    return VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python"


def hand_over(command: list[str]) -> int:
    """Go on as this command: its exit code is ours, and Ctrl-C is its own to handle."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                # The console sent Ctrl-C to the child as well: wait for it to end in its own time.
                continue


def _new_venv() -> str:
    """A fresh .venv, also in the place of one whose first installation never came to its end."""
    print("Setting up Kwartier in .venv. This takes a minute, and only happens once.", flush=True)
    _make_venv()
    version = _version_inside()
    if version is None:
        raise SetupError(f"The new environment does not start: {venv_python()}\nDelete {VENV} and try again.")
    return version


def _install(version: str, extras: frozenset[str]) -> None:
    print("Installing what Kwartier needs.", flush=True)
    stamp = {"pyproject": "", "python": version, "root": str(ROOT), "extras": sorted(extras)}
    if STAMP.exists():
        # An installation cut short from here on is not taken for a finished one.
        _write_stamp(stamp)
    name = f".[{','.join(sorted(extras))}]" if extras else "."
    # The pip that comes with Python 3.11 breaks where two packages spell the same extra of a third differently.
    _pip("install", "--upgrade", "pip>=24.1")
    _pip("install", *_build_requirements())
    _pip("install", "--no-build-isolation", "--editable", name)
    _write_stamp({**stamp, "pyproject": _fingerprint()})


def _make_venv() -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise SetupError(
            f"This Python ({sys.executable}) came without the part that makes environments (venv).\n\n"
            f"What to do on Debian or Ubuntu:\n"
            f"  sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv\n"
            "Then run the same command again."
        )
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            shutil.rmtree(VENV)
    except OSError as problem:
        raise SetupError(_cannot_write(problem)) from problem
    made = _run([sys.executable, "-m", "venv", str(VENV)])
    if made.returncode:
        raise SetupError(f"The environment could not be made in {VENV}.\n\n{_tail(made.stdout)}")


def _cannot_write(problem: OSError) -> str:
    return f"{VENV} cannot be written: {problem.strerror}.\nClose what uses it, or check who owns the folder."


def _relink() -> bool:
    """The folder was moved: point the installation at its new place, which needs no network."""
    result = _run(_pip_command("install", "--no-deps", "--no-build-isolation", "--editable", "."))
    return result.returncode == 0


def _pip(*arguments: str) -> None:
    result = _run(_pip_command(*arguments))
    if result.returncode == 0:
        return
    if _OFFLINE.search(result.stdout):
        raise SetupError(
            "Kwartier could not fetch the parts it is made of.\n"
            "The first set-up needs the internet, once; after that it starts without.\n\n"
            "What to do: connect, and run the same command again.\n"
            "Behind a company proxy, set HTTPS_PROXY first.\n\n" + _tail(result.stdout, 4)
        )
    raise SetupError(
        f"The installation did not succeed. pip says:\n\n{_tail(result.stdout)}\n\n"
        f"If it stays so, delete {VENV} and run the same command again."
    )


def _pip_command(*arguments: str) -> list[str]:
    # -I: what another project put on PYTHONPATH must not count as installed here.
    return [str(venv_python()), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PIP_USER": "0"}
    environment.pop("PYTHONHOME", None)
    return run_and_read(command, environment)


def run_and_read(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command at the root of the checkout; all it says is in `stdout`, and its code is not judged."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def _version_inside() -> str | None:
    """The version of a .venv that works, or None: not made, half made, or its Python is gone."""
    if not venv_python().exists():
        return None
    try:
        result = _run([str(venv_python()), "-I", "-c", _PROBE])
    except OSError:
        return None
    return result.stdout.strip() if result.returncode == 0 else None


def _is_current(stamp: dict[str, Any], version: str, extras: frozenset[str]) -> bool:
    return (
        stamp.get("pyproject") == _fingerprint()
        and stamp.get("python") == version
        and stamp.get("root") == str(ROOT)
        and extras <= frozenset(stamp.get("extras", ()))
    )


def _read_stamp() -> dict[str, Any]:
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(stamp: dict[str, Any]) -> None:
    STAMP.write_text(json.dumps(stamp, indent=2) + "\n", "utf-8")


def _fingerprint() -> str:
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


def _build_requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    requirements: list[str] = project["build-system"]["requires"]
    return requirements


def _tail(output: str, lines: int = 12) -> str:
    return "\n".join(f"  {line}" for line in output.strip().splitlines()[-lines:])
