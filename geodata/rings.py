"""Shapes made usable: what crosses itself is mended, what holds no area is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

MEND_POINTS: Final = 200_000
"""A shape of more points that crosses itself is left to a GIS: mending may take hours."""
PLAIN_POINTS: Final = 5_000
"""A shape of fewer points is tested for validity in no time, whatever it looks like."""
CROSSINGS_PER_SIDE: Final = 16
"""Sides near each other, per side of a shape; real outlines have 3 to 5, scribbles hundreds."""
FEW_CROSSINGS: Final = 20_000
RUN: Final = 8
"""Sides in one box where there are very many: a box each would take hundreds of bytes."""
STEP: Final = 16
"""Sides asked about at once: each may lie across a million others."""


def polygons_in(geometry: BaseGeometry) -> Polygon | MultiPolygon:
    """The areas of ``geometry`` as one Polygon or MultiPolygon.

    Raises InvalidRecordError where there is none (points, lines, nothing) or a coordinate is not a number.
    """
    parts = [part for part in _simple_parts(geometry) if isinstance(part, Polygon) and not part.is_empty]
    if not parts:
        raise InvalidRecordError("polygons.not_polygon", type=geometry.geom_type)
    if not np.isfinite(shapely.get_coordinates(parts)).all():
        raise InvalidRecordError("polygons.not_finite")
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def mended(geometry: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """``geometry`` itself if it is valid (OGC Simple Features), else the areas that its rings enclose.

    Raises InvalidRecordError where nothing is enclosed, and where it is too tangled to mend.
    """
    points = shapely.get_num_coordinates(geometry)
    # The test of validity alone takes half a minute on a scribble of a million points.
    if points > PLAIN_POINTS and tangled([geometry]):
        raise InvalidRecordError("polygons.tangled")
    if geometry.is_valid:
        return geometry
    if points > MEND_POINTS or tangled([geometry]):
        raise InvalidRecordError("polygons.tangled")
    valid = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    parts = [part for part in _simple_parts(valid) if isinstance(part, Polygon) and part.area > 0]
    if not parts:
        raise InvalidRecordError("polygons.no_area")
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def joined(parts: Sequence[Polygon | MultiPolygon]) -> Polygon | MultiPolygon:
    """Valid ``parts`` as one area, borders between them dissolved. Raises InvalidRecordError if too tangled."""
    if len(parts) == 1:
        return parts[0]
    if tangled(parts):
        raise InvalidRecordError("polygons.tangled")
    return mended(polygons_in(shapely.union_all(list(parts))))


def tangled(geometries: Sequence[BaseGeometry]) -> bool:
    """Whether so many sides lie across each other that GEOS would take hours and gigabytes.

    Counts the pairs of sides whose bounding boxes meet, and stops as soon as there are too many.
    """
    sides = _sides(geometries)
    limit = FEW_CROSSINGS + CROSSINGS_PER_SIDE * len(sides)
    tree = shapely.STRtree(sides)
    pairs = 0
    for first in range(0, len(sides), STEP):
        pairs += tree.query(sides[first : first + STEP]).shape[1]
        if pairs > limit:
            return True
    return False


def _sides(geometries: Sequence[BaseGeometry]) -> NDArray[np.object_]:
    """Every side of every ring as a box (its diagonal); of very many sides, every few that follow each other."""
    rings = shapely.get_rings(shapely.get_parts(list(geometries)))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    low, high = np.minimum(xy[1:], xy[:-1])[same], np.maximum(xy[1:], xy[:-1])[same]
    if len(low) > MEND_POINTS:
        begins = np.flatnonzero(np.diff(ring[1:][same], prepend=-1))
        runs = np.union1d(begins, np.arange(0, len(low), RUN))
        low, high = np.minimum.reduceat(low, runs), np.maximum.reduceat(high, runs)
    return np.atleast_1d(np.asarray(shapely.linestrings(np.stack([low, high], axis=1)), dtype=object))


def _simple_parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The simple shapes in a geometry, collections in collections taken apart."""
    parts = np.array([geometry], dtype=object)
    while (shapely.get_type_id(parts) >= shapely.GeometryType.MULTIPOINT).any():
        parts = shapely.get_parts(parts)
    return list(parts)
