"""What is written on a page, apart from what it is written on: colour, shadow, dark ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from numpy.typing import NDArray

CELL: Final = 20
"""Pixels of a cell in which the ground is looked for."""
WINDOW: Final = 25
"""Cells whose median is the ground: wider than a row of labels in coloured boxes, narrower than a band of the page."""
SHADE: Final = 56
"""Differences in brightness, 0 to 255, up to which a pixel may be blank ground in a shadow."""
SHADE_CELL: Final = 30
LEAST_BLANK: Final = 0.25
FAINTEST: Final = 30.0
"""A difference in brightness, 0 to 255, that is still taken for ink and not for noise."""
SHARE: Final = 0.42
"""Of the strongest difference nearby, what a sign must have at least."""


def contrast(image: Image.Image) -> NDArray[np.uint8]:
    """(height, width), how far each pixel is from the ground around it, in the colour that differs most, 0 to 255.

    White on dark, dark on colour and what lies in a shadow look alike in it: ink is high, ground low.
    """
    size = (max(1, image.width // CELL), max(1, image.height // CELL))
    ground = image.resize(size, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(WINDOW))
    smooth = np.asarray(ground.resize(image.size, Image.Resampling.BILINEAR), dtype=np.int16)
    apart = np.asarray(image, dtype=np.int16) - smooth
    apart -= _shade(apart)[..., None]
    return np.asarray(np.minimum(np.abs(apart).max(axis=2), 255), dtype=np.uint8)


def _shade(apart: NDArray[np.int16]) -> NDArray[np.int16]:
    """(height, width), by how much blank ground differs from what it was taken for: the soft edges of shadows."""
    blank = (np.abs(apart).max(axis=2) < SHADE).astype(np.float32)
    height, width = blank.shape
    cells = (max(1, width // SHADE_CELL), max(1, height // SHADE_CELL))
    share = np.asarray(Image.fromarray(blank).resize(cells, Image.Resampling.BOX))
    total = np.asarray(
        Image.fromarray(apart.mean(axis=2, dtype=np.float32) * blank).resize(cells, Image.Resampling.BOX)
    )
    shade = Image.fromarray(np.where(share > LEAST_BLANK, total / np.maximum(share, LEAST_BLANK), 0).astype(np.float32))
    return np.asarray(shade.resize((width, height), Image.Resampling.BILINEAR)).astype(np.int16)


def apart_from(image: Image.Image, colour: NDArray[np.int16]) -> NDArray[np.uint8]:
    """(height, width), how far each pixel is from one colour (3 values, 0 to 255)."""
    return np.asarray(np.abs(np.asarray(image, dtype=np.int16) - colour).max(axis=2), dtype=np.uint8)


def mask(apart: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """(height, width), where there is ink: clear of the ground, measured by the strongest ink nearby."""
    picture = Image.fromarray(apart)
    calm = picture.reduce(3).filter(ImageFilter.MedianFilter(3))
    strongest = calm.reduce(8).filter(ImageFilter.MaxFilter(7)).resize(picture.size, Image.Resampling.BILINEAR)
    least = np.maximum(np.asarray(strongest, dtype=np.float32) * SHARE, FAINTEST)
    return np.asarray(apart > least, dtype=np.bool_)
