"""What a standard's rule comes to in every district: records, a share of people, or sessions for each thousand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from portal.coverage.nearness import shares_near
from portal.coverage.sessions import sessions
from portal.model.standard import StandardRule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.coverage.counting import Count
    from portal.coverage.ground import Ground
    from portal.model.standard import Standard


class Figure(NamedTuple):
    """In the unit of the standard's ``at_least``; None where the people are unknown."""

    all: float | None
    verified: float | None


def figures(ground: Ground, standard: Standard, counts: Sequence[Count]) -> Sequence[Figure]:
    """The figure of each district of the standard's layer, in its order; ``counts`` are of the same districts."""
    if standard.rule is StandardRule.WITHIN:
        return [Figure(*pair) for pair in shares_near(ground, standard)]
    if standard.rule is StandardRule.SESSIONS:
        return _rates(ground, standard)
    return [Figure(one.records, one.verified) for one in counts]


def _rates(ground: Ground, standard: Standard) -> list[Figure]:
    """Sessions in four weeks for each 1,000 people."""
    every = sessions(ground, standard)
    checked = every if standard.verified_days is None else sessions(ground, standard, verified=True)
    people = ground.inhabitants(standard.layer, standard.ages)
    districts = ground.districts(standard.layer)
    return [
        Figure(_rate(every, item.id, number), _rate(checked, item.id, number))
        for item, number in zip(districts, people, strict=True)
    ]


def _rate(held: Mapping[str | None, int], district: str, people: int | None) -> float | None:
    return held.get(district, 0) * 1000 / people if people else None
