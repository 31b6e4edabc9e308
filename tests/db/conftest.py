"""A store for each test: in memory, or in a file where the file itself matters."""

from __future__ import annotations

import pytest

from db import open_store


@pytest.fixture
def store():
    """An empty store."""
    opened = open_store(":memory:")
    yield opened
    opened.close()


@pytest.fixture
def url(tmp_path):
    """The address of a store that is not there yet, in a folder that is not there yet."""
    return f"duckdb://{tmp_path / 'var' / 'ibasho.duckdb'}"
