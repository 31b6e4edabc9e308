"""Welfare evacuation sites (福祉避難所) of each district against the number of people in need that is shown of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.by_district import in_force
from portal.disclosure.rules import LEAST_FACILITIES
from portal.disclosure.showing import disclosed
from portal.model.kind import WELFARE_SHELTER

if TYPE_CHECKING:
    from datetime import date

    from portal.disclosure.rules import Figure
    from portal.model.district import District
    from portal.model.place import Place
    from portal.store import Reader


@dataclass(frozen=True, slots=True)
class Capacity:
    """The welfare evacuation sites of one district."""

    district: District | None
    """None is outside of all districts of the layer."""
    sites: int
    places: int
    """Sum of the capacities that are known (想定収容人数)."""
    unknown: int
    """Sites whose capacity is not known; they are not in ``places``."""
    need: Figure | None
    """People in need, as shown; None where that is hidden or not known."""

    @property
    def ratio(self) -> float | None:
        """Places for each person in need; None where those are not shown, or fewer than three sites are counted."""
        known = self.sites - self.unknown
        return self.places / self.need.rounded if self.need and known >= LEAST_FACILITIES else None


def capacities(store: Reader, municipality: str, layer: str, today: date, *, samples: bool = False) -> list[Capacity]:
    """Every district of a layer, and outside where there is a site; samples (見本) count only where asked for."""
    membership = {item.place: item.district for item in store.memberships_of(municipality) if item.layer == layer}
    by_district: dict[str | None, list[Place]] = defaultdict(list)
    for place in store.places_of(municipality):
        if place.facts.kind == WELFARE_SHELTER and place.gone_on is None and (samples or not place.sample):
            by_district[membership.get(place.id)].append(place)
    shown = disclosed(store, municipality, today)
    districts = in_force(store, municipality, layer, today)
    found = [_capacity(it, by_district.pop(it.id, []), shown.figure(layer, it.name)) for it in districts]
    outside = [place for places in by_district.values() for place in places]
    return [*found, *([_capacity(None, outside, None)] if outside else [])]


def _capacity(district: District | None, sites: list[Place], need: Figure | None) -> Capacity:
    known = [it.facts.shelter.capacity for it in sites if it.facts.shelter and it.facts.shelter.capacity is not None]
    return Capacity(district, len(sites), sum(known), len(sites) - len(known), need)
