"""Public pages over the invented town and its people (tests/pages/forms/conftest.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages.plain import paths, sorts
from pages.plain.here import Here
from pages.wiring import settings
from tests.pages.forms.conftest import BASE, home, made, set_up, store, visit
from tests.portal import people

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.store import Store

__all__ = ["home", "made", "set_up", "store", "visit"]


@pytest.fixture
def here(store: Store) -> Here:
    """The portal on the day of the invented town."""
    return Here(store, settings(), people.NOW, BASE)


@pytest.fixture
def page(here: Here) -> Callable[..., str]:
    """The text of a public page or file: ``page("place", lang="ja", code=…, id=…)``."""
    return lambda name, **keys: sorts.make(here, paths.path(name, **keys)).content.decode()
