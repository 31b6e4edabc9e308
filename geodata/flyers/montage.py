"""Lines cut out of a page and put below each other in one size and one polarity, to be read in one go.

The layout is then known, so that nothing is left for the reader of print to guess: neither columns nor
tables nor panels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from geodata.flyers.tesseract import UPRIGHT, VERTICAL, words
from portal.flyer.lines import Box, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geodata.flyers.blocks import Piece
    from geodata.flyers.tesseract import Word

SIGN: Final = 40
"""Pixels of a sign in the montage."""
SIGNS_OF_HEADS: Final = (24, 40, 64)
"""The same for heads, whose bold type is read well in one size and badly in another: the surest reading counts."""
DOUBTFUL: Final = 75.0
"""A line read less surely is read again in other sizes."""
HOPELESS: Final = 20.0
"""A page most of whose lines are read less surely is noise, or lies the wrong way up."""
MOST_DOUBTFUL: Final = 40
SIGNS_OF_DOUBT: Final = (28, 54)
HEAD: Final = 1.5
"""Type so many times larger than usual is a head."""
BETWEEN: Final = 28
EDGE: Final = 24
SCALES: Final = (0.15, 3.0)
LONGEST: Final = 3600
SMALLEST: Final = 9
"""Pixels of a sign that can still be read: 5 points on A4."""
THICK: Final = 2.2
"""Of its signs: what is thicker is no line but a part of a picture."""
MOST_PIECES: Final = 160
BLANK: Final = 0.55
"""Of a sign: a wider gap between two words is a blank, a narrower one none."""


@dataclass(frozen=True, slots=True)
class _Slot:
    piece: Piece
    picture: Image.Image
    scale: float
    origin: tuple[int, int]
    """Where the upper left corner of its picture is on the page."""
    at: tuple[int, int] = (0, 0)
    """Where it is in the montage."""


def read(apart: NDArray[np.uint8], found: Sequence[Piece], most: int = MOST_PIECES) -> list[Line]:
    """The lines in the pieces of a page, by its contrast (height, width); of too many the ``most`` largest."""
    found = [one for one in found if one.size >= SMALLEST and _thickness(one) < THICK * one.size]
    if len(found) > most:
        found = sorted(found, key=lambda one: (one.right - one.left) * (one.bottom - one.top))[-most:]
    usual = float(np.median([one.size for one in found])) if found else 0.0
    heads = {one for one in found if one.size > HEAD * usual}
    best = _best({}, apart, [(one, sign) for one in found for sign in (SIGNS_OF_HEADS if one in heads else (SIGN,))])
    if sum(line.confidence < HOPELESS for line in best.values()) > len(best) / 2:
        return list(best.values())
    doubtful = [one for one, line in best.items() if line.confidence < DOUBTFUL and one not in heads]
    best = _best(best, apart, [(one, sign) for one in doubtful[:MOST_DOUBTFUL] for sign in SIGNS_OF_DOUBT])
    return list(best.values())


def _best(best: dict[Piece, Line], apart: NDArray[np.uint8], wanted: Sequence[tuple[Piece, int]]) -> dict[Piece, Line]:
    """The surest reading of each piece so far, with pieces read in further sizes."""
    surest = dict(best)
    for vertical in (False, True):
        cut = [_slot(apart, piece, sign) for piece, sign in wanted if piece.vertical is vertical]
        for piece, line in _read(cut, vertical=vertical) if cut else ():
            if piece not in surest or surest[piece].confidence < line.confidence:
                surest[piece] = line
    return surest


def _thickness(piece: Piece) -> int:
    return piece.right - piece.left if piece.vertical else piece.bottom - piece.top


def _slot(apart: NDArray[np.uint8], piece: Piece, sign: int) -> _Slot:
    margin = max(2, round(piece.size * 0.12))
    top, left = max(0, piece.top - margin), max(0, piece.left - margin)
    part = apart[top : piece.bottom + margin, left : piece.right + margin].astype(np.float32)
    strong = max(float(np.percentile(part, 97)), 24.0)
    grey = Image.fromarray((255 - np.clip(part / strong, 0, 1) * 255).astype(np.uint8))
    wanted = sign / max(piece.size, _thickness(piece) * 0.9)
    scale = min(max(wanted, SCALES[0]), SCALES[1], LONGEST / max(grey.size))
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return _Slot(piece, grey.resize(size, Image.Resampling.LANCZOS), scale, (left, top))


def _read(cut: list[_Slot], *, vertical: bool) -> list[tuple[Piece, Line]]:
    sheet, placed = _stacked(cut, vertical=vertical)
    said: dict[int, list[Word]] = {}
    middles = [_middle(slot, vertical=vertical) for slot in placed]
    for word in words(sheet, *(VERTICAL if vertical else UPRIGHT)):
        middle = word.left + word.width / 2 if vertical else word.top + word.height / 2
        nearest = min(range(len(middles)), key=lambda number: abs(middles[number] - middle))
        said.setdefault(nearest, []).append(word)
    return [(placed[number].piece, _line(placed[number], found)) for number, found in sorted(said.items())]


def _middle(slot: _Slot, *, vertical: bool) -> float:
    return slot.at[0] + slot.picture.width / 2 if vertical else slot.at[1] + slot.picture.height / 2


def _stacked(cut: list[_Slot], *, vertical: bool) -> tuple[Image.Image, list[_Slot]]:
    """All slots on one sheet: lines from top to bottom, columns from right to left."""
    thick = [slot.picture.width if vertical else slot.picture.height for slot in cut]
    long = max(slot.picture.height if vertical else slot.picture.width for slot in cut)
    extent = sum(thick) + BETWEEN * len(cut) + 2 * EDGE
    sheet = Image.new("L", (extent, long + 2 * EDGE) if vertical else (long + 2 * EDGE, extent), 255)
    placed, reached = [], EDGE
    for slot, own in zip(cut, thick, strict=True):
        at = (extent - reached - own, EDGE) if vertical else (EDGE, reached)
        sheet.paste(slot.picture, at)
        placed.append(_Slot(slot.piece, slot.picture, slot.scale, slot.origin, at))
        reached += own + BETWEEN
    return sheet, placed


def _line(slot: _Slot, said: list[Word]) -> Line:
    vertical = slot.piece.vertical
    ordered = sorted(said, key=lambda word: word.top if vertical else word.left)
    text, reached = "", 0
    for word in ordered:
        begin, length = (word.top, word.height) if vertical else (word.left, word.width)
        text += " " + word.text if text and begin - reached > BLANK * slot.piece.size * slot.scale else word.text
        reached = max(reached, begin + length)
    weights = [len(word.text) for word in ordered]
    confidence = float(np.average([word.confidence for word in ordered], weights=weights))
    piece = slot.piece
    box = Box(piece.left, piece.top, piece.right - piece.left, piece.bottom - piece.top)
    return Line(text, box, confidence, vertical)
