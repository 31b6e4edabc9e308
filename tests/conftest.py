"""What every room's tests share."""

from __future__ import annotations

import shutil
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from db import open_store
from tests import town

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from portal.store import Store


@pytest.fixture
def empty_store() -> Iterator[Store]:
    """A real store that holds nothing yet, kept in memory."""
    store = open_store("duckdb://")
    yield store
    store.close()


@pytest.fixture(scope="session")
def made_town(tmp_path_factory) -> Path:
    """A file with the invented town, to be copied: making one takes twice as long."""
    file = tmp_path_factory.mktemp("town") / "portal.duckdb"
    town.settle(open_store(f"duckdb://{file}")).close()
    return file


@pytest.fixture
def store(made_town) -> Iterator[Store]:
    """A real store with the invented town in it."""
    with TemporaryDirectory() as folder:
        file = shutil.copy(made_town, folder)
        store = open_store(f"duckdb://{file}")
        yield store
        store.close()
