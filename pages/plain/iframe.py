"""The element by which another site shows a page of the portal: no script, and none can run in it."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

WIDTH: Final = 600
HEIGHT: Final = 480


def element(address: str, title: str, width: str = "100%", height: int = HEIGHT) -> Markup:
    """``<iframe>`` for the page at a whole address; its links open in a window of their own."""
    return Markup(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    ).format(address, title, width, height)
