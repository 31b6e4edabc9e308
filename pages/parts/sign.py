"""The sign of a kind: its shape, colour and letter as a small picture of fixed parts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from markupsafe import Markup, escape

from portal.model.kind import Shape

if TYPE_CHECKING:
    from portal.model.kind import Kind

OUTLINES: Final = {
    Shape.CIRCLE: "M20 3a17 17 0 1 1 0 34a17 17 0 1 1 0-34z",
    Shape.SQUARE: "M5 5h30v30h-30z",
    Shape.DIAMOND: "M20 1l19 19l-19 19l-19-19z",
    Shape.TRIANGLE: "M20 2l19 35h-38z",
    Shape.PENTAGON: "M20 2l18 13.5l-7 21.5h-22l-7-21.5z",
    Shape.HEXAGON: "M11 4h18l10 16l-10 16h-18l-10-16z",
    Shape.SHIELD: "M4 4q16 2 32 0v16q-2 12-16 18q-14-6-16-18z",
    Shape.HOUSE: "M20 2l18 15h-4v20h-28v-20h-4z",
}
"""Outlines in a square of 40 units."""
LOW: Final = frozenset({Shape.TRIANGLE, Shape.HOUSE, Shape.PENTAGON})
DARK, LIGHT = "#1a1a1a", "#ffffff"


def picture(kind: Kind) -> Markup:
    """The kind's sign; without words of its own, for the kind's name always stands beside it."""
    return Markup('<img class="sign" alt="" width="36" height="36" src="{}">').format(address(kind))


@cache
def address(kind: Kind) -> str:
    """The sign as a ``data:`` address, which asks nothing of any server."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 42 42" width="36" height="36">'
        f'<path d="{OUTLINES[kind.shape]}" fill="{kind.colour}" stroke="{DARK}" stroke-width="1.5"/>'
        f'<text x="20" y="{29 if kind.shape in LOW else 26.5}" font-size="18" font-weight="700" text-anchor="middle" '
        f'font-family="sans-serif" fill="{ink(kind.colour)}">{escape(kind.letter)}</text></svg>'
    )
    return "data:image/svg+xml;charset=utf-8," + quote(svg, safe="")


def ink(colour: str) -> str:
    """Black or white, whichever stands out more from ``colour`` (relative luminance of WCAG 2.2)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB curve
        for channel in channels
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return LIGHT if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0603 else DARK
