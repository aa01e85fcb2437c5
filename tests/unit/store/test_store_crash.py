"""Killed at any moment, the store has every act that it acknowledged, and of the one under way all or nothing.

Each row is a process of its own that writes, and that is killed without warning. `scripts/bench.py crash` does the same
more often and prints what came of it.
"""

import pytest

from tests.unit.store.faults import kills


@pytest.mark.parametrize("mode", [*kills.MODES, kills.MIGRATING])
@pytest.mark.parametrize("count", [20, pytest.param(200, marks=pytest.mark.long)])
def test_nothing_acknowledged_is_lost_to_a_kill(tmp_path, mode, count):
    outcome = kills.kill(mode, tmp_path, count, seed=1)
    assert outcome.problems == []
    assert outcome.kills == count
    assert outcome.acknowledged > 0
