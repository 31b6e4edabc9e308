"""One page about one district, for the table at which its people discuss (話し合いの場)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.coverage.assess import assess
from portal.coverage.gaps import gaps
from portal.coverage.hours import hours, invented
from portal.district_names import short_name
from portal.errors import UnknownThingError
from portal.query import Query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.coverage.gaps import Gap
    from portal.coverage.hours import Hours
    from portal.coverage.standing import Assessed, Standing
    from portal.model.district import District, Population
    from portal.query import Found
    from portal.store import Reader

MOST_THERE: Final = 500
"""More than fits on a page; how many there are in all is said."""
TOUCHING: Final = 0.0001
"""Degrees, about ten metres: outlines drawn apart by less are neighbours."""


@dataclass(frozen=True, slots=True)
class Against:
    """The district and its neighbours against one standard of its layer."""

    assessed: Assessed
    standing: Standing
    neighbours: tuple[Standing, ...]
    """By name."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the page."""

    district: District
    day: date
    standards: tuple[Against, ...]
    population: Population | None
    """The people by age, as far as they were imported for the district's layer."""
    there: tuple[Found, ...]
    """What there is, of daily life, with its next date: the next to take place first, then by name."""
    there_in_all: int
    gaps: tuple[Gap, ...]
    """Of this district, as :func:`portal.coverage.gaps.gaps` orders them."""
    hours: Hours
    neighbours: tuple[District, ...]
    """Districts of the layer that border on it, by name."""


def sheet(store: Reader, district_id: str, today: date, *, samples: bool = False) -> Sheet:
    """The page of a district. Raises UnknownThingError where there is none that exists today."""
    district = store.district(district_id)
    if district is None or not district.exists_on(today):
        raise UnknownThingError("coverage.no_such_district")
    every = assess(store, district.municipality, today, samples=samples)
    its = [item for item in every if item.standard.layer == district.layer]
    beside = neighbours(district, _layer(store, district, today))
    query = Query(district.municipality, layer=district.layer, districts=(district.id,), evacuation=False)
    there = _there(store, query, today, samples=samples)
    return Sheet(
        district=district,
        day=today,
        standards=tuple(_against(item, district, beside) for item in its),
        population=_population(store, district),
        there=there[:MOST_THERE],
        there_in_all=len(there),
        gaps=tuple(gap for gap in gaps(its) if gap.standing.district.id == district.id),
        hours=hours(store, query, today, samples=samples),
        neighbours=tuple(beside),
    )


def neighbours(district: District, others: Sequence[District]) -> list[District]:
    """Those of ``others`` that border on ``district``, in their order."""
    return [item for item in others if item.id != district.id and item.geometry.distance(district.geometry) <= TOUCHING]


def _layer(store: Reader, district: District, today: date) -> list[District]:
    return [item for item in store.districts(district.municipality, district.layer) if item.exists_on(today)]


def _against(assessed: Assessed, district: District, beside: Sequence[District]) -> Against:
    by_id = {one.district.id: one for one in assessed.standings}
    return Against(assessed, by_id[district.id], tuple(by_id[item.id] for item in beside))


def _population(store: Reader, district: District) -> Population | None:
    wanted = short_name(district.name)
    known = store.populations(district.municipality, district.layer)
    return next((item for item in known if short_name(item.district) == wanted), None)


def _there(store: Reader, query: Query, today: date, *, samples: bool) -> tuple[Found, ...]:
    found = store.find(query, today, store.count(query, today))
    if samples:
        return tuple(found)
    made_up = invented(store, [item.place for item in found])
    return tuple(item for item in found if item.place not in made_up)
