"""Which spots of ink are signs of writing, panels with writing in them, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.flyers.components import spots
from geodata.flyers.ink import apart_from, contrast, mask

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

    from geodata.flyers.components import Spots

SMALLEST: Final = 3
"""Pixels of the longer side of a sign, and half of its area: less is noise."""
LARGEST_SHARE: Final = 0.16
"""Of the page's longer side: no sign is larger."""
PANEL: Final = (44, 30)
"""The least width and height of a panel (a label in a coloured box)."""
PANEL_FILL: Final = 0.55
"""Of its rectangle, what a panel covers; the boldest sign covers less."""
INSET: Final = 4
EDGE_FILL: Final = 0.75
THIN: Final = 14
"""A spot this many times as long as it is thick is a rule, where it is longer than a sign."""


def written(image: Image.Image) -> tuple[NDArray[np.uint8], Spots]:
    """The contrast of a page, panels turned to dark on light, and its signs."""
    apart = contrast(image)
    ink = mask(apart)
    for left, top, right, bottom in _panels(ink, spots(_eroded(ink))):
        inner = image.crop((left, top, right, bottom))
        around = (slice(top - INSET, bottom + INSET), slice(left - INSET, right + INSET))
        apart[around], ink[around] = 0, False
        colour = np.median(np.asarray(inner).reshape(-1, 3), axis=0).astype(np.int16)
        apart[top:bottom, left:right] = apart_from(inner, colour)
        ink[top:bottom, left:right] = mask(apart[top:bottom, left:right])
    return apart, _signs(spots(ink), max(image.size))


def _eroded(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without what is two pixels thin, so that noise does not tie panels to each other."""
    kept = ink.copy()
    kept[1:-1, 1:-1] &= ink[:-2, 1:-1] & ink[2:, 1:-1] & ink[1:-1, :-2] & ink[1:-1, 2:]
    return kept


def _panels(ink: NDArray[np.bool_], found: Spots) -> list[tuple[int, int, int, int]]:
    """The insides of panels: large, mostly filled, and with an edge that no sign has."""
    fill = found.area / (found.width * found.height)
    which = found.only((found.width >= PANEL[0]) & (found.height >= PANEL[1]) & (fill > PANEL_FILL))
    boxes = [tuple(map(int, box)) for box in zip(which.left, which.top, which.right, which.bottom, strict=True)]
    return [(a + INSET, b + INSET, c - INSET, d - INSET) for a, b, c, d in boxes if _edged(ink[b:d, a:c])]


def _edged(inside: NDArray[np.bool_]) -> bool:
    """Whether ink goes along all of the upper and the lower edge, the round corners left out."""
    corner = inside.shape[1] // 6
    strips = (inside[2 : INSET + 1, corner:-corner], inside[-INSET - 1 : -2, corner:-corner])
    return all(float(strip.mean()) > EDGE_FILL for strip in strips)


def _signs(found: Spots, longest: int) -> Spots:
    """Without specks, pictures, and the rules of tables."""
    long = np.maximum(found.width, found.height)
    thick = np.maximum(np.minimum(found.width, found.height), 1)
    kept = (long >= SMALLEST) & (found.area >= 2 * SMALLEST) & (long < LARGEST_SHARE * longest)
    seen = found.only(kept & (long < THIN * thick))
    if not seen.left.size:
        return seen
    return seen.only(np.maximum(seen.width, seen.height) * 8 >= _usual(seen))


def _usual(found: Spots) -> float:
    """The usual size of a sign, by the area that signs of this size cover."""
    long = np.maximum(found.width, found.height)
    order = np.argsort(long)
    weight = np.cumsum((found.width * found.height)[order])
    return float(long[order][np.searchsorted(weight, weight[-1] / 4)])
