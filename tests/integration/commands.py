"""The command `kwartier` as a process of its own, and a companion that runs beside it."""

import subprocess
from contextlib import contextmanager

from tests.e2e.companion_process import CompanionProcess, command, environment

# Of the page that the tests add.
TITLE = "Ploegendienst zonder schuldgevoel"


def kwartier(*arguments, data):
    return subprocess.run(
        command(*map(str, arguments), "--data", str(data)),
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        timeout=60,
    )


@contextmanager
def serving(data):
    """A companion that answers."""
    data.parent.mkdir(exist_ok=True)
    running = CompanionProcess(data.parent)
    running.start()
    try:
        yield running
    finally:
        running.stop()
