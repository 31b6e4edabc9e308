"""A flyer read: its pages upright and straight, and the lines on each."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from geodata.flyers.blocks import pieces
from geodata.flyers.montage import MOST_PIECES, read
from geodata.flyers.opening import pictures
from geodata.flyers.signs import written
from geodata.flyers.straightening import straightened

if TYPE_CHECKING:
    from portal.flyer.lines import Box, Line

ENOUGH: Final = 70.0
"""The confidence, by signs, of a page that was read the right way up."""
WAYS: Final = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180)
PATIENCE_S: Final = 20.0
"""Seconds after which no further way up is tried."""
SAMPLE: Final = 12
"""Lines that tell which way up a page is."""
SURE: Final = 20.0
"""Lines read less surely are what is no writing."""
SHORT: Final = 2
SURE_SHORT: Final = 40.0
MARGIN: Final = 0.35
"""Of its shorter side, how much is shown around a piece."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page turned upright; the boxes of its lines are pixels of its picture."""

    picture: bytes
    """JPEG."""
    width: int
    height: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Flyer:
    """A flyer's pages, at most four."""

    pages: tuple[Page, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all pages, each with the number of its page."""
        return tuple(line for page in self.pages for line in page.lines)


def read_flyer(data: bytes) -> Flyer:
    """A photo (JPEG, PNG, WebP) or a PDF of a flyer, read on this machine.

    Raises UnreadableFileError for a file that is none of these, too large or damaged, and where Tesseract or its
    Japanese data is missing.
    """
    return Flyer(tuple(_page(image, number) for number, image in enumerate(pictures(data))))


def crop(page: Page, box: Box) -> bytes:
    """PNG of a piece of a page, with a small margin."""
    margin = max(4, round(min(box.width, box.height) * MARGIN))
    left, top = max(0, box.left - margin), max(0, box.top - margin)
    right, bottom = min(page.width, box.right + margin), min(page.height, box.bottom + margin)
    file = io.BytesIO()
    with Image.open(io.BytesIO(page.picture), formats=("JPEG",)) as image:
        image.crop((left, top, right, bottom)).save(file, "PNG")
    return file.getvalue()


def _page(image: Image.Image, number: int) -> Page:
    upright, lines = _best_way_up(image)
    file = io.BytesIO()
    upright.save(file, "JPEG", quality=88)
    kept = tuple(replace(line, page=number) for line in lines if _is_writing(line))
    return Page(file.getvalue(), upright.width, upright.height, kept)


def _is_writing(line: Line) -> bool:
    sure = SURE_SHORT if len(line.text) <= SHORT else SURE
    return line.confidence >= sure and any(sign.isalnum() for sign in line.text)


def _best_way_up(image: Image.Image) -> tuple[Image.Image, list[Line]]:
    """The page as it is, unless its largest lines read better upside down or on its side."""
    begun = monotonic()
    best = _read(image)
    if _surely(best[1]) >= ENOUGH:
        return best
    tried: dict[Image.Transpose, float] = {}
    for way in WAYS:
        if monotonic() - begun < PATIENCE_S and max(tried.values(), default=0.0) < ENOUGH:
            tried[way] = _surely(_read(image.transpose(way), SAMPLE)[1])
    way = max(tried, key=lambda one: tried[one], default=WAYS[0])
    if tried.get(way, 0.0) <= _surely(best[1]):
        return best
    other = _read(image.transpose(way))
    return max(best, other, key=lambda one: _surely(one[1]))


def _surely(lines: list[Line]) -> float:
    """The mean confidence by signs; 100 for a page without any."""
    weights = [len(line.text) for line in lines]
    return float(np.average([line.confidence for line in lines], weights=weights)) if lines else 100.0


def _read(image: Image.Image, most: int = MOST_PIECES) -> tuple[Image.Image, list[Line]]:
    apart, found = written(image)
    level = straightened(image, found)
    if level is not image:
        apart, found = written(level)
    return level, read(apart, pieces(found), most)
