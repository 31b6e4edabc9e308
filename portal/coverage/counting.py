"""How many records count for a standard in every district."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from portal.coverage.tagged import tagged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.coverage.ground import Ground
    from portal.model.standard import Standard


class Count(NamedTuple):
    """Records of one district."""

    records: int
    verified: int


NOTHING = Count(0, 0)


def counted(ground: Ground, standard: Standard) -> Mapping[str | None, Count]:
    """By district id what counts for ``standard``; None is outside. Districts without anything are left out."""
    if standard.goal:
        return _of_goal(ground, standard)
    tally = ground.tally(standard.layer, standard.verified_days).get(standard.kind, ())
    unlimited = standard.verified_days is None
    return {one.district: Count(one.records, one.records if unlimited else one.verified) for one in tally}


def _of_goal(ground: Ground, standard: Standard) -> dict[str | None, Count]:
    found: dict[str | None, Count] = defaultdict(lambda: NOTHING)
    for record in tagged(ground, standard.goal, standard.verified_days):
        district = district_of(ground, record.id, standard.layer)
        known = found[district]
        found[district] = Count(known.records + 1, known.verified + record.verified)
    return found


def district_of(ground: Ground, record: str, layer: str) -> str | None:
    """The id of the district of a layer that a place or post lies in; None is outside."""
    its = ground.store.memberships(record)
    return next((one.district for one in its if one.layer == layer), None)
