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
    shown = disclosed(store, municipality, today)
    return [
        _capacity(it, places, shown.figure(layer, it.name) if it else None)
        for it, places in sites(store, municipality, layer, today, samples=samples)
        if it or places
    ]


def sites(
    store: Reader, municipality: str, layer: str, today: date, *, samples: bool = False
) -> list[tuple[District | None, list[Place]]]:
    """The welfare evacuation sites of every district of a layer that exists today, at the end those outside of all."""
    membership = {item.place: item.district for item in store.memberships_of(municipality) if item.layer == layer}
    by_district: dict[str | None, list[Place]] = defaultdict(list)
    for place in store.places_of(municipality):
        if place.facts.kind == WELFARE_SHELTER and place.gone_on is None and (samples or not place.sample):
            by_district[membership.get(place.id)].append(place)
    districts = in_force(store, municipality, layer, today)
    found: list[tuple[District | None, list[Place]]] = [(it, by_district.pop(it.id, [])) for it in districts]
    return [*found, (None, [place for places in by_district.values() for place in places])]


def capacity_of(site: Place) -> int | None:
    """How many people a site is meant for (想定収容人数); None where it is not known."""
    return site.facts.shelter.capacity if site.facts.shelter else None


def _capacity(district: District | None, places: list[Place], need: Figure | None) -> Capacity:
    known = [capacity for capacity in map(capacity_of, places) if capacity is not None]
    return Capacity(district, len(places), sum(known), len(places) - len(known), need)
