"""Says in words that a Python is too old. Parses on any Python, so that it can."""

import os
import subprocess
import sys

OLDEST = (3, 11)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")

TOO_OLD = """\
Kwartier needs Python {0}.{1} or newer; this is Python {2}.{3} ({4}).

What to do:
  Windows   winget install Python.Python.3.12
  macOS     brew install python@3.12     (or https://www.python.org/downloads/)
  Linux     sudo apt install python3.12 python3.12-venv     (or your system's own command)
Then run the same command with the new one: python3.12 {5}"""


def require_new_python():
    """Return on a Python that is new enough; otherwise go on in one that is, or say what to install."""
    if sys.version_info[:2] >= OLDEST:
        return
    newer = _find_newer()
    if newer:
        sys.exit(subprocess.call([newer] + sys.argv))
    found = sys.version_info[:2]
    sys.exit(TOO_OLD.format(OLDEST[0], OLDEST[1], found[0], found[1], sys.executable, " ".join(sys.argv)))


def _find_newer():
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in NAMES:
            for path in (os.path.join(folder, name), os.path.join(folder, name + ".exe")):
                if os.path.isfile(path) and os.access(path, os.X_OK) and _runs(path):
                    return path
    return None


def _runs(path):
    """A version manager leaves stand-ins on PATH for Pythons that are not installed."""
    check = "import sys; sys.exit(sys.version_info[:2] < {0!r})".format(OLDEST)
    try:
        with open(os.devnull, "wb") as nowhere:
            return subprocess.call([path, "-c", check], stdout=nowhere, stderr=nowhere) == 0
    except OSError:
        return False
