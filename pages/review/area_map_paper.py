"""The sheet on which districts are drawn: degrees as whole units of a picture, outlines as short as can be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from shapely import Point
    from shapely.geometry.base import BaseGeometry

WIDTH: Final = 2_000
MOST_HEIGHT: Final = 2_000
"""Units; a picture is about a third as many pixels wide."""
MARGIN: Final = 20
FINEST: Final = 2.0
"""Units that an outline may be moved by: less than a pixel."""
MOST_CHARACTERS: Final = 90_000
"""Of all outlines together; they are made coarser until they fit."""
COARSEST: Final = 256.0
SMALLEST: Final = 9.0
"""Square units: a part that is smaller cannot be seen."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Where degrees come to lie: an equirectangular map, true in the middle of it."""

    west: float
    north: float
    across: float
    """Units for a degree of longitude."""
    down: float
    """Units for a degree of latitude."""
    width: int
    height: int

    def at(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Degrees (longitude, latitude) of shape (n, 2) in units, x to the right and y down."""
        return np.column_stack(
            (MARGIN + (degrees[:, 0] - self.west) * self.across, MARGIN + (self.north - degrees[:, 1]) * self.down)
        )

    def drawn(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry in degrees (JGD2011, EPSG:6668) in units."""
        return shapely.transform(geometry, self.at)


def paper(geometries: Sequence[BaseGeometry]) -> Paper:
    """The sheet that holds all of these, of which there is at least one."""
    west, south, east, north = (float(side) for side in shapely.total_bounds(list(geometries)))
    narrow = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * narrow, 1e-9), max(north - south, 1e-9)
    down = min((WIDTH - 2 * MARGIN) / wide, (MOST_HEIGHT - 2 * MARGIN) / high)
    size = (math.ceil(length * down) + 2 * MARGIN for length in (wide, high))
    return Paper(west, north, down * narrow, down, *size)


def paths(geometries: Sequence[BaseGeometry]) -> list[str]:
    """The outlines of areas in units as the ``d`` of paths, all as coarse as is needed for them to be short."""
    tolerance = FINEST
    found = [_path(item, tolerance) for item in geometries]
    while sum(map(len, found)) > MOST_CHARACTERS and tolerance < COARSEST:
        tolerance *= 2
        found = [_path(item, tolerance) for item in geometries]
    return found


def widest(geometry: BaseGeometry) -> Point:
    """The middle of the largest circle within an area: where most room is for a name."""
    least = max(math.sqrt(geometry.area) / 50, 1e-9)
    circle = shapely.maximum_inscribed_circle(geometry, least)
    return shapely.Point(shapely.get_coordinates(circle)[0])


def _path(geometry: BaseGeometry, tolerance: float) -> str:
    simple = shapely.simplify(geometry, tolerance)
    rings = [ring for part in _seen(simple) for ring in (part.exterior, *part.interiors)]
    return "".join(filter(None, map(_ring, rings)))


def _seen(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The parts that can be seen; at least the largest."""
    parts = sorted(shapely.get_parts(geometry), key=lambda part: -float(part.area))
    return [part for at, part in enumerate(parts) if at == 0 or part.area >= SMALLEST]


def _ring(ring: BaseGeometry) -> str:
    units = np.rint(shapely.get_coordinates(ring)).astype(int)
    if not len(units):
        return ""
    x, y = units[0]
    return f"M{x} {y}l{' '.join(_steps(units))}z"


def _steps(units: NDArray[np.int64]) -> Iterator[str]:
    """From corner to corner; the last one, back to the first, is drawn by ``z``."""
    return (f"{x} {y}" for x, y in np.diff(units[:-1], axis=0).tolist())
