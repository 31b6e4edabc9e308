"""The places and regular activities that reach is measured to, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from portal.model.report_table import ReportColumn, ReportTable
from portal.reach.behind import measured
from portal.reach.how_counted import joined, narrowed
from portal.reach.spots import kinds_asked
from portal.reach.table_choices import district_name, kind_names, layer_wanted, question
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.model.report_table import Cell, Wanted
    from portal.reach.behind import Measured
    from portal.store import Reader

COLUMNS: Final = ("name", "kind", "district", "precision", "verified_on")


def places_table(store: Reader, wanted: Wanted) -> ReportTable:
    """What reach is measured to, by kind and name; choices: kind, weekday and step_free as reach has them, and layer.

    Raises UnknownThingError for a kind or a layer that there is not, InvalidRecordError for no weekday.
    """
    asked, layer = question(wanted), layer_wanted(store, wanted)
    names = kind_names(store, wanted)
    found = measured(store, asked, layer.key if layer else "", wanted.today)
    return ReportTable(
        "places_reached",
        say("reach_records.places_title", wanted.language),
        wanted.municipality,
        wanted.today,
        tuple(_column(key, wanted.language) for key in COLUMNS),
        tuple(_row(item, names, wanted.language, somewhere=layer is not None) for item in found),
        _counted(store, wanted, names, len(found)),
        tuple(dict.fromkeys(item.source for item in found if item.source)),
        tuple(shapely.Point(item.spot.lon, item.spot.lat) for item in found),
        things=tuple(item.spot.id for item in found),
    )


def _counted(store: Reader, wanted: Wanted, names: Mapping[str, str], count: int) -> str:
    asked, language = question(wanted), wanted.language
    kinds = say("reach_records.and", language).join(names[key] for key in kinds_asked(store, asked))
    first = say("reach_records.places_counted", language, count=count, kinds=kinds)
    return joined([first, *narrowed(asked, language)], language)


def _row(item: Measured, names: Mapping[str, str], language: str, *, somewhere: bool) -> tuple[Cell, ...]:
    """One of them; ``somewhere``: whether there are districts in which it could lie."""
    return (
        item.spot.name,
        names[item.kind],
        district_name(item.district, language) if somewhere else None,
        say(f"reach_records.precision_{item.spot.precision}", language),
        item.verified_on.isoformat() if item.verified_on else None,
    )


def _column(key: str, language: str) -> ReportColumn:
    label = say(f"reach_records.places_column_{key}", language)
    return ReportColumn(key, label, say(f"reach_records.places_definition_{key}", language))
