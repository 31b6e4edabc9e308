"""In which district of every layer a place lies: worked out when it is written, and kept as memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from portal.model.membership import Membership

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray
    from shapely import Geometry

    from portal.model.district import District
    from portal.model.place import Place
    from portal.store import Reader

NOWHERE = -1
"""Index that stands for "in none of the areas"."""


def memberships(
    store: Reader, places: Sequence[Place], today: date, coming: Mapping[str, Sequence[District]] | None = None
) -> Iterator[Membership]:
    """One membership for each place and layer of its municipality; outside is a membership without a district.

    ``coming`` replaces the stored districts of a layer, by its key: they are about to be written.
    """
    coming = coming or {}
    by_municipality: dict[str, list[Place]] = {}
    for place in places:
        by_municipality.setdefault(place.municipality, []).append(place)
    for municipality, its_places in by_municipality.items():
        for layer in store.layers(municipality):
            districts = coming[layer.key] if layer.key in coming else store.districts(municipality, layer.key)
            yield from _in_layer(its_places, layer.key, [item for item in districts if item.exists_on(today)])


def _in_layer(places: Sequence[Place], layer: str, districts: Sequence[District]) -> Iterable[Membership]:
    positions = np.array(
        [
            (place.facts.position.lon, place.facts.position.lat) if place.facts.position else (np.nan, np.nan)
            for place in places
        ]
    ).reshape(-1, 2)
    areas = assign(positions, [item.geometry for item in districts])
    return [
        Membership(place.id, layer, districts[area].id if area != NOWHERE else None)
        for place, area in zip(places, areas.tolist(), strict=True)
    ]


def assign(positions: NDArray[np.float64], areas: Sequence[Geometry]) -> NDArray[np.int64]:
    """For each of n positions the index of the area that holds it, the first where several do, else ``NOWHERE``.

    ``positions`` has shape (n, 2), degrees, longitude first, NaN for none; a position on an outline counts as inside.
    The tree is built over whichever there are more of, which is fastest for one place as for a million.
    """
    found = np.full(len(positions), NOWHERE, dtype=np.int64)
    known = np.flatnonzero(~np.isnan(positions).any(axis=1))
    if not len(areas) or not len(known):
        return found
    points = np.asarray(shapely.points(positions[known]), dtype=object)
    if len(points) > len(areas):
        area, point = shapely.STRtree(points).query(areas, predicate="intersects")
    else:
        point, area = shapely.STRtree(areas).query(points, predicate="intersects")
    order = np.argsort(-area, kind="stable")  # the lowest index is written last and stays
    found[known[point[order]]] = area[order]
    return found
