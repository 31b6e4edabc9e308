"""Where the people of an age live: as imported points, else by district, spread evenly over its area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from portal.reach.ages import knows, people_of
from portal.reach.spread import figures, lattice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from portal.model.district import District, Population
    from portal.model.people_point import PeoplePoint
    from portal.model.source import Source
    from portal.model.standard import Ages
    from portal.store import Reader

__all__ = ["NOBODY", "Homes", "How", "People", "homes", "knows", "numbers", "of_ages", "people", "people_of", "told_by"]

How = Literal["points", "spread", "none"]
"""Imported points (cells of a grid, towns and blocks); figures by district spread evenly; not known."""


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """n points with the people of one span of ages who live there."""

    lon: NDArray[np.float64]
    """Degrees, JGD2011 (EPSG:6668)."""
    lat: NDArray[np.float64]
    count: NDArray[np.float64]
    """People; not whole where a district's are spread or a band of ages is cut."""
    how: How
    as_of: date | None = None
    """The day of the oldest figure among them."""
    sources: tuple[Source, ...] = ()
    unknown: int = 0
    """Districts, or points, of which it is not known how many of these ages live there: they count as nobody."""

    @property
    def total(self) -> float:
        """All of them."""
        return float(self.count.sum())


NOTHING: Final = np.zeros(0)
NOBODY: Final = People(NOTHING, NOTHING, NOTHING, "none")


@dataclass(frozen=True, slots=True, eq=False)
class Homes:
    """n points where people live, before it is asked of which age."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    record: NDArray[np.int64]
    """For each point the index of the record that has its numbers."""
    share: NDArray[np.float64]
    """For each point its share of that record's people."""
    records: Sequence[Population | PeoplePoint]
    how: How
    districts: Sequence[District] = ()
    """For each record its district; empty where the records are points."""
    without: Sequence[District] = ()
    """Districts that have no record."""


def people(store: Reader, municipality: str, ages: Ages, today: date) -> People:
    """Where the people of ``ages`` live.

    Imported points are taken where at least one knows of these ages, else the population by district, spread evenly
    over the districts' areas; where neither is known there are no points and ``how`` is ``none``: nothing is made up.
    """
    return of_ages(homes(store, municipality, today), ages)


def homes(store: Reader, municipality: str, today: date) -> list[Homes]:
    """Every way in which it is known where people live, the best first; to ask it for several spans of ages."""
    return [known for known in (_points(store, municipality), _spread(store, municipality, today)) if known.records]


def of_ages(known: Sequence[Homes], ages: Ages) -> People:
    """The people of ``ages`` by the first way that knows of them."""
    item = told_by(known, ages)
    if item is None:
        return NOBODY
    told = [record for record in item.records if knows(record, ages)]
    counts = np.array([number or 0 for number in numbers(item, ages)], dtype=np.float64)
    sources = dict.fromkeys(record.source for record in told if record.source)
    as_of = min(record.as_of for record in told)
    unknown = len(item.without) + len(item.records) - len(told)
    count = counts[item.record] * item.share
    return People(item.lon, item.lat, count, item.how, as_of, tuple(sources), unknown)


def told_by(known: Sequence[Homes], ages: Ages) -> Homes | None:
    """The first way that knows of these ages."""
    return next((item for item in known if any(knows(record, ages) for record in item.records)), None)


def numbers(item: Homes, ages: Ages) -> list[float | None]:
    """For each record its people of ``ages``; None where it does not tell of all of these ages, and nobody counts."""
    return [people_of(record, ages) if knows(record, ages) else None for record in item.records]


def _points(store: Reader, municipality: str) -> Homes:
    points = store.people_points(municipality)
    lon = np.array([point.position.lon for point in points], dtype=np.float64)
    lat = np.array([point.position.lat for point in points], dtype=np.float64)
    return Homes(lon, lat, np.arange(len(points)), np.ones(len(points)), points, "points")


def _spread(store: Reader, municipality: str, today: date) -> Homes:
    pairs, without = figures(store, municipality, today)
    if not pairs:
        return Homes(NOTHING, NOTHING, np.zeros(0, dtype=np.int64), NOTHING, (), "spread")
    districts, records = zip(*pairs, strict=True)
    dots = [lattice(item.geometry) for item in districts]
    at, sizes = np.vstack(dots), np.array([len(its) for its in dots])
    record = np.repeat(np.arange(len(records)), sizes)
    return Homes(at[:, 0], at[:, 1], record, (1 / sizes)[record], records, "spread", districts, without)
