"""Signs gathered into blocks, and blocks cut into the lines or columns that are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geodata.flyers.components import connected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geodata.flyers.components import Numbers, Spots

MOST_SIGNS: Final = 2500
MOST_PIECES: Final = 500
NEAR: Final = 0.25
"""Of a sign's size: what is as near as that is a part of it, a dot or a stroke."""
BLOCK_GAP: Final = 1.15
"""Of a sign's size: what is farther away belongs to another block."""
PIECE_GAP: Final = 1.7
"""Of a sign's size: a line is cut where it is blank for longer, as between the columns of a table."""
ALIKE: Final = 1.7
"""Signs of one block differ in size by this factor at most."""
JOIN_GAP: Final = 0.95
"""Of the larger sign: pieces of one line are at most as far from each other."""
LEVEL: Final = 0.6
"""Of the smaller piece's thickness, what two pieces of one line share."""
SINGLE: Final = 1.3
DOT: Final = 0.55
ONE_LINE: Final = 1.6
"""A block thinner than this many signs is one line, whose direction is its longer side."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a column, pixels; ``size`` is that of its signs."""

    left: int
    top: int
    right: int
    bottom: int
    size: float
    vertical: bool


def pieces(found: Spots) -> list[Piece]:
    """The lines and columns of a page's signs."""
    if found.left.size > MOST_SIGNS:
        found = found.only(found.area >= np.sort(found.area)[-MOST_SIGNS])
    if not found.left.size:
        return []
    across, down = _gaps(found.left, found.right), _gaps(found.top, found.bottom)
    apart = np.maximum(across, down)
    own = np.maximum(found.width, found.height).astype(np.float32)
    size = np.where(apart < NEAR * own[None, :], own[None, :], 0).max(axis=1)
    ratio = size[:, None] / size[None, :]
    near = (apart < BLOCK_GAP * np.minimum(size[:, None], size[None, :])) & (ratio < ALIKE) & (ratio > 1 / ALIKE)
    one, other = np.nonzero(near)
    group = connected(size.size, one, other)
    cut = [piece for block in np.unique(group) for piece in _cut(found.only(group == block), size[group == block])]
    if len(cut) > MOST_PIECES:
        cut = sorted(cut, key=lambda one: (one.right - one.left) * (one.bottom - one.top))[-MOST_PIECES:]
    return _whole(cut)


def _whole(cut: list[Piece]) -> list[Piece]:
    """Pieces of one line together: a colon is blank on both sides, and a stroke may be small."""
    pairs = [(a, b) for a in range(len(cut)) for b in range(a) if _one_line(cut[a], cut[b])]
    one, other = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    group = connected(len(cut), one, other)
    return [_around([cut[place] for place in np.nonzero(group == least)[0]]) for least in np.unique(group)]


def _is_single(piece: Piece) -> bool:
    return max(piece.right - piece.left, piece.bottom - piece.top) < SINGLE * piece.size


def _around(parts: list[Piece]) -> Piece:
    largest = max(parts, key=lambda one: (one.right - one.left) * (one.bottom - one.top))
    left, top = min(one.left for one in parts), min(one.top for one in parts)
    right, bottom = max(one.right for one in parts), max(one.bottom for one in parts)
    single = all(_is_single(one) for one in parts)
    vertical = bottom - top > right - left if single else largest.vertical
    return Piece(left, top, right, bottom, largest.size, vertical)


def _one_line(one: Piece, other: Piece) -> bool:
    """Whether two pieces continue each other: level, near, alike in size or one of them a mere dot."""
    small, big = sorted((one, other), key=lambda piece: piece.size)
    dot = small.size < DOT * big.size
    single = next((piece for piece in (one, other) if _is_single(piece)), None)
    if not dot and big.size > ALIKE * small.size:
        return False
    if not dot and one.vertical is not other.vertical:
        if single is None:
            return False
        big = other if single is one else one  # one sign alone goes the way of the longer piece
        small = single
    along_column = big.vertical and not (_is_single(one) and _is_single(other))
    level = min(one.bottom, other.bottom) - max(one.top, other.top)
    beside = min(one.right, other.right) - max(one.left, other.left)
    if along_column:
        return beside >= LEVEL * (small.right - small.left) and -level < JOIN_GAP * big.size
    return level >= LEVEL * (small.bottom - small.top) and -beside < JOIN_GAP * big.size


def _gaps(begin: Numbers, end: Numbers) -> NDArray[np.float32]:
    """(n, n), the blank between each two along one axis; negative where they overlap."""
    gap = np.maximum(begin[:, None], begin[None, :]) - np.minimum(end[:, None], end[None, :])
    return np.asarray(gap, dtype=np.float32)


def _cut(block: Spots, sizes: NDArray[np.float32]) -> Iterator[Piece]:
    size = float(np.median(sizes))
    vertical = _is_vertical(block, size)
    begin, end = (block.left, block.right) if vertical else (block.top, block.bottom)
    along, along_end = (block.top, block.bottom) if vertical else (block.left, block.right)
    for band in _runs(begin, end, 0):
        for part in _runs(along[band], along_end[band], PIECE_GAP * size):
            chosen = block.only(band[part])
            box = (chosen.left.min(), chosen.top.min(), chosen.right.max(), chosen.bottom.max())
            left, top, right, bottom = (int(value) for value in box)
            yield Piece(left, top, right, bottom, float(np.median(sizes[band[part]])), vertical)


def _runs(begin: Numbers, end: Numbers, blank: float) -> Iterator[Numbers]:
    """The places of the spans between which more than ``blank`` pixels are free, in order."""
    order = np.argsort(begin)
    reached = np.maximum.accumulate(end[order])
    cuts = np.nonzero(begin[order][1:] - reached[:-1] > blank)[0] + 1
    yield from np.split(order, cuts)


def _is_vertical(block: Spots, size: float) -> bool:
    """Whether a block is written in columns: what is free between its lines is free from edge to edge."""
    width, height = int(block.right.max() - block.left.min()), int(block.bottom.max() - block.top.min())
    if min(width, height) < ONE_LINE * size:
        return height > ONE_LINE * width
    rows = _free_share(block.top, block.bottom, height)
    columns = _free_share(block.left, block.right, width)
    return columns > rows


def _free_share(begin: Numbers, end: Numbers, extent: int) -> float:
    taken = np.zeros(extent + 1, dtype=np.int64)
    np.add.at(taken, begin - begin.min(), 1)
    np.add.at(taken, end - begin.min(), -1)
    return float((np.cumsum(taken)[:-1] == 0).mean())
