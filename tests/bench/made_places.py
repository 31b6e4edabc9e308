"""Invented places, spread evenly over a rectangle: by the portal's own records, or a million of them as columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pyarrow as pa

from db import open_store
from db.rows import PLACE_COLUMNS, TABLES
from db.seal import seal_of
from db.statements import statement
from pages.built_in import built_in
from portal import clock
from portal.laying_out import keep_up
from portal.model.municipality import Layer, Municipality
from portal.model.place import Fee, Origin, Place, PlaceFacts
from portal.model.position import Point, Precision
from portal.setting_up import set_up
from portal.store import Put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

TOWN: Final = "99901"
SEED: Final = 27_108
FILE: Final = "portal.duckdb"
JOURNAL: Final = "journal.jsonl"
KINDS: Final = ("ibasho", "elderly_salon", "community_cafe", "exercise_group", "childrens_cafeteria", "consultation")
WORD: Final = "体操"
"""One place in twenty has it in its name."""
PAID_OF: Final = 10
"""One place in ten is not free, so that the filter leaves nine tenths of them."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in degrees and the zoom that shows it."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    @property
    def centre(self) -> Point:
        """Its middle."""
        return Point((self.west + self.east) / 2, (self.south + self.north) / 2)

    def positions(self, count: int) -> NDArray[np.float64]:
        """Evenly spread positions of shape (count, 2), longitude first, the same each time."""
        chance = np.random.default_rng(SEED)
        return chance.uniform((self.west, self.south), (self.east, self.north), (count, 2)).round(6)


WARD: Final = Area(135.450, 34.632, 135.489, 34.670, 14)
"""As large as 大阪市大正区: about 3.6 by 4.2 km."""
REGION: Final = Area(135.2, 34.3, 135.7, 34.8, 10)
"""As large as a prefecture: about 45 by 55 km."""


def name(number: int) -> str:
    """An invented name."""
    return f"ひだまりの会 第{number}{WORD if number % 20 == 0 else 'サロン'}"


def free(number: int) -> bool:
    """Whether it costs nothing."""
    return number % PAID_OF != 0


def places(area: Area, count: int) -> Iterator[Place]:
    """So many places."""
    for number, (lon, lat) in enumerate(area.positions(count).tolist()):
        facts = PlaceFacts(
            kind=KINDS[number % len(KINDS)],
            name=name(number),
            address=f"架空町{number % 30}丁目{number % 40}-{number % 20}",
            position=Point(lon, lat),
            precision=Precision.EXACT,
            fee=Fee.FREE if free(number) else Fee.PAID,
        )
        yield Place(f"p{number}", TOWN, facts, facts, Origin("hand", str(number)))


def settle(home: Path, area: Area, count: int) -> None:
    """A store in ``home`` with one town and ``count`` places, all put in as records."""
    home.mkdir(parents=True, exist_ok=True)
    store = open_store(f"duckdb://{home / FILE}", home / JOURNAL)
    try:
        town = Municipality(TOWN, "架空市", "Made-up City", "", area.centre, area.zoom)
        set_up(store, replace(built_in(clock.today()), municipalities=(town,)), clock.today(), sample=False)
        store.apply([Put(Layer(TOWN, "elementary", "小学校区", "School districts", 2))])
        store.apply(map(Put, places(area, count)))
        keep_up(store, clock.today())
    finally:
        store.close()


def settle_many(home: Path, area: Area, count: int) -> None:
    """The same for a million, which takes too long one by one: as columns, by the statement that the store uses."""
    settle(home, area, 0)
    with duckdb.connect(str(home / FILE)) as connection:
        connection.register("incoming", _columns(area, count))
        connection.execute(statement("put_place"))
    seal_of(home / FILE).unlink()  # what was put in past the store is not what the store was closed with


def _columns(area: Area, count: int) -> pa.Table:
    """One record's row, repeated with other ids, names, positions, kinds and texts."""
    sample = next(places(area, 1))
    row = dict(zip(PLACE_COLUMNS, TABLES[Place].row(sample), strict=True))
    lon, lat = area.positions(count).T
    numbers = range(count)
    texts = {
        "id": [f"p{number}" for number in numbers],
        "record": [str(number) for number in numbers],
        "name": [name(number) for number in numbers],
        "kind": [KINDS[number % len(KINDS)] for number in numbers],
    }
    varied = texts | {
        "lon": lon,
        "lat": lat,
        "free": [free(number) for number in numbers],
        "sort_name": texts["name"],
        "search": [str(row["search"]).replace(sample.facts.name, text) for text in texts["name"]],
        "data": [str(row["data"]).replace(sample.facts.name, text) for text in texts["name"]],
    }
    arrays = [
        pa.array(varied[column], kind) if column in varied else pa.repeat(pa.scalar(row[column], kind), count)
        for column, kind in PLACE_COLUMNS.items()
    ]
    return pa.table(arrays, names=list(PLACE_COLUMNS))
