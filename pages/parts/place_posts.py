"""What groups post about a place: what is coming there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts import card, plain_text

if TYPE_CHECKING:
    from pages.parts.visit import Visit
    from portal.looking import PlaceView


def show(visit: Visit, view: PlaceView) -> None:
    """Draw it, where there is any."""
    if view.posts:
        plain_text.heading(visit.say("place.posts"))
        card.show_all(visit, view.posts)
