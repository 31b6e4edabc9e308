"""Builders of people, spots and candidates on the invented town's ground."""

from __future__ import annotations

from typing import Any

import numpy as np

from portal.model.district import AgeBand, Population
from portal.model.people_point import PeoplePoint
from portal.model.position import Point
from portal.reach.candidate import Candidate
from portal.reach.people import People
from portal.reach.spots import Spots
from tests import town

BANDS = (AgeBand(0, 14, 5, 5), AgeBand(15, 64, 30, 30), AgeBand(65, 74, 8, 7), AgeBand(75, None, 5, 10))
"""A hundred people."""


def people_at(at: list[tuple[float, float]], count: list[float] | None = None) -> People:
    """People at these longitudes and latitudes, one each where nothing else is said."""
    places = np.array(at, dtype=np.float64).reshape(-1, 2)
    counts = np.ones(len(places)) if count is None else np.array(count, dtype=np.float64)
    return People(places[:, 0], places[:, 1], counts, "points", town.TODAY)


def spots_at(at: list[tuple[float, float]]) -> Spots:
    """Spots at these longitudes and latitudes."""
    places = np.array(at, dtype=np.float64).reshape(-1, 2)
    return Spots(places[:, 0], places[:, 1])


def candidates_at(at: list[tuple[float, float]]) -> list[Candidate]:
    """Candidates, numbered in their order."""
    return [Candidate(f"c{number:03}", f"候補{number}", lon, lat) for number, (lon, lat) in enumerate(at)]


def figure(district: str, layer: str = "elementary", **values: Any) -> Population:
    """The people of a district: a hundred, by four bands."""
    kept: dict[str, Any] = {"total": 100, "men": 48, "women": 52, "bands": BANDS, "source": town.SOURCE, **values}
    return Population(town.CODE, layer, district, town.TODAY, **kept)


def home(point_id: str, column: float, row: float, **values: Any) -> PeoplePoint:
    """A point where a hundred people live, counted in districts from the town's south-western corner."""
    kept: dict[str, Any] = {"total": 100, "as_of": town.TODAY, "bands": BANDS, "source": town.SOURCE, **values}
    return PeoplePoint(town.CODE, point_id, Point(*_spot(column, row)), **kept)


def _spot(column: float, row: float) -> tuple[float, float]:
    at = town.spot(column, row)
    return at.lon, at.lat
