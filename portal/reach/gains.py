"""What each candidate would add to those already reached, kept true while candidates are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import csr_array  # type: ignore[import-untyped]  # no types are published for it
from scipy.spatial import cKDTree  # type: ignore[import-untyped]  # the same

from portal.errors import InvalidRecordError
from portal.reach import plane
from portal.reach.within import WALK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portal.reach.candidate import Candidate
    from portal.reach.people import People

MOST_PAIRS: Final = 8_000_000
"""Pairs of a candidate and a point within reach of it; each takes 36 bytes."""
DIGITS: Final = 6


class Gains:
    """The gains of c candidates. Only those that a taken candidate changes are worked out anew (lazy evaluation)."""

    def __init__(
        self, people: People, left: NDArray[np.float64], candidates: Sequence[Candidate], metres: float
    ) -> None:
        """Find who is within reach of which candidate.

        ``left`` are the people of each point whom nothing reaches yet. Raises InvalidRecordError where these are too
        many pairs to hold.
        """
        points = np.flatnonzero(left)
        self._left = left[points]
        self._near = _near(people, points, candidates, metres)
        self._by_point = self._near.tocsc()
        self._gains = self._near @ self._left

    @property
    def all_near(self) -> float:
        """All people whom some candidate would reach."""
        return float(self._left[np.diff(self._by_point.indptr) > 0].sum())

    def largest(self, count: int) -> float:
        """The sum of the ``count`` largest gains."""
        return float(np.sort(self._gains)[-count:].sum())

    def best(self) -> tuple[int, float]:
        """The candidate with the largest gain, the first of equal ones, and that gain."""
        if not len(self._gains):
            return 0, 0.0
        best = int(np.argmax(np.round(self._gains, DIGITS)))
        return best, float(self._gains[best])

    def take(self, candidate: int) -> None:
        """Count the people of a candidate as reached."""
        near = self._row(candidate)
        new = near[self._left[near] > 0]
        self._left[new] = 0
        changed = np.unique(self._by_point[:, new].indices)
        self._gains[changed] = self._near[changed] @ self._left

    def _row(self, candidate: int) -> NDArray[np.int64]:
        first, last = self._near.indptr[candidate : candidate + 2]
        found: NDArray[np.int64] = self._near.indices[first:last]
        return found


def _near(people: People, points: NDArray[np.int64], candidates: Sequence[Candidate], metres: float) -> csr_array:
    """Which of the points each candidate reaches: a matrix of ones, of shape (candidates, points)."""
    if not len(points) or not candidates:
        return csr_array((len(candidates), len(points)))
    on = plane.over(people.lat)
    lon, lat = (np.array([getattr(item, name) for item in candidates]) for name in ("lon", "lat"))
    where, spots = (cKDTree(on.xy(*pair)) for pair in ((people.lon[points], people.lat[points]), (lon, lat)))
    r = metres / WALK
    if spots.count_neighbors(where, r) > MOST_PAIRS:
        raise InvalidRecordError("reach_siting.too_many_pairs")
    pairs = spots.sparse_distance_matrix(where, r, output_type="ndarray")
    ones = np.ones(len(pairs))
    near = csr_array((ones, (pairs["i"], pairs["j"])), shape=(len(candidates), len(points)))
    near.sort_indices()  # two candidates with the same people add them up in the same order
    return near
