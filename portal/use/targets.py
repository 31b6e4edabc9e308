"""What a municipality's plan expects of the portal's own figures in a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from portal.model.indicator import Indicator, Measure
    from portal.store import Reader


class Target(NamedTuple):
    """The figure to be reached in a fiscal year, and the year that the plan says it for."""

    year: int
    figure: float


def target(store: Reader, municipality: str, measure: Measure, year: int) -> Target | None:
    """The target of the first indicator with this measure: for ``year``, else the last that was set before it.

    A plan of one year stands until the next one says something else. None where no plan says anything.
    """
    item = planned(store, municipality, measure, year)
    if item is None:
        return None
    latest = max(_years(item, year))
    return Target(latest, item.targets[f"{latest:04}"])


def planned(store: Reader, municipality: str, measure: Measure, year: int) -> Indicator | None:
    """The indicator that :func:`target` takes its figure from."""
    its = (item for item in store.indicators(municipality) if item.measure is measure and not item.off)
    return next((item for item in its if _years(item, year)), None)


def _years(item: Indicator, year: int) -> list[int]:
    """The years with a target, up to ``year``."""
    return [int(text) for text in item.targets if int(text) <= year]
