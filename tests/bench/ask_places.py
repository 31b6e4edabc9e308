"""``/map/places`` over a million places, asked through the running server, beside geopandas and shapely in memory."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import geopandas
import httpx
import shapely

from tests.bench import made_places, servers, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLACES, ROUNDS = 1_000_000, 7
QUICK: Final = (20_000, 2)
WIDTH, HEIGHT = 700, 620
"""The map's size in screen points beside the list."""
TILE: Final = 256
SHIFT: Final = 0.0011
"""Degrees that the map is moved by between two rounds, so that no answer is asked for twice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One view of the map."""

    what: str
    zoom: int
    word: str = ""

    def sides(self, round_number: int) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees, about the middle of the region."""
        middle, degrees = made_places.REGION.centre, 360 / (TILE * 2**self.zoom)
        lon = middle.lon + SHIFT * round_number
        east, north = WIDTH * degrees / 2, HEIGHT * degrees / 2 / 1.21  # 1 / cos 34.5°
        return lon - east, middle.lat - north, lon + east, middle.lat + north


VIEWS: Final = (
    Asked("a few streets, zoom 16: places one by one", 16),
    Asked("a ward, zoom 14: clusters", 14),
    Asked(f"a ward, zoom 14, the word {made_places.WORD}: places one by one", 14, made_places.WORD),
)


def run(folder: Path, *, quick: bool) -> None:
    """Make the places, start the server, ask all three ways in turn and print a table for each view."""
    count, rounds = QUICK if quick else (PLACES, ROUNDS)
    made_places.settle_many(folder / "home", made_places.REGION, count)
    frame = _frame(count)
    tree = shapely.STRtree(frame.geometry.to_numpy())
    with servers.portal(folder / "home") as url, httpx.Client(base_url=url, timeout=120) as client:
        for view in VIEWS:
            _show(
                view,
                count,
                _measure(
                    view,
                    rounds,
                    {
                        "/map/places": lambda sides, view=view: _ask(client, view, sides),
                        "geopandas .cx + to_json": lambda sides, view=view: _cx(frame, view, sides),
                        "shapely STRtree + to_json": lambda sides, view=view: _tree(frame, tree, view, sides),
                    },
                ),
            )
        whole = _measure(
            Asked("", made_places.REGION.zoom),
            rounds,
            {
                "/map/places": lambda sides: _ask(client, Asked("", made_places.REGION.zoom), sides),
            },
        )
        _show(Asked("the whole region, zoom 10: clusters", 10), count, whole)


def _measure(
    view: Asked, rounds: int, ways: dict[str, Callable[[tuple[float, float, float, float]], int]]
) -> tuple[list[tables.Line], int]:
    """Each way once a round over the same rectangle; they must find as many places. The first round warms up."""
    lines = {way: tables.Line(way) for way in ways}
    found = 0
    for number in range(rounds + 1):
        totals = set()
        for way, ask in ways.items():
            started = time.perf_counter()
            totals.add(ask(view.sides(number)))
            if number:
                lines[way].runs.append(time.perf_counter() - started)
        (found,) = totals
    return list(lines.values()), found


def _show(view: Asked, count: int, measured: tuple[list[tables.Line], int]) -> None:
    lines, found = measured
    notes = ("/map/places over HTTP from the portal's process; the others have all places in this process's memory.",)
    tables.show(f"{count:,} places: {view.what} ({found:,} in view)", lines, lines[0], notes if len(lines) > 1 else ())


def _ask(client: httpx.Client, view: Asked, sides: tuple[float, float, float, float]) -> int:
    params = {"municipality": made_places.TOWN, "bbox": ",".join(f"{side:.6f}" for side in sides), "zoom": view.zoom}
    answer = client.get("/map/places", params=params | ({"q": view.word} if view.word else {}))
    answer.raise_for_status()
    return int(answer.json()["total"])


def _frame(count: int) -> geopandas.GeoDataFrame:
    numbers = range(count)
    columns = {
        "id": [f"p{number}" for number in numbers],
        "name": [made_places.name(number) for number in numbers],
        "kind": [made_places.KINDS[number % len(made_places.KINDS)] for number in numbers],
    }
    points = geopandas.points_from_xy(*made_places.REGION.positions(count).T)
    return geopandas.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")


def _cx(frame: geopandas.GeoDataFrame, view: Asked, sides: tuple[float, float, float, float]) -> int:
    west, south, east, north = (round(side, 6) for side in sides)
    return _to_json(frame.cx[west:east, south:north], view)


def _tree(
    frame: geopandas.GeoDataFrame, tree: shapely.STRtree, view: Asked, sides: tuple[float, float, float, float]
) -> int:
    inside = tree.query(shapely.box(*(round(side, 6) for side in sides)))
    return _to_json(frame.iloc[inside], view)


def _to_json(seen: geopandas.GeoDataFrame, view: Asked) -> int:
    """As many as there are, written as GeoJSON as a map would be sent them."""
    if view.word:
        seen = seen[seen["name"].str.contains(view.word, regex=False)]
    seen.to_json()
    return len(seen)
