"""The portal of the replays: the plain pages' town (tests/pages/forms/conftest.py) with everything in it once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest

from tests.pages.forms.conftest import home, made, set_up, store, visit
from tests.pages.replay import world as replay

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.store import Store
    from tests.pages.replay.world import World

__all__ = ["home", "made", "set_up", "store", "visit"]

SCREENS = Path(__file__).parents[3] / "pages"


@pytest.fixture
def world(store: Store) -> World:
    """Every role, every state, links, notes and questions; by name, with its ids."""
    return replay.settle(store)


@pytest.fixture
def screen(store: Store) -> Callable[..., str]:
    """All that a screen sends to a browser that nobody signed in with: ``screen("find", q="…")``."""

    def sent(name: str, **params: str) -> str:
        drawn = AppTest.from_file(str(SCREENS / f"{name}.py"), default_timeout=60)
        for key, value in params.items():
            drawn.query_params[key] = value
        drawn.run()
        assert not drawn.exception, drawn.exception
        protos = (getattr(item, "proto", None) for item in drawn._tree)  # noqa: SLF001  # there is no other way to all
        return "\n".join(MessageToString(proto, as_utf8=True) for proto in protos if hasattr(proto, "DESCRIPTOR"))

    return sent
