"""Outlines of districts as a map of one zoom step needs them, and classes to colour them by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from portal.model.position import Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely import MultiPolygon, Polygon

    from portal.model.district import District

TILE: Final = 256
"""Screen points of the whole globe's width at zoom step 0 (Web Mercator tiles)."""
MOST_CLASSES: Final = 4


@dataclass(frozen=True, slots=True)
class Outline:
    """One district as it is drawn."""

    district: District
    area: Polygon | MultiPolygon
    """Degrees, longitude first, simplified to about one screen point."""
    at: Point
    """A point well inside, for the name."""


def outlines(districts: Sequence[District], zoom: int) -> list[Outline]:
    """The districts, simplified to what a map of this zoom step can show.

    Neighbours are simplified along their common border once, so that no gap opens between them
    (Visvalingam-Whyatt on the coverage); where the districts overlap or do not meet, each on its own.
    """
    areas = _simplified([district.geometry for district in districts], point_degrees(zoom))
    return [Outline(district, area, _inside(area)) for district, area in zip(districts, areas, strict=True)]


def point_degrees(zoom: int) -> float:
    """Width of one screen point in degrees of longitude."""
    return float(360 / (TILE * 2**zoom))


def digits(zoom: int) -> int:
    """Decimal places that tell a quarter of a screen point apart."""
    return max(2, int(np.ceil(-np.log10(point_degrees(zoom) / 4))))


def classes(counts: Iterable[int]) -> list[tuple[int, int]]:
    """Spans of counts to colour by, both ends included: none for itself, then up to four of like many districts."""
    found = sorted(counts)
    some = [count for count in found if count]
    spans = [(0, 0)] if len(some) < len(found) else []
    distinct = sorted(set(some))
    if len(distinct) <= MOST_CLASSES:
        return spans + [(count, count) for count in distinct]
    # Each class begins at a quantile of the counts; equal counts never fall into two classes.
    starts = sorted({some[len(some) * part // MOST_CLASSES] for part in range(MOST_CLASSES)} | {distinct[0]})
    ends = [max(count for count in distinct if count < start) for start in starts[1:]] + [distinct[-1]]
    return spans + list(zip(starts, ends, strict=True))


def level(count: int, spans: Sequence[tuple[int, int]]) -> int:
    """The colour step of ``count``: 0 for none, else from 1 by its span of :func:`classes`."""
    some = [span for span in spans if span != (0, 0)]
    return next((step for step, (low, high) in enumerate(some, 1) if low <= count <= high), 0)


def _simplified(areas: list[Polygon | MultiPolygon], tolerance: float) -> list[Polygon | MultiPolygon]:
    if not areas:
        return []
    if shapely.coverage_is_valid(areas):
        simple = shapely.coverage_simplify(areas, tolerance)
    else:
        simple = shapely.simplify(areas, tolerance, preserve_topology=True)
    # What is smaller than a screen point keeps its own outline and does not vanish.
    return [area if new.is_empty else new for area, new in zip(areas, simple, strict=True)]


def _inside(area: Polygon | MultiPolygon) -> Point:
    largest = max(getattr(area, "geoms", [area]), key=lambda part: part.area)
    middle = largest.centroid if largest.contains(largest.centroid) else largest.representative_point()
    return Point(middle.x, middle.y)
