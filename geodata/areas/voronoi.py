"""The area nearest to each school, which stands in for a district until its official outline is imported.

The method is the Voronoi diagram of the school points, cut to a distance around them. Everything is cut
out of one set of lines, so that neighbours share their edges vertex by vertex: nothing overlaps, and
there is no gap between two areas that touch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import shapely
from shapely import MultiPoint, MultiPolygon, Polygon

from portal.errors import InvalidRecordError
from portal.model.position import EARTH_RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from portal.model.position import Point

    Outline: TypeAlias = Polygon | MultiPolygon
    Metres: TypeAlias = NDArray[np.float64]

RADIUS_M: Final = 1_200.0
"""How far around its school an approximate district (おおよその区域) reaches."""
GRID_M: Final = 0.01
"""Lines are snapped to a grid of a centimetre, which makes the cutting exact."""
QUARTER_SEGMENTS: Final = 24
"""Straight pieces in a quarter of a circle: at 1.2 km the outline is at most 0.7 m inside the circle."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """A flat frame in metres about a point: good to 0.1 % over the 15 km of a municipality."""

    lon: float
    lat: float

    @property
    def _degree_m(self) -> Metres:
        """Metres to a degree of longitude and of latitude here; shape (2,)."""
        return math.radians(1) * EARTH_RADIUS_M * np.array([math.cos(math.radians(self.lat)), 1.0])

    def metres(self, points: Sequence[Point]) -> Metres:
        """Positions as metres east and north; shape (n, 2)."""
        degrees = np.array([(point.lon, point.lat) for point in points])
        return (degrees - (self.lon, self.lat)) * self._degree_m

    def degrees(self, outline: Outline) -> Outline:
        """An outline in metres as degrees (EPSG:6668), longitude first."""
        return shapely.transform(outline, lambda xy: xy / self._degree_m + (self.lon, self.lat))


def cells(points: Sequence[Point], radius_m: float = RADIUS_M) -> list[Outline]:
    """For each point, what is nearer to it than to any other and within ``radius_m`` metres of it.

    The points are distinct by more than a few centimetres. The outlines are in degrees (EPSG:6668), in
    the order of the points; together they are all that lies within ``radius_m`` of some point.
    Raises InvalidRecordError where two points are one.
    """
    frame = _frame(points)
    at = frame.metres(points)
    _refuse_same(at)
    within = _discs(at, radius_m)
    faces = _faces(at, within)
    owners = _owners(faces, at)
    return [frame.degrees(_joined(faces[owners == index])) for index in range(len(points))]


def dissolved(outlines: Sequence[Outline], names: Sequence[str]) -> dict[str, Outline]:
    """Outlines that share their edges, joined by name, in the order in which the names first come."""
    of = np.array(names)
    shapes = np.array(outlines, dtype=object)
    return {name: _joined(shapes[of == name]) for name in dict.fromkeys(names)}


def _frame(points: Sequence[Point]) -> _Frame:
    return _Frame(
        lon=sum(point.lon for point in points) / len(points),
        lat=sum(point.lat for point in points) / len(points),
    )


def _refuse_same(at: Metres) -> None:
    rounded = {tuple(pair) for pair in np.round(at / GRID_M).tolist()}
    if len(rounded) < len(at):
        raise InvalidRecordError("areas.same_point")


def _discs(at: Metres, radius_m: float) -> BaseGeometry:
    return shapely.union_all(shapely.buffer(shapely.points(at), radius_m, quad_segs=QUARTER_SEGMENTS))


def _faces(at: Metres, within: BaseGeometry) -> NDArray[np.object_]:
    """The pieces into which the lines of equal distance cut ``within``."""
    lines: list[BaseGeometry] = [within.boundary]
    if len(at) > 1:
        lines.append(shapely.voronoi_polygons(MultiPoint(at), extend_to=within, only_edges=True))
    pieces = shapely.polygonize([shapely.union_all(lines, grid_size=GRID_M)])
    faces = np.array(shapely.get_parts(pieces), dtype=object)
    return faces[shapely.contains(within, shapely.point_on_surface(faces))]


def _owners(faces: NDArray[np.object_], at: Metres) -> NDArray[np.intp]:
    """For each piece the index of the point that is nearest to it; shape (pieces,)."""
    middles = shapely.get_coordinates(shapely.point_on_surface(faces))
    away = np.linalg.norm(middles[:, None, :] - at[None, :, :], axis=2)
    nearest: NDArray[np.intp] = away.argmin(axis=1)
    return nearest


def _joined(faces: NDArray[np.object_]) -> Outline:
    """Pieces that share their edges as one outline; vertices where neighbours meet are kept."""
    joined = shapely.coverage_union_all(faces)
    parts = shapely.get_parts(joined)
    return parts[0] if len(parts) == 1 else MultiPolygon(list(parts))
