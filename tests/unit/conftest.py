"""A store in a temporary folder."""

import pytest

import companion.store


@pytest.fixture
def store(tmp_path):
    opened = companion.store.open(tmp_path / "data")
    yield opened
    opened.close()
