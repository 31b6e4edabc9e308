"""What would change if there were more places: people reached before and after, by district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.reach.living import Living
from portal.reach.within import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.district import District
    from portal.reach.people import People
    from portal.reach.spots import Spots


@dataclass(frozen=True, slots=True)
class Change:
    """One district before and after; no district is outside all of them."""

    district: District | None
    people: float
    before: float
    """People reached by what there is."""
    after: float
    """People reached by it and by what is added: never fewer."""


def what_if(
    people: People, existing: Spots, added: Spots, metres: float, districts: Sequence[District] = ()
) -> list[Change]:
    """For each district, and at the end outside them, whom adding spots would reach within ``metres`` on foot.

    Without districts the one change is that of all people.
    """
    living = Living(people, districts)
    before = within(people, existing.lon, existing.lat, metres)
    after = before | within(people, added.lon, added.lat, metres)
    rows = zip([*districts, None], living.sums(), living.sums(before), living.sums(after), strict=True)
    return [Change(*row) for row in rows]
