"""Who has at least one of some spots within a walk (徒歩圏)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.spatial import cKDTree  # type: ignore[import-untyped]  # no types are published for it

from portal.model.position import DETOUR
from portal.reach import plane
from portal.reach.cells import BORDER, IN, draw

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from portal.reach.people import People

WALK: Final = DETOUR
"""Walking distance over straight line. A canal, a railway or a slope in between is not seen."""


def within(people: People, lon: NDArray[np.float64], lat: NDArray[np.float64], metres: float) -> NDArray[np.bool_]:
    """For each of n points whether at least one of m spots (``lon``, ``lat``, degrees) lies within ``metres`` on foot.

    On foot is :data:`WALK` times the straight line, measured on the plane of :mod:`portal.reach.plane` through the
    middle of the people; exact on it. Points in cells that a circle surely holds or surely leaves out are told by
    their cell; only those in between are measured.
    """
    if not len(people.lon) or not len(lon):
        return np.zeros(len(people.lon), dtype=np.bool_)
    on = plane.over(people.lat)
    x, y, spot_x, spot_y = on.x(people.lon), on.y(people.lat), on.x(lon), on.y(lat)
    r = metres / WALK
    near = _near(spot_x, spot_y, (x.min() - r, y.min() - r, x.max() + r, y.max() + r))
    if not near.any():
        return np.zeros(len(x), dtype=np.bool_)
    spot_x, spot_y = spot_x[near], spot_y[near]
    states = draw((x.min(), y.min(), x.max(), y.max()), spot_x, spot_y, r).state_at(x, y)
    reached: NDArray[np.bool_] = states == IN
    unsure = np.flatnonzero(states == BORDER)
    if len(unsure):
        tree = cKDTree(np.column_stack((spot_x, spot_y)))
        bound = math.nextafter(r, math.inf)  # the tree finds what is nearer than its bound
        distance, _ = tree.query(np.column_stack((x[unsure], y[unsure])), distance_upper_bound=bound)
        reached[unsure] = distance <= r
    return reached


def _near(
    x: NDArray[np.float64], y: NDArray[np.float64], bounds: tuple[float, float, float, float]
) -> NDArray[np.bool_]:
    """The spots in a rectangle: one far off, by a slip of its position, would make the grid's cells coarse."""
    west, south, east, north = bounds
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)
