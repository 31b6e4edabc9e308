"""The screens over a real store with the invented town, run as Streamlit runs them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from streamlit.testing.v1 import AppTest

from db import open_store
from pages import wiring
from tests import town

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from portal.store import Store

PAGES: Final = Path(__file__).parents[3] / "pages"


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """A folder with the invented town, to be copied: making one takes three times as long."""
    home = tmp_path_factory.mktemp("made")
    town.settle(open_store(f"duckdb://{home / wiring.FILE}", home / wiring.JOURNAL)).close()
    return home


@pytest.fixture
def town_store(tmp_path, made, monkeypatch) -> Iterator[Store]:
    """The store that the screens open, in a folder of its own, with the town in it."""
    for name in ("PORTAL_LANGUAGE", "PORTAL_MUNICIPALITY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))
    wiring.close()
    wiring.settings.cache_clear()
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    yield wiring.store()
    wiring.close()
    wiring.settings.cache_clear()


@pytest.fixture
def open_screen(town_store) -> Callable[..., AppTest]:
    """Open a screen with address parameters and run it once."""

    def opened(name: str, **params: str) -> AppTest:
        screen = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=20)
        for key, value in params.items():
            screen.query_params[key] = value
        screen.run()
        assert not screen.exception, screen.exception
        return screen

    return opened
