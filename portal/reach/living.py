"""People added up by the districts that they live in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from portal.assigning import NOWHERE, assign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portal.model.district import District
    from portal.reach.people import People


class Living:
    """Which point lies in which of some districts: the first that holds it, so that all sums add up."""

    def __init__(self, people: People, districts: Sequence[District]) -> None:
        """Find the district of every point."""
        at = assign(np.column_stack((people.lon, people.lat)), [item.geometry for item in districts])
        at[at == NOWHERE] = len(districts)
        self._at, self._count, self._size = at, people.count, len(districts) + 1

    def sums(self, which: NDArray[np.bool_] | None = None) -> list[float]:
        """The people at the chosen points (at all) in each district, and last of all outside them."""
        count = self._count if which is None else self._count * which
        sums: list[float] = np.bincount(self._at, weights=count, minlength=self._size).tolist()
        return sums
