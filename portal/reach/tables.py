"""Reach as tables, as screens, files and reports show it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.errors import UnknownThingError
from portal.model.report_table import ReportColumn, ReportTable
from portal.reach.how_counted import how_counted
from portal.reach.people import people
from portal.reach.people_table import people_table
from portal.reach.places_table import places_table
from portal.reach.reaching import METRES, by_district, reach, spots_together
from portal.reach.siting_table import siting_table
from portal.reach.table_choices import (
    ages_name,
    ages_wanted,
    behind_people,
    behind_places,
    district_name,
    kind_names,
    layer_wanted,
    question,
)
from portal.reach.what_if_table import what_if_table
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.model.report_table import Cell, Wanted
    from portal.reach.people import People
    from portal.reach.reaching import InDistrict, Reached
    from portal.store import Reader

COLUMNS: Final = ("kind", "ages", "metres", "reached", "people", "share", "spots", "approximate")
UNITS: Final = {"metres": "m", "share": "%"}


def reach_table(store: Reader, wanted: Wanted) -> ReportTable:
    """For each kind, span of ages and distance how many people are reached; choices: kind, weekday, step_free."""
    found = reach(store, question(wanted), wanted.today)
    names = kind_names(store, wanted)
    return ReportTable(
        "reach",
        say("reach.title", wanted.language),
        wanted.municipality,
        wanted.today,
        tuple(_column(key, wanted.language) for key in COLUMNS),
        tuple(_row(item, names, wanted.language) for item in found),
        how_counted(question(wanted), [item.people for item in found], found[0].spots, wanted.language),
        tuple(dict.fromkeys(source for item in found for source in item.people.sources)),
        behind=behind_people(replace(wanted, params={})),
        behind_rows=tuple(behind_places(wanted, item.kind) for item in found),
    )


def by_district_table(store: Reader, wanted: Wanted) -> ReportTable:
    """For each district of a layer the people of an age and how many are reached; choices: layer and ages, too.

    Raises UnknownThingError for a layer that the municipality does not have.
    """
    asked, ages = question(wanted), ages_wanted(wanted)
    layer = layer_wanted(store, wanted)
    if layer is None:
        raise UnknownThingError("reach.no_such_layer", layer="")
    found = by_district(store, asked, layer.key, ages, wanted.today)
    known = people(store, wanted.municipality, ages, wanted.today)
    spots = spots_together(store, asked, wanted.today)
    title = {
        "layer": layer.name if wanted.language == "ja" else layer.name_en,
        "ages": ages_name(ages, wanted.language),
    }
    return ReportTable(
        "reach_by_district",
        say("reach.title_by_district", wanted.language, **title),
        wanted.municipality,
        wanted.today,
        _district_columns(wanted.language),
        tuple(_district_row(item, known, wanted.language) for item in found),
        how_counted(asked, [known], spots, wanted.language),
        known.sources,
        tuple(item.district.geometry if item.district else None for item in found),
        behind=behind_places(wanted),
    )


def _column(key: str, language: str) -> ReportColumn:
    label, definition = say(f"reach.column_{key}", language), say(f"reach.definition_{key}", language)
    return ReportColumn(key, label, definition, UNITS.get(key, ""))


def _row(item: Reached, names: Mapping[str, str], language: str) -> tuple[Cell, ...]:
    known = item.people.how != "none"
    return (
        names[item.kind],
        ages_name(item.ages, language),
        item.metres,
        round(item.reached) if item.reached is not None else None,
        round(item.people.total) if known else None,
        round(item.share * 100, 1) if item.share is not None else None,
        len(item.spots),
        item.spots.approximate,
    )


def _district_columns(language: str) -> tuple[ReportColumn, ...]:
    columns = [_column("district", language), _column("people", language)]
    for metres in METRES:
        for key, unit in (("reached", ""), ("share", "%")):
            label = say(f"reach.column_{key}_within", language, metres=metres)
            definition = say(f"reach.definition_{key}_within", language, metres=metres)
            columns.append(ReportColumn(f"{key}_{metres}", label, definition, unit))
    return tuple(columns)


def _district_row(item: InDistrict, known: People, language: str) -> tuple[Cell, ...]:
    """One district; where some have no figures, one without people is taken to be one of them: not known, not zero."""
    name = district_name(item.district, language)
    if known.unknown and not item.people:
        return (name, *[None] * (1 + 2 * len(METRES)))
    cells: list[Cell] = [name, round(item.people)]
    for metres in METRES:
        share = round(item.reached[metres] / item.people * 100, 1) if item.people else None
        cells += [round(item.reached[metres]), share]
    return tuple(cells)


TABLES: Final[Mapping[str, Callable[[Reader, Wanted], ReportTable]]] = {
    "reach": reach_table,
    "reach_by_district": by_district_table,
    "siting": siting_table,
    "what_if": what_if_table,
    "places_reached": places_table,
    "people_counted": people_table,
}
