"""What a screen shows, for the tests to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def html_of(screen: AppTest) -> str:
    """All that the screen drew as escaped HTML."""
    return "\n".join(element.proto.body for element in screen.get("html"))
