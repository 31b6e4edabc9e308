"""More places, asked of the store: what there is, what is proposed, what places at some points would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from portal.by_district import in_force
from portal.errors import InvalidRecordError
from portal.model.kind import FACILITY, SHELTER
from portal.model.standard import EVERYBODY, METRES_MAX, METRES_MIN, Ages
from portal.reach.candidates import grid, sites
from portal.reach.people import people
from portal.reach.reaching import spots_together
from portal.reach.siting import propose
from portal.reach.spots import Question, Spots
from portal.reach.what_if import what_if

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from shapely import MultiPolygon, Polygon

    from portal.model.district import District
    from portal.model.position import Point
    from portal.reach.candidate import Candidate
    from portal.reach.people import People
    from portal.reach.siting import Proposal
    from portal.reach.what_if import Change
    from portal.store import Reader

USUAL: Final = (FACILITY, SHELTER)
"""Halls, and the schools and halls that are shelters."""


@dataclass(frozen=True, slots=True)
class Placing:
    """What is asked: of which places there are more to be, for whom, how near, and where they could be."""

    question: Question
    """What there is already."""
    ages: Ages = EVERYBODY
    metres: int = 500
    """On foot."""
    count: int = 5
    """How many places."""
    among: tuple[str, ...] | float = USUAL
    """Kinds of place where one could be opened, or the step in metres of a grid over the municipality."""
    layer: str = ""
    """Of the districts by which it is told what changes; without one it is told of all people alone."""

    def __post_init__(self) -> None:
        """Refuse distances that no standard can have."""
        if not METRES_MIN <= self.metres <= METRES_MAX:
            raise InvalidRecordError("standard.bad_metres", least=METRES_MIN, most=METRES_MAX)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Who is reached at present, and who would be."""

    people: People
    """``how`` is ``none`` where it is not known where people live: then nothing is proposed."""
    existing: Spots
    added: Spots
    metres: int
    """On foot."""
    districts: Sequence[District]
    proposal: Proposal | None = None
    """Whose picks are what is added; None where the points were named."""
    candidates: int = 0
    """How many spots it was chosen among."""

    @property
    def areas(self) -> list[Polygon | MultiPolygon]:
        """Of the districts; degrees."""
        return [item.geometry for item in self.districts]

    @property
    def changes(self) -> list[Change]:
        """By district, and at the end outside all of them."""
        return what_if(self.people, self.existing, self.added, self.metres, self.districts)


def place(store: Reader, asked: Placing, today: date) -> Placed:
    """The spots that reach most people who have nothing near yet.

    Raises InvalidRecordError for more candidates or spots than can be chosen among, UnknownThingError for a grid over
    a municipality without an outline.
    """
    there, of = put_on_map(store, asked, (), today), asked.question
    if isinstance(asked.among, tuple):
        candidates = sites(store, of.municipality, asked.among, today, samples=of.samples)
    else:
        candidates = grid(store, of.municipality, asked.among, today)
    proposal = propose(there.people, there.existing, candidates, asked.count, asked.metres)
    chosen = _spots([pick.candidate for pick in proposal.picks])
    return replace(there, added=chosen, proposal=proposal, candidates=len(candidates))


def put_on_map(store: Reader, asked: Placing, points: Sequence[Point], today: date) -> Placed:
    """Places at these points, beside those that there are; no points are the present state."""
    of = asked.question
    known = people(store, of.municipality, asked.ages, today)
    existing = spots_together(store, of, today)
    districts = in_force(store, of.municipality, asked.layer, today) if asked.layer else []
    return Placed(known, existing, _spots(points), asked.metres, districts)


def _spots(points: Sequence[Point | Candidate]) -> Spots:
    lon, lat = (np.array([getattr(point, name) for point in points], dtype=np.float64) for name in ("lon", "lat"))
    return Spots(lon, lat)
