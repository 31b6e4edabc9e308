"""District assignment: for each of many points the polygon that holds it, beside ``geopandas.sjoin``."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import geopandas
import numpy as np
import shapely

from portal.assigning import NOWHERE, assign
from tests.bench import tables

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

POINTS, POLYGONS, ROUNDS = 1_000_000, 20_000, 5
QUICK: Final = (5_000, 200, 2)
PREDICATES: Final = ("within", "intersects")
CRS: Final = "EPSG:6668"
SOUTH_WEST, NORTH_EAST = (134.0, 34.0), (136.0, 35.5)
STEP: Final = 0.0006
"""Degrees between two vertices of an outline, about 60 m: a district of 1 km has some 60, as published ones do."""
SEED: Final = 6_668


def run(folder: Path, *, quick: bool) -> None:
    """Measure, see that all ways agree, print."""
    points, polygons, rounds = QUICK if quick else (POINTS, POLYGONS, ROUNDS)
    chance = np.random.default_rng(SEED)
    positions = chance.uniform(SOUTH_WEST, NORTH_EAST, (points, 2))
    districts = _districts(chance.uniform(SOUTH_WEST, NORTH_EAST, (polygons, 2)))
    ways = {
        "portal.assigning.assign": partial(assign, positions, list(districts)),
        **{f"geopandas.sjoin {name}": partial(_sjoin, positions, districts, name) for name in PREDICATES},
    }
    answers = [
        ways["portal.assigning.assign"](),
        *(_firsts(ways[f"geopandas.sjoin {name}"](), points) for name in PREDICATES),
    ]
    for other in answers[1:]:
        np.testing.assert_array_equal(answers[0], other)
    lines = list(tables.interleaved(ways, rounds).values())
    vertices = shapely.get_num_coordinates(districts).mean()
    tables.show(
        f"District assignment: {points:,} points, {polygons:,} polygons of {vertices:.0f} vertices on average",
        lines,
        lines[0],
        (f"All ways give the same answer; {np.count_nonzero(answers[0] == NOWHERE):,} points lie in no polygon.",),
    )


def _districts(seats: NDArray[np.float64]) -> NDArray[np.object_]:
    """Areas nearest to a seat each, as school districts roughly are; every twentieth is left out, as gaps."""
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seats), extend_to=_frame()))
    cut = shapely.intersection(cells, _frame())
    kept = cut[np.arange(len(cut)) % 20 != 0]
    return np.asarray(shapely.segmentize(kept, STEP), dtype=object)


def _frame() -> shapely.Polygon:
    return shapely.box(*SOUTH_WEST, *NORTH_EAST)


def _sjoin(positions: NDArray[np.float64], districts: NDArray[np.object_], predicate: str) -> geopandas.GeoDataFrame:
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(*positions.T), crs=CRS)
    return geopandas.sjoin(points, geopandas.GeoDataFrame(geometry=districts, crs=CRS), predicate=predicate)


def _firsts(joined: geopandas.GeoDataFrame, points: int) -> NDArray[np.int64]:
    """What geopandas joined, as ``assign`` answers: the first polygon of each point."""
    found = np.full(points, NOWHERE, dtype=np.int64)
    firsts = joined["index_right"].groupby(level=0).min()
    found[firsts.index] = firsts
    return found
