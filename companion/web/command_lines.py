"""What to type in a terminal, complete: the command is seldom on the PATH of who set Kwartier up."""

import os
import re
import shlex
import sys
from pathlib import Path


def command_line(data: Path, *words: str) -> str:
    """A `kwartier` command for this data folder, such as `/…/kwartier open --data /…/Kwartier`."""
    program = str(Path(sys.executable).with_name("kwartier"))
    return " ".join(_quoted(word) for word in (program, *words, "--data", str(data)))


def quoted_on_windows(word: str) -> str:
    """The word, in quotes where it has a sign that one of the two terminals of Windows might take for its own."""
    return word if re.fullmatch(r"[A-Za-z0-9_\\/.:-]+", word) else f'"{word}"'


_quoted = quoted_on_windows if os.name == "nt" else shlex.quote
