"""Names upon a map of districts: where they fit, once for a desk and once, larger, for a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import shapely
from markupsafe import Markup

from pages.charts.labels import fitted, halves
from pages.review.area_map_paper import widest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry


class Size(NamedTuple):
    """A size of type, in units, and the class by which the style sheet shows it where it can be read."""

    units: int
    shown: str


SIZES: Final = (Size(36, "wide"), Size(72, "narrow"))
LONGEST: Final = 20
"""Half-width characters of a name."""
HALO: Final = 0.3
"""Of the size of type: a stroke of the area's own colour, so that no line runs through the letters."""
TEXT: Final = Markup(
    '<text class="{}" x="{:.0f}" y="{:.0f}" font-size="{}" fill="{}" stroke="{}" stroke-width="{:.0f}">{}</text>'
)


class Ink(NamedTuple):
    """Of the letters, and of the area beneath them."""

    letters: str
    area: str


def names(area: BaseGeometry, symbol: str, name: str, ink: Ink) -> Iterator[Markup]:
    """Symbol and name, else the symbol alone, where one of them has room; ``area`` in units."""
    at = widest(area)
    for size in SIZES:
        for text in (f"{symbol} {fitted(name, LONGEST)}".strip(), symbol):
            if text and _fits(area, at, text, size.units):
                halo = size.units * HALO
                yield TEXT.format(size.shown, at.x, at.y, size.units, ink.letters, ink.area, halo, text)
                break


def _fits(area: BaseGeometry, at: shapely.Point, text: str, size: int) -> bool:
    wide, high = halves(text) * size / 4, size / 2
    box = shapely.box(at.x - wide, at.y - high, at.x + wide, at.y + high)
    return bool(area.contains(box))
