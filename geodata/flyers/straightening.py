"""How far a page lies askew, and the same page straightened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from geodata.flyers.components import Spots

WIDEST: Final = 7.0
"""Degrees in which a page may lie askew."""
LEAST: Final = 0.15
"""Degrees that are left as they are."""


def straightened(image: Image.Image, found: Spots) -> Image.Image:
    """The page turned so that its lines are level, or its columns upright."""
    angle = skew(found)
    if abs(angle) < LEAST:
        return image
    edge = tuple(int(value) for value in np.median(np.asarray(image.reduce(16)).reshape(-1, 3), axis=0))
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=edge)


def skew(found: Spots) -> float:
    """Degrees by which lines sink to the right; 0 for a page without signs."""
    if found.left.size < 2:  # noqa: PLR2004  # one sign has no line
        return 0.0
    rough = max(np.arange(-WIDEST, WIDEST + 0.01, 0.5), key=lambda angle: _order(found, angle))
    return float(max(np.arange(rough - 0.5, rough + 0.51, 0.1), key=lambda angle: _order(found, angle)))


def _order(found: Spots, angle: float) -> float:
    """How far the edges of the signs fall into few rows, or into few columns, at an angle."""
    slope = np.tan(np.radians(angle))
    x, y = (found.left + found.right) / 2, (found.top + found.bottom) / 2
    rows = (found.top - slope * x, found.bottom - slope * x)
    columns = (found.left + slope * y, found.right + slope * y)
    return max(sum(_peaks(edge) for edge in rows), sum(_peaks(edge) for edge in columns))


def _peaks(edge: np.ndarray) -> float:
    counted = np.bincount((edge - edge.min()).astype(np.int64) // 3).astype(np.float64)
    return float((counted**2).sum())
