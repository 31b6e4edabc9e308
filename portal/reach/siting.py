"""Where one more place would reach most: greedy maximum coverage, and how far from the best it can be at most.

Choosing the spots that reach most people is NP-hard. Taking the spot that adds most, again and again, reaches at least
1 - 1/e (63 %) of what the best choice adds (Nemhauser, Wolsey and Fisher 1978); how near it came this time is known
from a bound made while choosing (Leskovec et al. 2007, "Cost-effective Outbreak Detection in Networks").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.reach.gains import Gains
from portal.reach.within import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.reach.candidate import Candidate
    from portal.reach.people import People
    from portal.reach.spots import Spots

MOST_PICKS: Final = 50
MOST_CANDIDATES: Final = 5_000
LEAST: Final = 1e-6
"""Gains are sums of fractions of people; less than this is rounding, and gains that differ by less are equal."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One chosen spot."""

    candidate: Candidate
    gained: float
    """People whom nothing before it reached."""
    total_share: float
    """Share of all people reached after it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The chosen spots in their order, with what they bring."""

    picks: tuple[Pick, ...]
    """Fewer than were asked for where no further candidate reaches anybody."""
    reached_before: float
    """People."""
    reached_after: float
    upper_bound: float
    """No choice of as many of the candidates reaches more people than this."""
    gap: float
    """Share of the upper bound that the proposal does not reach, 0 to 1; the best choice gains at most that."""


def propose(people: People, existing: Spots, candidates: Sequence[Candidate], count: int, metres: float) -> Proposal:
    """``count`` candidates that together reach most of those whom ``existing`` does not, within ``metres`` on foot.

    Each step takes the candidate with the largest gain, of equal ones the one with the first id. At every step the
    people reached so far and the ``count`` largest gains together bound what any choice can reach; the smallest of
    these sums, and all people near any candidate, is the upper bound.
    Raises InvalidRecordError for more candidates or picks than it is made for.
    """
    if len(candidates) > MOST_CANDIDATES:
        raise InvalidRecordError("reach_siting.too_many_candidates", most=MOST_CANDIDATES)
    if not 1 <= count <= MOST_PICKS:
        raise InvalidRecordError("reach_siting.bad_count", most=MOST_PICKS)
    ordered = sorted(candidates, key=lambda item: item.id)
    left = people.count * ~within(people, existing.lon, existing.lat, metres)
    before = reached = people.total - float(left.sum())
    gains = Gains(people, left, ordered, metres)
    bound = before + gains.all_near
    picks: list[Pick] = []
    while True:
        bound = min(bound, reached + gains.largest(count))
        best, gained = gains.best()
        if len(picks) == count or gained < LEAST:
            break
        gains.take(best)
        reached += gained
        picks.append(Pick(ordered[best], gained, reached / people.total))
    bound = max(bound, reached)  # rounding apart, they are in this order
    return Proposal(tuple(picks), before, reached, bound, 1 - reached / bound if bound else 0.0)
