"""Shapes out of GeoJSON's arrays (RFC 7946, 3.1): checked, flattened to two dimensions, rings closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

RING_SHORTEST: Final = 4
LINE_SHORTEST: Final = 2
AXES: Final = 2


def shape(raw: object, notes: set[str]) -> BaseGeometry:
    """The shape that a ``geometry`` member describes, in two dimensions.

    Phrase keys of what was put right are added to ``notes``. Raises InvalidRecordError for a shape that is
    missing, of no known type, or made of something else than numbers.
    """
    parts: list[BaseGeometry] = []
    waiting = [raw]
    while waiting:  # a stack, not recursion: collections may be nested as deep as JSON can be
        member = waiting.pop()
        if not isinstance(member, dict):
            raise InvalidRecordError("polygons.no_geometry")
        if member.get("type") == "GeometryCollection":
            waiting += reversed(_sequence(member.get("geometries")))
        else:
            parts.append(_simple(member, notes))
    if not parts:
        raise InvalidRecordError("polygons.no_geometry")
    return parts[0] if len(parts) == 1 else shapely.GeometryCollection(parts)


def _simple(member: dict[str, Any], notes: set[str]) -> BaseGeometry:
    makers: dict[object, Callable[[list[Any]], BaseGeometry]] = {
        "Point": lambda raw: shapely.Point(_positions([raw], 1)[0]),
        "MultiPoint": lambda raw: shapely.MultiPoint(_positions(raw, 1)),
        "LineString": lambda raw: shapely.LineString(_positions(raw, LINE_SHORTEST)),
        "MultiLineString": lambda raw: shapely.MultiLineString([_positions(line, LINE_SHORTEST) for line in raw]),
        "Polygon": lambda raw: _polygon(raw, notes),
        "MultiPolygon": lambda raw: shapely.MultiPolygon([_polygon(one, notes) for one in raw]),
    }
    kind = member.get("type")
    maker = makers.get(kind) if isinstance(kind, str) else None
    if maker is None:
        raise InvalidRecordError("polygons.unknown_geometry", type=str(kind)[:40])
    coordinates = _sequence(member.get("coordinates"))
    if not coordinates:
        raise InvalidRecordError("polygons.no_geometry")
    return maker(coordinates)


def _polygon(raw: object, notes: set[str]) -> shapely.Polygon:
    rings = [_ring(ring, notes) for ring in _sequence(raw)]
    if not rings:
        raise InvalidRecordError("polygons.no_geometry")
    return shapely.Polygon(rings[0], rings[1:])


def _ring(raw: object, notes: set[str]) -> NDArray[np.float64]:
    """A closed ring as an array (n, 2); an open one is closed, and that is noted."""
    ring = _positions(raw, LINE_SHORTEST)
    if not np.array_equal(ring[0], ring[-1]):
        ring = np.vstack([ring, ring[:1]])
        notes.add("polygons.ring_closed")
    if len(ring) < RING_SHORTEST:
        raise InvalidRecordError("polygons.short_ring")
    return ring


def _positions(raw: object, at_least: int) -> NDArray[np.float64]:
    """Positions as an array (n, 2); heights are dropped. Raises InvalidRecordError for what is not a number."""
    positions = _sequence(raw)
    try:
        array = _array(positions)
    except (ValueError, TypeError, KeyError, OverflowError):
        raise InvalidRecordError("polygons.bad_coordinates") from None
    if array.ndim != AXES or array.shape[1] != AXES or len(array) < at_least:
        raise InvalidRecordError("polygons.bad_coordinates")
    if not np.isfinite(array).all():
        raise InvalidRecordError("polygons.not_finite")
    return array


def _array(positions: list[Any]) -> NDArray[np.float64]:
    """All of one length at once, which is quick; else each position cut to two numbers."""
    try:
        return np.array(positions, dtype=np.float64)[:, :AXES]
    except (ValueError, IndexError):
        return np.array([position[:AXES] for position in positions], dtype=np.float64)


def _sequence(raw: object) -> list[Any]:
    if not isinstance(raw, list):
        raise InvalidRecordError("polygons.bad_coordinates")
    return raw
