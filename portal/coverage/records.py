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
        found = [one for one in every(ground, standard) if district_of(ground, one.id, standard.layer) == district]
    else:
        found = every(ground, standard, district or OUTSIDE)
    return sorted(found, key=lambda one: (one.name, one.id))


def every(ground: Ground, standard: Standard, *districts: str) -> list[Record]:
    """What counts for ``standard`` anywhere; what is of a kind within ``districts`` alone where there are any."""
    if standard.goal:
        return tagged(ground, standard.goal, standard.verified_days)
    asked = Query(standard.municipality, kinds=(standard.kind,), layer=standard.layer, districts=districts)
    found = ground.store.find(asked, ground.today, ground.store.count(asked, ground.today))
    return of_kind(ground, standard.kind, [one.place for one in found], standard.verified_days)
