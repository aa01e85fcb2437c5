"""The table in README.md: every case of the list is in it, and each test that it names exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROWS = re.findall(
    r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", (Path(__file__).parent / "README.md").read_text("utf-8"), re.MULTILINE
)
CASES = 62


def test_every_case_is_in_the_table_once():
    assert [int(number) for number, _ in ROWS] == list(range(1, CASES + 1))


@pytest.mark.parametrize("number", [number for number, _ in ROWS])
def test_the_tests_that_hold_a_case_exist(number):
    named = re.findall(r"`([^`]+)::([^`]+)`", dict(ROWS)[number])
    assert named
    missing = [f"{path}::{name}" for path, name in named if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
    assert not missing
