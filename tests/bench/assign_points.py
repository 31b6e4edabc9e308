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
CRS: Final = "EPSG:6668"
SOUTH_WEST, NORTH_EAST = (134.0, 34.0), (136.0, 35.5)
STEP: Final = 0.0006
"""Degrees between two vertices of an outline, about 60 m: a district of 1 km has some 60, as published ones do."""
SEED: Final = 6_668


def run(folder: Path, *, quick: bool) -> None:  # noqa: ARG001  # benchmarks are called alike
    """Measure, see that all ways agree, print."""
    points, polygons, rounds = QUICK if quick else (POINTS, POLYGONS, ROUNDS)
    chance = np.random.default_rng(SEED)
    positions = chance.uniform(SOUTH_WEST, NORTH_EAST, (points, 2))
    districts = _districts(chance.uniform(SOUTH_WEST, NORTH_EAST, (polygons, 2)))
    ways = {
        "portal.assigning.assign": partial(assign, positions, list(districts)),
        "geopandas.sjoin within": partial(_sjoin, positions, districts, "within"),
        "geopandas.sjoin intersects": partial(_sjoin, positions, districts, "intersects"),
    }
    found = [way() for way in ways.values()]
    for other in found[1:]:
        np.testing.assert_array_equal(found[0], other)
    lines = list(tables.interleaved(ways, rounds).values())
    vertices = shapely.get_num_coordinates(districts).mean()
    tables.show(
        f"District assignment: {points:,} points, {polygons:,} polygons of {vertices:.0f} vertices on average",
        lines,
        lines[0],
        (f"All ways give the same answer; {np.count_nonzero(found[0] == NOWHERE):,} points lie in no polygon.",),
    )


def _districts(seats: NDArray[np.float64]) -> NDArray[np.object_]:
    """Areas nearest to a seat each, as school districts roughly are; every twentieth is left out, as gaps."""
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seats), extend_to=_frame()))
    cut = shapely.intersection(cells, _frame())
    kept = cut[np.arange(len(cut)) % 20 != 0]
    return np.asarray(shapely.segmentize(kept, STEP), dtype=object)


def _frame() -> shapely.Polygon:
    return shapely.box(*SOUTH_WEST, *NORTH_EAST)


def _sjoin(positions: NDArray[np.float64], districts: NDArray[np.object_], predicate: str) -> NDArray[np.int64]:
    """The same answer from geopandas: the first polygon of each point, by position in ``districts``."""
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(*positions.T), crs=CRS)
    areas = geopandas.GeoDataFrame(geometry=districts, crs=CRS)
    joined = geopandas.sjoin(points, areas, how="left", predicate=predicate)["index_right"]
    return joined.groupby(level=0).min().fillna(NOWHERE).to_numpy().astype(np.int64)
