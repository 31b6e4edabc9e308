"""Which share of a district's people has something near: on foot, across the district's borders too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from portal.coverage.tagged import of_kind, tagged
from portal.find import EVERYWHERE
from portal.model.position import Precision
from portal.query import Query
from portal.reach.within import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from portal.coverage.ground import Ground, Living
    from portal.coverage.tagged import Record
    from portal.model.standard import Standard

MOST_SPOTS: Final = 10_000_000
"""More than a municipality could have: nothing is cut off."""


def shares_near(ground: Ground, standard: Standard) -> Sequence[tuple[float | None, float | None]]:
    """Per cent of the people of each district that have at least one within the metres; of all, of what is verified.

    In the order of the layer's districts; None where nobody knows where the people live. What is known only by its
    district is near to nobody.
    """
    living = ground.living(standard.layer, standard.ages)
    spots = [one for one in _records(ground, standard) if one.position and one.precision is not Precision.DISTRICT]
    size = len(ground.districts(standard.layer))
    every = _shares(living, spots, standard.metres or 0, size)
    if standard.verified_days is None:
        return list(zip(every, every, strict=True))
    return list(
        zip(every, _shares(living, [one for one in spots if one.verified], standard.metres or 0, size), strict=True)
    )


def _shares(living: Living, spots: Sequence[Record], metres: int, size: int) -> list[float | None]:
    lon = np.array([one.position.lon for one in spots if one.position], dtype=np.float64)
    lat = np.array([one.position.lat for one in spots if one.position], dtype=np.float64)
    near = within(living.people, lon, lat, metres)
    inside = living.district >= 0
    total = _sums(living, inside, size)
    reached = _sums(living, inside & near, size)
    return [100 * some / people if people else None for some, people in zip(reached, total, strict=True)]


def _sums(living: Living, which: NDArray[np.bool_], size: int) -> list[float]:
    found: list[float] = np.bincount(living.district[which], living.people.count[which], minlength=size).tolist()
    return found


def _records(ground: Ground, standard: Standard) -> list[Record]:
    """What counts for the standard: places of its kind and the regular activities of groups, or what has its goal."""
    if standard.goal:
        return tagged(ground, standard.goal, standard.verified_days)
    query = Query(ground.municipality, kinds=(standard.kind,))
    ids = [spot.id for spot in ground.store.spots(query, EVERYWHERE, ground.today, MOST_SPOTS)]
    return of_kind(ground, standard.kind, ids, standard.verified_days)
