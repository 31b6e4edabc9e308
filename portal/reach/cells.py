"""A grid laid over an area that tells at once what is surely within a radius of some spot, and what surely is not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

OUT, BORDER, IN = 0, 1, 2
"""A cell beyond the radius of every spot; one that a radius may cut; one that lies wholly within that of one spot."""
CELLS_PER_RADIUS: Final = 4
MOST_CELLS: Final = 16_000_000
AT_ONCE: Final = 20_000
"""Spots that are drawn together: a hundred cells each in a few arrays of 16 MB."""
TOLERANCE_M: Final = 0.001
"""Far more than rounding moves a point, so that no point is told by a cell that it may not lie in."""


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The cells of a rectangle, row by row from its south-western corner."""

    west: float
    south: float
    side: float
    """Metres."""
    columns: int
    rows: int
    states: NDArray[np.uint8]
    """OUT, BORDER or IN, of shape (rows * columns,)."""

    def state_at(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.uint8]:
        """The state of the cells of n points; metres, all within the rectangle."""
        cells = ((y - self.south) / self.side).astype(np.int32)
        cells *= self.columns
        cells += ((x - self.west) / self.side).astype(np.int32)
        return self.states[cells]


def draw(bounds: tuple[float, float, float, float], x: NDArray[np.float64], y: NDArray[np.float64], r: float) -> Grid:
    """The grid over ``bounds`` (west, south, east, north) and the spots (x, y), with the circles of ``r`` drawn in.

    All in metres. A cell is IN only where its farthest corner is nearer than ``r``, and OUT only where its nearest
    point is farther from every spot.
    """
    west, south = min(bounds[0], x.min()), min(bounds[1], y.min())
    east, north = max(bounds[2], x.max()), max(bounds[3], y.max())
    wide, high = east - west + 4 * r, north - south + 4 * r
    side = max(r / CELLS_PER_RADIUS, math.sqrt(wide * high / MOST_CELLS), wide / MOST_CELLS, high / MOST_CELLS)
    reach = math.ceil(r / side) + 1
    columns, rows = (math.ceil(length / side) + 2 * reach + 2 for length in (wide, high))
    states = np.zeros(rows * columns, dtype=np.uint8)
    grid = Grid(west - 2 * r - reach * side, south - 2 * r - reach * side, side, columns, rows, states)
    inside = [_stamp(grid, x[at : at + AT_ONCE], y[at : at + AT_ONCE], r) for at in range(0, len(x), AT_ONCE)]
    states[np.concatenate(inside)] = IN  # last: a cell that one circle cuts may lie wholly within another
    return grid


def _stamp(grid: Grid, x: NDArray[np.float64], y: NDArray[np.float64], r: float) -> NDArray[np.int64]:
    """Mark the cells that the circles of m spots touch; returns those wholly within one of them."""
    reach = math.ceil(r / grid.side) + 1
    steps = np.arange(-reach, reach + 1)
    column, near_x, far_x = _along((x - grid.west) / grid.side, steps, grid.side)
    row, near_y, far_y = _along((y - grid.south) / grid.side, steps, grid.side)
    cells = (row * grid.columns)[:, :, None] + column[:, None, :]
    touched = near_y[:, :, None] + near_x[:, None, :] <= (r + TOLERANCE_M) ** 2
    within = far_y[:, :, None] + far_x[:, None, :] <= max(r - TOLERANCE_M, 0) ** 2
    grid.states[cells[touched]] = BORDER
    return cells[within]


def _along(
    at: NDArray[np.float64], steps: NDArray[np.int64], side: float
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Along one axis, for m spots and k steps: the cells, and the squared distances to their near and far edges."""
    own = at.astype(np.int64)
    low = (steps - (at - own)[:, None]) * side
    near = np.maximum(np.maximum(low, -(low + side)), 0) ** 2
    far = np.maximum(np.abs(low), np.abs(low + side)) ** 2
    return own[:, None] + steps, near, far
