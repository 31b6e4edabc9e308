"""Spots where a place could be opened: places that there are, such as schools and halls, or the knots of a grid."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from portal.by_district import in_force
from portal.errors import InvalidRecordError, UnknownThingError
from portal.find import EVERYWHERE
from portal.importing.whose import CITY_LAYER
from portal.model.position import Precision
from portal.query import Query
from portal.reach.candidate import Candidate
from portal.reach.plane import METRES_PER_DEGREE
from portal.reach.siting import MOST_CANDIDATES
from portal.reach.spots import POST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from shapely.geometry.base import BaseGeometry

    from portal.store import Reader

STEP_MIN: Final = 100
STEP_MAX: Final = 5_000
TRIES_PER_CANDIDATE: Final = 20
"""Knots of the rectangle for one within the outline, at most."""
VAGUE: Final = frozenset({Precision.DISTRICT, Precision.NONE})


def sites(
    store: Reader, municipality: str, kinds: Sequence[str], today: date, *, samples: bool = False
) -> list[Candidate]:
    """The places of these kinds (``facility``, ``shelter`` …) by id; not those known by their district only."""
    if not kinds:
        return []
    query = Query(municipality, kinds=tuple(kinds))
    found = store.spots(query, EVERYWHERE, today, store.count(query, today))
    return [
        Candidate(spot.id, spot.name, spot.lon, spot.lat)
        for spot in found
        if not spot.id.startswith(POST) and spot.precision not in VAGUE and (samples or not spot.sample)
    ]


def grid(store: Reader, municipality: str, step_m: float, today: date) -> list[Candidate]:
    """The knots of a grid of ``step_m`` within the municipality's outline, from south-west on; named by lat and lon.

    Raises UnknownThingError where the municipality has no outline, InvalidRecordError for a step out of bounds and for
    one that gives more knots than can be chosen among.
    """
    if not STEP_MIN <= step_m <= STEP_MAX:
        raise InvalidRecordError("reach_siting.bad_step", least=STEP_MIN, most=STEP_MAX)
    areas = [item.geometry for item in in_force(store, municipality, CITY_LAYER, today)]
    if not areas:
        raise UnknownThingError("reach_siting.no_outline")
    return _knots(shapely.union_all(areas), step_m)


def _knots(area: BaseGeometry, step_m: float) -> list[Candidate]:
    west, south, east, north = area.bounds
    high = step_m / METRES_PER_DEGREE
    wide = high / math.cos(math.radians((south + north) / 2))
    columns, rows = math.ceil((east - west) / wide), math.ceil((north - south) / high)
    if columns * rows > MOST_CANDIDATES * TRIES_PER_CANDIDATE:
        raise InvalidRecordError("reach_siting.too_many_candidates", most=MOST_CANDIDATES)
    row, column = (axis.ravel() for axis in np.mgrid[0:rows, 0:columns])
    lon, lat = west + (column + 0.5) * wide, south + (row + 0.5) * high
    shapely.prepare(area)
    inside = np.flatnonzero(shapely.contains_xy(area, lon, lat)).tolist()
    if len(inside) > MOST_CANDIDATES:
        raise InvalidRecordError("reach_siting.too_many_candidates", most=MOST_CANDIDATES)
    return [
        Candidate(f"{row[at]:04}-{column[at]:04}", f"{lat[at]:.4f}, {lon[at]:.4f}", float(lon[at]), float(lat[at]))
        for at in inside
    ]
