"""An invented city: where its people live and its places are, clustered as in a real one and the same each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from tests.bench.made_places import REGION

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED: Final = 500
QUARTERS: Final = 150
NARROW_M, WIDE_M = 300, 3_000
EVENLY: Final = 0.15
SOUTH_WEST: Final = np.array((REGION.west, REGION.south))
NORTH_EAST: Final = np.array((REGION.east, REGION.north))
METRES_PER_DEGREE: Final = (91_700, 110_900)
"""Of longitude and latitude in the middle of the region."""
DESCRIPTION: Final = (
    f"{QUARTERS} quarters in 45 × 55 km, the n-th with 1/n of the first one's people, normally distributed around its "
    f"middle ({NARROW_M}–{WIDE_M:,} m); {EVENLY:.0%} lie evenly over the whole. The same for places. Seed {SEED}."
)


@dataclass(frozen=True, slots=True, eq=False)
class City:
    """The quarters, and the chance that draws from them."""

    chance: np.random.Generator
    middles: NDArray[np.float64]
    """Shape (quarters, 2), degrees, longitude first."""
    spreads: NDArray[np.float64]
    """Shape (quarters, 2): standard deviations in degrees."""
    shares: NDArray[np.float64]

    def positions(self, count: int) -> NDArray[np.float64]:
        """Shape (count, 2), degrees, longitude first; other ones at each call."""
        quarter = self.chance.choice(len(self.shares), count, p=self.shares)
        found = self.chance.normal(self.middles[quarter], self.spreads[quarter])
        anywhere = self.chance.random(count) < EVENLY
        found[anywhere] = _anywhere(self.chance, np.count_nonzero(anywhere))
        found = SOUTH_WEST + np.abs(found - SOUTH_WEST)  # who would live beyond a side lives as far on this side of it
        return NORTH_EAST - np.abs(NORTH_EAST - found)


def city() -> City:
    """The city, always the same."""
    chance = np.random.default_rng(SEED)
    ranks = 1 / np.arange(1, QUARTERS + 1)
    spreads = chance.uniform(NARROW_M, WIDE_M, (QUARTERS, 1)) / np.array(METRES_PER_DEGREE)
    return City(chance, _anywhere(chance, QUARTERS), spreads, ranks / ranks.sum())


def _anywhere(chance: np.random.Generator, count: int) -> NDArray[np.float64]:
    return chance.uniform(SOUTH_WEST, NORTH_EAST, (count, 2))
