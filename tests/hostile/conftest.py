"""A companion under attack: one for a whole file, or one of its own where a test wears it out."""

import pytest

from tests.hostile.besieged import Besieged


@pytest.fixture(scope="module")
def besieged(tmp_path_factory):
    yield from _while_it_runs(tmp_path_factory.mktemp("besieged"))


@pytest.fixture
def fresh(tmp_path):
    """A companion of the test's own: limits of so many a minute would reach into other tests."""
    yield from _while_it_runs(tmp_path)


def _while_it_runs(folder):
    running = Besieged(folder)
    try:
        yield running
    finally:
        running.process.stop()


@pytest.fixture
def nothing_is_kept(besieged):
    """What the test tries leaves no trace in the store."""
    before = besieged.kept()
    yield
    assert besieged.kept() == before
