"""What every room's tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import open_store
from tests import town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.store import Store


@pytest.fixture
def empty_store() -> Iterator[Store]:
    """A real store that holds nothing yet, kept in memory."""
    store = open_store("duckdb://")
    yield store
    store.close()


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A real store with the invented town in it."""
    return town.settle(empty_store)
