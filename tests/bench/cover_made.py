"""A store with a million places of 15 kinds in 20,000 districts, each place's district kept as a membership."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pyarrow as pa
import shapely

from db import open_store
from db.rows import TABLES
from db.seal import seal_of
from db.statements import statement
from portal import clock
from portal.assigning import NOWHERE, assign
from portal.model.district import District
from portal.model.membership import Membership
from portal.model.source import Source
from portal.model.standard import Standard, StandardRule
from portal.store import Put
from tests.bench import made_places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from portal.store import Store

KINDS: Final = tuple(f"kind_{number:02}" for number in range(15))
LAYER: Final = "elementary"
AT_LEAST: Final = 3
VERIFIED_DAYS: Final = 365
CYCLE_DAYS: Final = 730
"""A place was verified on one of so many days; one in three never was."""
GAP: Final = 20
"""One area in so many is left out."""
STEP: Final = 0.0006
"""Degrees between two vertices of an outline, about 60 m."""
SEED: Final = 20_000
PREPARE: Final = """
    UPDATE place SET
        kind = kinds[1 + record::INTEGER % len(kinds)],
        verified_on = CASE WHEN record::INTEGER % 3 > 0 THEN $2::DATE - (record::INTEGER * 7 % $3)::INTEGER END
    FROM (SELECT $1::VARCHAR[] AS kinds)
"""
"""The columns by which the store counts; the rest of the records stays as it was made."""


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What the other ways are given: the same places and districts as arrays."""

    positions: NDArray[np.float64]
    """Shape (places, 2), degrees, longitude first."""
    kinds: NDArray[np.int64]
    """Shape (places,), index into :data:`KINDS`."""
    verified: NDArray[np.bool_]
    """Whether within the limit."""
    areas: NDArray[np.object_]
    ids: list[str]
    """Of the districts."""
    member: NDArray[np.int64]
    """Shape (places,): the index of each place's district, ``NOWHERE`` outside."""


def make(places: int, districts: int) -> Made:
    """Places spread evenly over a region and districts without overlaps; every twentieth is left out, as gaps."""
    positions = made_places.REGION.positions(places)
    areas = _areas(districts)
    numbers = np.arange(places)
    verified = (numbers % 3 > 0) & (numbers * 7 % CYCLE_DAYS <= VERIFIED_DAYS)
    ids = [f"district-{number:05}" for number in range(len(areas))]
    return Made(positions, numbers % len(KINDS), verified, areas, ids, assign(positions, list(areas)))


@contextmanager
def kept(folder: Path, made: Made) -> Iterator[Store]:
    """A store that holds them, with a standard for each kind."""
    home = folder / "home"
    made_places.settle_many(home, made_places.REGION, len(made.positions))
    with duckdb.connect(str(home / made_places.FILE)) as connection:
        connection.execute(PREPARE, (list(KINDS), clock.today(), CYCLE_DAYS))
        connection.register("incoming", _memberships(made))
        connection.execute(statement("put_membership"))
    store = open_store(f"duckdb://{home / made_places.FILE}", home / made_places.JOURNAL)
    try:
        store.apply(map(Put, [*_districts(made), *map(_standard, range(len(KINDS)))]))
        yield store
    finally:
        store.close()
        seal_of(home / made_places.FILE).unlink(missing_ok=True)


def place_ids(count: int) -> list[str]:
    """As :mod:`tests.bench.made_places` numbers them."""
    return [f"p{number}" for number in range(count)]


def member_ids(made: Made) -> list[str | None]:
    """The id of each place's district; None outside."""
    return [made.ids[index] if index != NOWHERE else None for index in made.member.tolist()]


def _memberships(made: Made) -> pa.Table:
    count = len(made.positions)
    columns = {"place": place_ids(count), "layer": [LAYER] * count, "district": member_ids(made)}
    return pa.table({name: pa.array(columns[name], kind) for name, kind in TABLES[Membership].columns.items()})


def _districts(made: Made) -> Iterator[District]:
    source = Source("架空の小学校区")
    for key, area in zip(made.ids, made.areas, strict=True):
        yield District(key, made_places.TOWN, LAYER, f"架空小学校 {key[-5:]}", area, source)


def _standard(number: int) -> Standard:
    return Standard(
        made_places.TOWN,
        f"standard_{number:02}",
        LAYER,
        StandardRule.COUNT,
        AT_LEAST,
        kind=KINDS[number],
        verified_days=VERIFIED_DAYS,
        order=number,
    )


def _areas(count: int) -> NDArray[np.object_]:
    """``count`` areas, each nearest to one of the seats, as school districts roughly are."""
    region = made_places.REGION
    frame = shapely.box(region.west, region.south, region.east, region.north)
    chance = np.random.default_rng(SEED)
    seats = chance.uniform((region.west, region.south), (region.east, region.north), (count * GAP // (GAP - 1) + 1, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seats), extend_to=frame))
    cut = shapely.intersection(cells, frame)
    return np.asarray(shapely.segmentize(cut[np.arange(len(cut)) % GAP != 0][:count], STEP), dtype=object)
