"""What is shown to be typed means, in the user's own terminal, the very words it was made of."""

import os
import shlex
from pathlib import Path

import pytest

from companion.web.command_lines import command_line, quoted_on_windows

FOLDERS = ["/home/x/Kwartier", "/home/x/My data", "/home/x/Mies & Co", "/home/x/$HOME", "/home/x/it's", "/x/a;b(c)"]


@pytest.mark.skipif(os.name == "nt", reason="how a POSIX shell reads it")
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_shell_reads_the_words_that_were_meant(folder):
    words = shlex.split(command_line(Path(folder), "restore", f"{folder}/all.zip"))
    assert words[1:] == ["restore", f"{folder}/all.zip", "--data", folder]


@pytest.mark.parametrize(
    ("word", "written"),
    [
        (r"C:\Users\x\Kwartier", r"C:\Users\x\Kwartier"),
        (r"C:\Mies & Co", r'"C:\Mies & Co"'),
        (r"C:\a(b)", r'"C:\a(b)"'),
        ("--set-aside", "--set-aside"),
    ],
)
def test_windows_gets_quotes_where_a_sign_could_mean_something(word, written):
    assert quoted_on_windows(word) == written
