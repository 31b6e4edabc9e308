"""How a district stands against a standard, from what was counted there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from portal.model.standard import CoverageState

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS: Final[Mapping[CoverageState, int]] = {
    CoverageState.NOT_SURVEYED: 0,
    CoverageState.NONE: 0,
    CoverageState.SHORT: 1,
    CoverageState.STALE: 2,
    CoverageState.COVERED: 3,
}
"""How much of what is expected a state shows. In the first two nothing is known to be there."""
ROUNDING: Final = 1e-9
"""Shares of people are sums of floating-point numbers: 90 % of them must not miss 90 by their last digits."""


class Evidence(NamedTuple):
    """What was counted in one district for one standard."""

    figure: float | None
    """In the unit of the standard's ``at_least``; None where the people are unknown that it is measured by."""
    verified_figure: float | None
    """The same, of what was verified within the standard's limit alone; the same figure where it has no limit."""
    records: int
    surveyed: bool
    """Whether somebody of the office looked, and that still holds."""


def state_of(at_least: float, found: Evidence) -> CoverageState:
    """The state of a district.

    Enough verified is covered; enough only with what nobody verified in time is stale; something but too little is
    short; nothing is none where somebody looked, else not surveyed. Where the people are unknown nothing can be
    said of enough: the district is not surveyed, and none only where there is nothing and somebody looked.
    """
    if found.figure is None or found.verified_figure is None:
        none = not found.records and found.surveyed
        return CoverageState.NONE if none else CoverageState.NOT_SURVEYED
    if found.verified_figure + ROUNDING >= at_least:
        return CoverageState.COVERED
    if found.figure + ROUNDING >= at_least:
        return CoverageState.STALE
    if found.figure > 0 or found.records:
        return CoverageState.SHORT
    return CoverageState.NONE if found.surveyed else CoverageState.NOT_SURVEYED
