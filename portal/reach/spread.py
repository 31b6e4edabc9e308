"""Districts with the figures of their people, and the lattice of points over which these are spread evenly."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from portal.by_district import in_force
from portal.district_names import short_name
from portal.reach.plane import Plane

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray
    from shapely import MultiPolygon, Polygon

    from portal.model.district import District, Population
    from portal.store import Reader

STEP_M: Final = 100
MOST_POINTS: Final = 20_000
"""Of one district's rectangle; a larger one has a wider lattice."""
ALMOST_ALL: Final = 0.9


def figures(store: Reader, municipality: str, today: date) -> tuple[list[tuple[District, Population]], list[District]]:
    """The districts that have a figure, each with it, and those of the same layer that have none.

    Of several layers with figures the one with the most districts is taken, among those that hold almost all of the
    people: the smaller the districts, the less is assumed.
    """
    every = store.populations(municipality)
    by_layer = {
        layer: {short_name(item.district): item for item in items}
        for layer, items in groupby(sorted(every, key=lambda item: item.layer), key=lambda item: item.layer)
    }
    areas = {layer: in_force(store, municipality, layer, today) for layer in by_layer}
    pairs = {layer: _pairs(areas[layer], known) for layer, known in by_layer.items()}
    people = {layer: sum(figure.total for _, figure in found) for layer, found in pairs.items()}
    full = [layer for layer in pairs if pairs[layer] and people[layer] >= ALMOST_ALL * max(people.values())]
    if not full:
        return [], []
    best = max(full, key=lambda layer: (len(pairs[layer]), layer))
    return pairs[best], [item for item in areas[best] if short_name(item.name) not in by_layer[best]]


def _pairs(districts: Sequence[District], known: Mapping[str, Population]) -> list[tuple[District, Population]]:
    """The districts that have a figure; outlines and figures may name one as 平岡小学校 and as 平岡."""
    return [(item, known[name]) for item in districts if (name := short_name(item.name)) in known]


def lattice(area: Polygon | MultiPolygon) -> NDArray[np.float64]:
    """Points about :data:`STEP_M` apart within an area, degrees, of shape (n, 2); at least one."""
    west, south, east, north = area.bounds
    on = Plane((south + north) / 2)
    wide, high = (float(length[0]) for length in (on.x(np.array([east - west])), on.y(np.array([north - south]))))
    step = max(STEP_M, math.sqrt(wide * high / MOST_POINTS), wide / MOST_POINTS, high / MOST_POINTS)
    lon = _middles(west, east, math.ceil(wide / step))
    lat = _middles(south, north, math.ceil(high / step))
    at = np.stack(np.meshgrid(lon, lat), axis=-1).reshape(-1, 2)
    shapely.prepare(area)
    inside = at[shapely.contains_xy(area, at)]
    return inside if len(inside) else shapely.get_coordinates(area.representative_point())


def _middles(first: float, last: float, count: int) -> NDArray[np.float64]:
    """The middles of ``count`` equal pieces of a stretch, at least one."""
    count = max(count, 1)
    return first + (np.arange(count) + 0.5) * (last - first) / count
