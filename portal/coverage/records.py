"""The records behind a figure: what counts for a standard in one district, one click away from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.coverage.counting import district_of
from portal.coverage.ground import Ground
from portal.coverage.tagged import of_kind, tagged
from portal.query import Query

if TYPE_CHECKING:
    from datetime import date

    from portal.coverage.tagged import Record
    from portal.model.standard import Standard
    from portal.store import Reader

OUTSIDE = "outside"
"""What a query calls the places that lie in no district of a layer."""


def records(
    store: Reader, standard: Standard, district: str | None, today: date, *, samples: bool = False
) -> list[Record]:
    """What counts for ``standard`` in the district of this id, by name; None asks for what lies in none.

    As many as :attr:`portal.coverage.standing.Standing.records` says.
    """
    ground = Ground(store, standard.municipality, today, samples=samples)
    if standard.goal:
        every = tagged(ground, standard.goal, standard.verified_days)
        found = [one for one in every if district_of(ground, one.id, standard.layer) == district]
    else:
        asked = Query(
            standard.municipality, kinds=(standard.kind,), layer=standard.layer, districts=(district or OUTSIDE,)
        )
        ids = [one.place for one in store.find(asked, today, store.count(asked, today))]
        found = of_kind(ground, standard.kind, ids, standard.verified_days)
    return sorted(found, key=lambda one: (one.name, one.id))
