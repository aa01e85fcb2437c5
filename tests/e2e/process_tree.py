"""Ending a program with all that it has started, as a power cut does."""

import os
import signal
import subprocess
import sys
from typing import Any


def own_group() -> dict[str, Any]:
    """What `Popen` is told so that a program can be ended together with what it starts, and without us."""
    return {} if sys.platform == "win32" else {"process_group": 0}


def kill_tree(process: int) -> None:
    """End the process and what it has started, without a word. It must lead, or be in, a group of its own."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process)], check=True, capture_output=True)
        return
    group = os.getpgid(process)
    assert group != os.getpgrp(), "that would end the tests as well"
    os.killpg(group, signal.SIGKILL)
