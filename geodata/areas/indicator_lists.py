"""The indicators of the built-in municipalities' welfare plans (地域福祉計画), with the plans' own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geodata.areas.builtin import known
from geodata.areas.tables import toml
from portal.model.indicator import Indicator, Measure
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

NONE: Final = "none"
"""TOML has no null: the plan says that there is no value."""


def indicators(code: str) -> list[Indicator]:
    """The indicators of a built-in municipality's plan in the order of the plan; none where it has no figures.

    Raises UnknownThingError for a municipality that is not built in.
    """
    plan = toml("indicators").get(known(code))
    if plan is None:
        return []
    source = Source(plan["source"])
    return [_indicator(code, row, source, order) for order, row in enumerate(plan["indicators"])]


def _indicator(code: str, row: Mapping[str, Any], source: Source, order: int) -> Indicator:
    rest = {name: row[name] for name in row if name not in {"values", "targets", "progress", "measure"}}
    return Indicator(
        municipality=code,
        values={year: None if value == NONE else float(value) for year, value in row.get("values", {}).items()},
        targets={year: float(value) for year, value in row.get("targets", {}).items()},
        progress={day: float(value) for day, value in row.get("progress", {}).items()},
        measure=Measure(row["measure"]) if "measure" in row else None,
        source=source,
        order=order,
        **rest,
    )
