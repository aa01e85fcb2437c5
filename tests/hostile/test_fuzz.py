"""Requests that nobody wrote, in sequences: no fault of ours, every refusal in its one shape, nothing acknowledged lost.

Always the same ones, so that a fault stays until it is mended; `scripts/bench.py fuzz` sends others.
"""

import pytest

from tests.hostile.fuzzing import Fuzz, routes


@pytest.mark.parametrize("requests", [1000, pytest.param(10_000, marks=pytest.mark.long)])
def test_no_request_is_answered_with_a_fault_of_ours(fresh, requests):
    tally = Fuzz(fresh).run(requests)
    assert tally.faults == []
    assert tally.statuses.total() >= requests
    # Else it would only have been refused, or have left something out.
    assert tally.statuses[200] + tally.statuses[201] > requests / 5
    assert set(tally.endpoints) == {endpoint for endpoint, _, _ in routes()}
    assert tally.acknowledged >= 5
    assert fresh.ask("GET", "/api/health").status == 200
    assert "ERROR" not in fresh.process.said()
