"""The numbers of people in need as tables: what everybody may see of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.by_district import in_force
from portal.disclosure.rules import FEW_INHABITANTS, LEAST_FACILITIES, TOO_FEW_INHABITANTS
from portal.disclosure.showing import disclosed
from portal.disclosure.sites import capacities
from portal.disclosure.table_records import (
    OUTSIDE,
    layer_name,
    layer_of,
    needs_imported_table,
    welfare_sites_table,
)
from portal.model.report_table import Behind, ReportColumn, ReportTable
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.disclosure.rules import Figure
    from portal.disclosure.showing import Disclosed
    from portal.disclosure.sites import Capacity
    from portal.model.report_table import Cell, Wanted
    from portal.store import Reader

NEEDS: Final = ("layer", "district", "category", "about", "least", "most", "state", "day")
CAPACITY: Final = ("district", "sites", "places", "unknown", "about", "state", "ratio")
UNITS: Final = {"about": "people", "least": "people", "most": "people", "places": "people", "sites": "sites"}


def needs_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Every number of every layer and its totals, rounded or hidden."""
    shown = disclosed(store, wanted.municipality, wanted.today)
    layers = {it.key: it for it in store.layers(wanted.municipality)}
    outlines = {
        (key, it.name): it.geometry for key in layers for it in in_force(store, wanted.municipality, key, wanted.today)
    }
    days = dict(shown.days)
    rows = tuple(
        (
            layer_name(layers[cell.layer], wanted) if cell.layer in layers else cell.layer,
            cell.district or say("disclosure.total", wanted.language),
            cell.category or say("disclosure.all", wanted.language),
            *_figures(figure),
            _state(figure, shown, wanted),
            days[cell.layer].isoformat(),
        )
        for cell, figure in shown.cells
    )
    areas = tuple(outlines.get((cell.layer, cell.district)) for cell, _ in shown.cells)
    behind = tuple(Behind("needs_imported", {"layer": cell.layer}) for cell, _ in shown.cells)
    made = _table("needs", wanted, NEEDS, rows, areas, shown)
    return replace(made, behind=Behind("needs_imported"), behind_rows=behind)


def welfare_capacity_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Welfare evacuation sites of each district of a layer and their places for each person in need; choice: layer.

    Raises UnknownThingError for a layer that the municipality does not have.
    """
    layer = layer_of(store, wanted)
    shown = disclosed(store, wanted.municipality, wanted.today)
    found = capacities(store, wanted.municipality, layer.key, wanted.today, samples=wanted.samples)
    rows = tuple(_capacity_row(item, shown, wanted) for item in found)
    areas = tuple(item.district.geometry if item.district else None for item in found)
    where = (item.district.id if item.district else OUTSIDE for item in found)
    behind = tuple(Behind("welfare_sites", {"layer": layer.key, "in_district": it}) for it in where)
    made = _table("welfare_capacity", wanted, CAPACITY, rows, areas, shown)
    return replace(made, behind=Behind("welfare_sites", {"layer": layer.key}), behind_rows=behind)


TABLES: Final[Mapping[str, Callable[[Reader, Wanted], ReportTable]]] = {
    "needs": needs_table,
    "welfare_capacity": welfare_capacity_table,
    "welfare_sites": welfare_sites_table,
    "needs_imported": needs_imported_table,
}


def counted(shown: Disclosed, language: str) -> str:
    """How the numbers are counted, rounded and hidden; where nothing is shown, why."""
    limits = {"few": FEW_INHABITANTS, "none": TOO_FEW_INHABITANTS, "facilities": LEAST_FACILITIES}
    if shown.rule is None or shown.reason:
        return say(f"disclosure.nothing_{shown.reason}", language, **limits)
    return say("disclosure.counted", language, threshold=shown.rule.threshold, **limits)


def _table(  # noqa: PLR0913, PLR0917  # a table is made of its name, shape, rows and areas
    name: str,
    wanted: Wanted,
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    areas: tuple[object, ...],
    shown: Disclosed,
) -> ReportTable:
    how = counted(shown, wanted.language)
    if name == "welfare_capacity":
        samples = say("disclosure.with_samples", wanted.language) if wanted.samples else ""
        how = f"{say('disclosure.capacity_counted', wanted.language, facilities=LEAST_FACILITIES)}{samples} {how}"
    return ReportTable(
        name,
        say(f"disclosure.title_{name}", wanted.language),
        wanted.municipality,
        wanted.today,
        tuple(_column(key, wanted.language) for key in columns),
        rows,
        how,
        shown.sources,
        areas,  # type: ignore[arg-type]  # outlines of districts, or None
    )


def _column(key: str, language: str) -> ReportColumn:
    unit = say(f"disclosure.unit_{UNITS[key]}", language) if key in UNITS else ""
    return ReportColumn(key, say(f"disclosure.label_{key}", language), say(f"disclosure.means_{key}", language), unit)


def _figures(figure: Figure | None) -> tuple[int | None, int | None, int | None]:
    return (figure.rounded, figure.interval.low, figure.interval.high) if figure else (None, None, None)


def _state(figure: Figure | None, shown: Disclosed, wanted: Wanted) -> str:
    """Shown, or hidden: never whether it is small itself or protects a small one."""
    if figure:
        return say("disclosure.shown", wanted.language)
    return say("disclosure.not_shown" if shown.reason else "disclosure.hidden", wanted.language)


def _capacity_row(item: Capacity, shown: Disclosed, wanted: Wanted) -> tuple[Cell, ...]:
    name = item.district.name if item.district else say("disclosure.outside", wanted.language)
    ratio = None if item.ratio is None else round(item.ratio, 2)
    about = item.need.rounded if item.need else None
    state = _state(item.need, shown, wanted) if item.district and _counted(item, shown) else None
    return (name, item.sites, item.places, item.unknown, about, state, ratio)


def _counted(item: Capacity, shown: Disclosed) -> bool:
    district = item.district
    return district is not None and any(
        (cell.layer, cell.district, cell.category) == (district.layer, district.name, "") for cell, _ in shown.cells
    )
