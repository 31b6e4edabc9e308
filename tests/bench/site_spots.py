"""Where to open ten more: ``portal.reach.siting.propose`` beside a greedy choice that works out every gain anew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.spatial import cKDTree

from portal.reach import plane
from portal.reach.candidate import Candidate
from portal.reach.people import People
from portal.reach.siting import Pick, Proposal, propose
from portal.reach.spots import Spots
from portal.reach.within import WALK, within
from tests.bench import reach_city, tables

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

PEOPLE, CANDIDATES, EXISTING, PICKS, ROUNDS = 200_000, 2_000, 300, 10, 5
QUICK: Final = (10_000, 200, 30, 10, 2)
METRES: Final = 500
LIMIT_S: Final = 5
MOST_EACH: Final = 6
"""People at one point, from one on: as in a house."""


def run(_folder: Path, *, quick: bool) -> None:
    """Measure both ways, see that they choose the same, print."""
    people, candidates, existing, picks, rounds = QUICK if quick else (PEOPLE, CANDIDATES, EXISTING, PICKS, ROUNDS)
    made = reach_city.city()
    lon, lat = np.ascontiguousarray(made.positions(people).T)
    living = People(lon, lat, made.chance.integers(1, MOST_EACH, people).astype(np.float64), "points")
    there = Spots(*np.ascontiguousarray(made.positions(existing).T))
    spots = [Candidate(f"{at:06}", f"{at}", *spot) for at, spot in enumerate(made.positions(candidates).tolist())]
    ways = {
        "portal.reach.siting.propose": partial(propose, living, there, spots, picks, METRES),
        "numpy, every gain at every step": partial(_plain, living, there, spots, picks),
    }
    proposal, plain = (do() for do in ways.values())
    _compare(proposal, plain)
    first, *others = tables.interleaved(ways, rounds).values()
    first.note = f"limit {LIMIT_S} s: {'kept' if max(first.runs) < LIMIT_S else 'NOT kept'}"
    tables.show(
        f"Siting: {picks} among {candidates:,} candidates for {people:,} people points, {existing:,} places there",
        [first, *others],
        first,
        (reach_city.DESCRIPTION, "Both choose the same spots in the same order.", _said(proposal, living.total)),
    )


def _plain(people: People, existing: Spots, candidates: list[Candidate], picks: int) -> list[tuple[str, float]]:
    """The chosen candidates with what each gained. Everything from the same arrays, on the same plane."""
    left = people.count * ~within(people, existing.lon, existing.lat, METRES)
    on = plane.over(people.lat)
    spots = np.array([(item.lon, item.lat) for item in candidates])
    near = cKDTree(on.xy(people.lon, people.lat)).query_ball_point(on.xy(*spots.T), METRES / WALK)
    reached = [np.array(points, dtype=np.int64) for points in near]
    return [_step(left, reached, candidates) for _ in range(picks)]


def _step(
    left: NDArray[np.float64], reached: list[NDArray[np.int64]], candidates: list[Candidate]
) -> tuple[str, float]:
    gains = np.array([left[points].sum() for points in reached])
    best = int(gains.argmax())
    left[reached[best]] = 0
    return candidates[best].id, float(gains[best])


def _compare(proposal: Proposal, plain: list[tuple[str, float]]) -> None:
    """The same spots for the same gains. These are sums of whole people, so equal to the last digit."""
    chosen: tuple[Pick, ...] = proposal.picks
    if [(pick.candidate.id, pick.gained) for pick in chosen] != plain:
        message = f"The choices differ: {chosen} {plain}"
        raise AssertionError(message)


def _said(proposal: Proposal, total: float) -> str:
    before, after, bound = (
        value / total for value in (proposal.reached_before, proposal.reached_after, proposal.upper_bound)
    )
    return (
        f"Within {METRES} m on foot {before:.1%} are reached before and {after:.1%} after; "
        f"no choice reaches more than {bound:.1%}: a gap of {proposal.gap:.1%} at most."
    )
