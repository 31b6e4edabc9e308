"""What a municipality's plan expects of the portal's own figures in a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from portal.model.indicator import Measure
    from portal.store import Reader


class Target(NamedTuple):
    """The figure to be reached in a fiscal year, and the year that the plan says it for."""

    year: int
    figure: float


def target(store: Reader, municipality: str, measure: Measure, year: int) -> Target | None:
    """The target of the first indicator with this measure: for ``year``, else the last that was set before it.

    A plan of one year stands until the next one says something else. None where no plan says anything.
    """
    for item in store.indicators(municipality):
        if item.measure is measure and not item.off:
            years = [int(text) for text in item.targets if int(text) <= year]
            if years:
                return Target(max(years), item.targets[f"{max(years):04}"])
    return None
