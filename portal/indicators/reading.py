"""The indicators of a municipality as they stand, with what the portal counts itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from portal.indicators.progress import Progress, progress
from portal.model.indicator import Measure
from portal.use.counting import by_year
from portal.use.participation import sessions
from portal.use.published import published
from portal.use.years import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from portal.model.indicator import Indicator
    from portal.store import Reader
    from portal.use.published import Published


def read(store: Reader, municipality: str, today: date, *, samples: bool = False) -> list[Progress]:
    """Every indicator of a municipality's plan that is not put aside, in order."""
    wanted = [item for item in store.indicators(municipality) if not item.off]
    measures = {item.measure for item in wanted if item.measure}
    items = published(store, municipality, today, samples=samples) if measures else []
    measured = {measure: measured_by(items, measure, today) for measure in measures}
    return [progress(item, today, measured[item.measure] if item.measure else None) for item in wanted]


def measured_by(items: Sequence[Published], measure: Measure, today: date) -> Mapping[int, int]:
    """What the portal counts itself, by fiscal year up to ``today``; empty where nothing was ever posted."""
    if measure is Measure.POSTS:
        found = Counter(by_year(items))
    else:
        found = Counter[int]()
        for session in (session for one in items for session in sessions(one.post, today)):
            found[fiscal_year(session.day)] += session.people
    if not items:
        return {}
    first = min([fiscal_year(items[0].day), *found])
    return {year: found[year] for year in range(first, fiscal_year(today) + 1)}


def as_json(indicator: Indicator) -> dict[str, object]:
    """An indicator as the machine-readable report has it; a missing value stays null."""
    return {
        "name": indicator.name,
        "unit": indicator.unit,
        "values": dict(sorted(indicator.values.items())),
        "target": dict(sorted(indicator.targets.items())),
    }
