"""Places counted by district, and districts laid over those of other layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.district import District
    from portal.query import Query
    from portal.store import Reader

SMALLEST_SHARE: Final = 0.01
"""Outlines of two layers never meet exactly; what overlaps by less than a hundredth is a drawing's tolerance."""


@dataclass(frozen=True, slots=True)
class DistrictCount:
    """How many records a query finds in one district; no district is outside all of the layer."""

    district: District | None
    count: int


def in_force(store: Reader, municipality: str, layer: str, today: date) -> list[District]:
    """The districts of a layer that exist today, by name."""
    return [item for item in store.districts(municipality, layer) if item.exists_on(today)]


def counts(store: Reader, query: Query, layer: str, today: date) -> list[DistrictCount]:
    """Every district of a layer with its count, the empty ones too, and at the end what is outside."""
    found = store.count_by_district(query, today, layer)
    districts = in_force(store, query.municipality, layer, today)
    inside = [DistrictCount(item, found.get(item.id, 0)) for item in districts]
    return [*inside, DistrictCount(None, sum(found.values()) - sum(item.count for item in inside))]


def across(store: Reader, district: District, layer: str, today: date) -> list[tuple[District, float]]:
    """The districts of another layer that this one lies in, each with the share of its area, the largest first.

    Shares are of the area in degrees, which over one district's few kilometres differs from the true share by less
    than a thousandth. What lies in none of them makes the shares sum to less than one.
    """
    others = in_force(store, district.municipality, layer, today)
    return shares(district, others)


def shares(district: District, others: Sequence[District]) -> list[tuple[District, float]]:
    """The others that overlap ``district`` with the share of its area, the largest first."""
    area = district.geometry.area
    pairs = [(other, district.geometry.intersection(other.geometry).area / area) for other in others]
    return sorted((pair for pair in pairs if pair[1] >= SMALLEST_SHARE), key=lambda pair: -pair[1])
