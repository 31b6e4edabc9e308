"""How many people of some ages live in each district, as the population by district says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.district_names import short_name
from portal.model.standard import EVERYBODY
from portal.reach.people import people_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from portal.model.district import District, Population
    from portal.model.standard import Ages


def inhabitants(populations: Iterable[Population], districts: Sequence[District], ages: Ages) -> list[int | None]:
    """People of ``ages`` by district, in the order of ``districts``; None where no figure holds them all.

    A district is found by its short name, as outlines and figures name it differently (平岡小学校, 平岡).
    """
    known = {short_name(item.district): item for item in populations}
    return [_of(known.get(short_name(item.name)), ages) for item in districts]


def _of(population: Population | None, ages: Ages) -> int | None:
    if population is None or not _complete(population, ages):
        return None
    return round(people_of(population, ages))


def _complete(population: Population, ages: Ages) -> bool:
    """Whether the bands leave out no age of the span: suppressed ones are not known, and are never taken for zero."""
    if ages == EVERYBODY:
        return True
    reached = ages.low
    for band in sorted(population.bands, key=lambda one: one.low):
        if band.low <= reached and (band.high is None or band.high >= reached):
            if band.high is None or (ages.high is not None and band.high >= ages.high):
                return True
            reached = band.high + 1
    return False
