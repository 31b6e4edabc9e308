"""Coverage of 20,000 districts by 15 kinds: the stored membership, beside a spatial join each time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import geopandas
import pandas as pd
import shapely

from portal import clock
from portal.coverage.assess import assess
from tests.bench import cover_made, cover_postgis, made_places, postgis, tables

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import psycopg

    from portal.review_reader import Tallied
    from portal.store import Store
    from tests.bench.cover_made import Made

PLACES, DISTRICTS, ROUNDS = 1_000_000, 20_000, 5
QUICK: Final = (6_000, 200, 2)
CRS: Final = "EPSG:6668"
Counts = dict[tuple[str, str], tuple[int, int]]
"""By district and kind the places and those verified in time."""


def run(folder: Path, *, quick: bool) -> None:
    """Make places and districts, measure all ways in turn, see that they count alike, print."""
    places, districts, rounds = QUICK if quick else (PLACES, DISTRICTS, ROUNDS)
    made = cover_made.make(places, districts)
    with cover_made.kept(folder, made) as store, postgis.connected() as connection:
        cover_postgis.fill(connection, made)
        _show(store, connection, made, rounds)


def _show(store: Store, connection: psycopg.Connection, made: Made, rounds: int) -> None:
    points, areas = _frames(made)
    ways = {
        "store.tally": partial(_tally, store),
        "portal.coverage.assess": partial(assess, store, made_places.TOWN, clock.today()),
        "geopandas sjoin, groupby": partial(_sjoin, points, areas),
        "PostGIS ST_Intersects, GROUP BY": partial(cover_postgis.ask, connection, cover_postgis.JOIN),
        "PostgreSQL membership, GROUP BY": partial(cover_postgis.ask, connection, cover_postgis.MEMBERSHIP),
    }
    _compare(store, connection, made)
    first, *others = tables.interleaved(ways, rounds).values()
    others[0].note = f"{len(cover_made.KINDS) * len(made.ids):,} states with their districts; the others only count"
    vertices = shapely.get_num_coordinates(made.areas).mean()
    tables.show(
        f"Coverage: {len(made.ids):,} districts of {vertices:.0f} vertices on average, {len(cover_made.KINDS)} kinds, "
        f"{len(made.positions):,} places",
        [first, *others],
        first,
        (
            "All count the same places, and those verified in time, in each district by kind.",
            "geopandas has points and areas in memory; its index of them is made each time, as it keeps none.",
            postgis.describe(connection),
        ),
    )


def _tally(store: Store) -> list[Tallied]:
    days = cover_made.VERIFIED_DAYS
    return store.tally(made_places.TOWN, cover_made.LAYER, clock.today(), days, samples=False)


def _frames(made: Made) -> tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
    kinds = pd.Categorical.from_codes(made.kinds, cover_made.KINDS)
    points = geopandas.points_from_xy(*made.positions.T)
    places = geopandas.GeoDataFrame({"kind": kinds, "verified": made.verified}, geometry=points, crs=CRS)
    return places, geopandas.GeoDataFrame({"district": made.ids}, geometry=made.areas, crs=CRS)


def _sjoin(points: geopandas.GeoDataFrame, areas: geopandas.GeoDataFrame) -> pd.DataFrame:
    joined = geopandas.sjoin(points, areas, predicate="intersects")
    by = joined.groupby(["index_right", "kind"], observed=True, sort=False)
    return by["verified"].agg(["size", "sum"])


def _compare(store: Store, connection: psycopg.Connection, made: Made) -> None:
    """See that every way counts alike; raises AssertionError where one does not."""
    expected = _counts((one.district, one.kind, one.records, one.verified) for one in _tally(store))
    points, areas = _frames(made)
    joined = ((made.ids[at], kind, size, total) for (at, kind), size, total in _sjoin(points, areas).itertuples())
    answers = {
        "geopandas": _counts(joined),
        "spatial join": _counts(cover_postgis.ask(connection, cover_postgis.JOIN)),
        "membership": _counts(cover_postgis.ask(connection, cover_postgis.MEMBERSHIP)),
        "assess": _assessed(store),
    }
    wrong = [way for way, counts in answers.items() if counts != expected]
    if wrong or not expected:
        message = f"Counted otherwise than by the store: {wrong}"
        raise AssertionError(message)


def _counts(rows: Iterable[tuple[str | None, str, int, int]]) -> Counts:
    return {(district, kind): (records, verified) for district, kind, records, verified in rows if district}


def _assessed(store: Store) -> Counts:
    return {
        (standing.district.id, item.standard.kind): (standing.records, standing.verified)
        for item in assess(store, made_places.TOWN, clock.today())
        for standing in item.standings
        if standing.records
    }
