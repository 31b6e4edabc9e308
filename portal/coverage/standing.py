"""What an assessment says: each standard with every district of its layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.model.standard import CoverageState, StandardRule

if TYPE_CHECKING:
    from portal.model.district import District
    from portal.model.municipality import Layer
    from portal.model.standard import Standard
    from portal.model.survey import Survey


@dataclass(frozen=True, slots=True)
class Standing:
    """One district against one standard."""

    district: District
    state: CoverageState
    figure: float | None
    """In the unit of the standard's ``at_least``; None where the people are unknown that it is measured by."""
    people: int | None
    """People of the standard's ages who live there; None where that is not known."""
    records: int
    """What counts and lies in the district."""
    verified: int
    """Those of them that were verified within the standard's limit; all of them where it has none."""
    survey: Survey | None = None
    """Who looked, where somebody did and it still holds."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """One standard with all districts of its layer that exist today, by name."""

    standard: Standard
    layer: Layer
    standings: tuple[Standing, ...]
    outside: int
    """Records that count and lie in none of these districts."""


def people_unknown(standard: Standard, standing: Standing) -> bool:
    """Whether the state is as it is because nobody knows how many people live there."""
    return standard.rule is not StandardRule.COUNT and standing.figure is None


def affected(standard: Standard, standing: Standing) -> int | None:
    """How many people do without: of a distance those who live farther away, else everybody of the ages.

    None where it is not known; 0 where the district is covered.
    """
    if standing.state is CoverageState.COVERED:
        return 0
    if standing.people is None:
        return None
    if standard.rule is StandardRule.WITHIN and standing.state is CoverageState.SHORT:
        return round(standing.people * (1 - (standing.figure or 0) / 100))
    return standing.people
