"""Where to open one more place, asked of the store: what there is, what is proposed, what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from portal.by_district import in_force
from portal.errors import InvalidRecordError
from portal.model.kind import FACILITY, SHELTER
from portal.model.standard import EVERYBODY, METRES_MAX, METRES_MIN, Ages
from portal.reach.candidates import grid, sites
from portal.reach.people import people
from portal.reach.reaching import spots_together
from portal.reach.siting import Proposal, propose
from portal.reach.spots import Question, Spots
from portal.reach.what_if import Change, what_if

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.position import Point
    from portal.reach.candidate import Candidate
    from portal.reach.people import People
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
    among: tuple[str, ...] | int = USUAL
    """Kinds of place where one could be opened, or the step in metres of a grid over the municipality."""

    def __post_init__(self) -> None:
        """Refuse distances that no standard can have."""
        if not METRES_MIN <= self.metres <= METRES_MAX:
            raise InvalidRecordError("standard.bad_metres", least=METRES_MIN, most=METRES_MAX)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A proposal with what it was made from."""

    proposal: Proposal
    people: People
    """``how`` is ``none`` where it is not known where people live: then nothing is proposed."""
    existing: Spots
    candidates: Sequence[Candidate]


def place(store: Reader, asked: Placing, today: date) -> Placed:
    """The spots that reach most people who have nothing near yet.

    Raises InvalidRecordError for more candidates or spots than can be chosen among, UnknownThingError for a grid over
    a municipality without an outline.
    """
    of = asked.question
    known = people(store, of.municipality, asked.ages, today)
    existing = spots_together(store, of, today)
    if isinstance(asked.among, int):
        candidates = grid(store, of.municipality, asked.among, today)
    else:
        candidates = sites(store, of.municipality, asked.among, today, samples=of.samples)
    return Placed(propose(known, existing, candidates, asked.count, asked.metres), known, existing, candidates)


def put_on_map(store: Reader, asked: Placing, points: Sequence[Point], layer: str, today: date) -> list[Change]:
    """What places at these points would change, by district of a layer and at the end outside all districts."""
    of = asked.question
    known = people(store, of.municipality, asked.ages, today)
    lon, lat = (np.array([getattr(point, name) for point in points], dtype=np.float64) for name in ("lon", "lat"))
    districts = in_force(store, of.municipality, layer, today)
    return what_if(known, spots_together(store, of, today), Spots(lon, lat), asked.metres, districts)
