"""Who has a place within a walk: a million people points, beside a KD-tree, geopandas and PostGIS."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import geopandas
import numpy as np
import pyproj
import shapely
from scipy.spatial import cKDTree

from portal.reach import plane
from portal.reach.people import People
from portal.reach.within import WALK, within
from tests.bench import postgis, reach_city, reach_postgis, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import psycopg
    from numpy.typing import NDArray

PEOPLE, PLACES, ROUNDS = 1_000_000, 10_000, 5
QUICK: Final = (20_000, 500, 2)
METRES: Final = 500
STRAIGHT_M: Final = METRES / WALK
DEGREES, LOCAL = 6668, 6674
"""JGD2011, and its plane rectangular system VI (平面直角座標系第VI系), metres."""
BORDER: Final = 0.01
"""The portal measures on its own plane, up to 0.6 % from the ellipsoid here; a circle drawn as 64 sides, 0.12 %."""

QUESTIONS: Final = {
    "PostGIS EXISTS ST_DWithin": reach_postgis.EXISTS,
    "PostGIS buffers, union, join": reach_postgis.UNION,
}


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """The same people and places for all, in degrees and in metres (EPSG:6674): arrays of shape (n, 2)."""

    people: NDArray[np.float64]
    places: NDArray[np.float64]
    people_m: NDArray[np.float64]
    places_m: NDArray[np.float64]


def run(_folder: Path, *, quick: bool) -> None:
    """Measure all ways in turn, see that they find the same people, print."""
    people, places, rounds = QUICK if quick else (PEOPLE, PLACES, ROUNDS)
    given = _given(people, places)
    with postgis.connected() as connection:
        reach_postgis.fill(connection, given.people_m, given.places_m)
        ways = _ways(given)
        found = {way: do() for way, do in ways.items()} | _found(connection, people)
        differing = _compare(given, found)
        asked = {way: partial(reach_postgis.count, connection, text, STRAIGHT_M) for way, text in QUESTIONS.items()}
        lines = list(tables.interleaved(ways | asked, rounds).values())
        notes = (*_notes(found, differing), postgis.describe(connection))
    tables.show(
        f"Reach: {people:,} people points, {places:,} places within {METRES} m on foot ({STRAIGHT_M:.0f} m straight)",
        lines,
        lines[0],
        notes,
    )


def _given(people: int, places: int) -> Given:
    made = reach_city.city()
    living, spots = made.positions(people), made.positions(places)
    metres = pyproj.Transformer.from_crs(DEGREES, LOCAL, always_xy=True).transform
    return Given(living, spots, *(np.column_stack(metres(*positions.T)) for positions in (living, spots)))


def _ways(given: Given) -> dict[str, Callable[[], NDArray[np.bool_]]]:
    """Each gives an array of shape (people,); the portal's own comes first."""
    lon, lat = np.ascontiguousarray(given.people.T)
    people = People(lon, lat, np.ones(len(lon)), "points")
    living, spots = (
        geopandas.GeoDataFrame(geometry=shapely.points(positions), crs=LOCAL)
        for positions in (given.people_m, given.places_m)
    )
    return {
        "portal.reach.within": partial(within, people, *np.ascontiguousarray(given.places.T), METRES),
        "scipy cKDTree": partial(_tree, given, 1),
        "scipy cKDTree, all cores": partial(_tree, given, -1),
        "geopandas buffers, union, sjoin": partial(_buffers, living, spots),
        "geopandas sjoin_nearest": partial(_nearest, living, spots),
    }


def _found(connection: psycopg.Connection, people: int) -> dict[str, NDArray[np.bool_]]:
    """What PostGIS finds, as the others say it."""
    return {
        way: _marked(people, np.array(reach_postgis.which(connection, text, STRAIGHT_M), dtype=np.int64))
        for way, text in QUESTIONS.items()
    }


def _tree(given: Given, workers: int) -> NDArray[np.bool_]:
    near, _ = cKDTree(given.places_m).query(given.people_m, distance_upper_bound=STRAIGHT_M, workers=workers)
    return near <= STRAIGHT_M


def _nearest(living: geopandas.GeoDataFrame, spots: geopandas.GeoDataFrame) -> NDArray[np.bool_]:
    joined = geopandas.sjoin_nearest(living, spots, max_distance=STRAIGHT_M)
    return _marked(len(living), joined.index)


def _buffers(living: geopandas.GeoDataFrame, spots: geopandas.GeoDataFrame) -> NDArray[np.bool_]:
    """All circles as one area, in its parts."""
    area = spots.buffer(STRAIGHT_M, quad_segs=16).union_all()
    parts = geopandas.GeoDataFrame(geometry=shapely.get_parts(area), crs=LOCAL)
    return _marked(len(living), geopandas.sjoin(living, parts, predicate="within").index)


def _marked(count: int, which: NDArray[np.int64]) -> NDArray[np.bool_]:
    found = np.zeros(count, dtype=np.bool_)
    found[which] = True
    return found


def _compare(given: Given, found: dict[str, NDArray[np.bool_]]) -> int:
    """How many people some way sees otherwise than the KD-tree; all of them must live at the very border.

    The portal's answer must be that of a KD-tree on the portal's own plane, to the last of them.
    """
    on = plane.over(given.people[:, 1])
    own, _ = cKDTree(on.xy(*given.places.T)).query(on.xy(*given.people.T))
    np.testing.assert_array_equal(found["portal.reach.within"], own <= STRAIGHT_M)
    metres, _ = cKDTree(given.places_m).query(given.people_m)
    others = np.any([answer != (metres <= STRAIGHT_M) for answer in found.values()], axis=0)
    np.testing.assert_allclose(metres[others], STRAIGHT_M, rtol=BORDER)
    return int(np.count_nonzero(others))


def _notes(found: dict[str, NDArray[np.bool_]], differing: int) -> tuple[str, ...]:
    reached = found["portal.reach.within"].mean()
    agreed = (
        f"{reached:.1%} are reached. All ways agree but on {differing:,} people within {BORDER:.0%} of the distance: "
        "the portal projects degrees itself, the others get metres (EPSG:6674), and two draw circles with 64 sides."
    )
    counted = (
        "Counted are: projection, tree and grid for the portal; the trees for scipy and geopandas, whose points are "
        "there; the question alone for PostGIS, whose tables, indexes and order on the disk (CLUSTER) are there."
    )
    return reach_city.DESCRIPTION, agreed, counted
