"""Every standard of a municipality held against every district."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.coverage.counting import NOTHING, counted
from portal.coverage.ground import Ground
from portal.coverage.measuring import figures
from portal.coverage.standing import Assessed, Standing
from portal.coverage.states import Evidence, state_of
from portal.coverage.surveyed import holding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.coverage.counting import Count
    from portal.coverage.measuring import Figure
    from portal.model.district import District
    from portal.model.standard import Standard
    from portal.model.survey import Survey
    from portal.store import Reader


def assess(store: Reader, municipality: str, today: date, *, samples: bool = False) -> list[Assessed]:
    """The standards that are not put aside, in their order, each with the districts of its layer in force today.

    Samples count where ``samples`` says so, which has to be said beside every figure then.
    """
    ground = Ground(store, municipality, today, samples=samples)
    surveys = store.surveys(municipality)
    return [_assessed(ground, item, surveys) for item in store.standards(municipality) if not item.off]


def _assessed(ground: Ground, standard: Standard, surveys: Sequence[Survey]) -> Assessed:
    districts = ground.districts(standard.layer)
    by_district = counted(ground, standard)
    counts = [by_district.get(item.id, NOTHING) for item in districts]
    found = figures(ground, standard, counts)
    people = ground.inhabitants(standard.layer, standard.ages)
    looked = holding(surveys, standard, ground.today)
    standings = [
        _standing(standard, item, looked.get(item.id), (count, figure, number))
        for item, count, figure, number in zip(districts, counts, found, people, strict=True)
    ]
    outside = sum(one.records for one in by_district.values()) - sum(one.records for one in counts)
    return Assessed(standard, ground.layer(standard.layer), tuple(standings), outside)


def _standing(
    standard: Standard, district: District, survey: Survey | None, found: tuple[Count, Figure, int | None]
) -> Standing:
    count, figure, people = found
    evidence = Evidence(figure.all, figure.verified, count.records, survey is not None)
    state = state_of(standard.at_least, evidence)
    return Standing(district, state, figure.all, people, count.records, count.verified, survey)
