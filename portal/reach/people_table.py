"""The people that reach is counted with, one by one as they were imported: points, else districts.

These are official statistics of areas; nobody is named in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shapely

from portal.model.district import Population
from portal.model.report_table import ReportColumn, ReportTable
from portal.reach.how_counted import joined, people_told
from portal.reach.people import homes, numbers, of_ages, told_by
from portal.reach.table_choices import ages_name, ages_wanted, district_name
from portal.words import say

if TYPE_CHECKING:
    from shapely import MultiPolygon, Point, Polygon

    from portal.model.people_point import PeoplePoint
    from portal.model.report_table import Cell, Wanted
    from portal.reach.people import Homes
    from portal.store import Reader

COLUMNS: Final = ("name", "people", "source", "as_of")


def people_table(store: Reader, wanted: Wanted) -> ReportTable:
    """For each imported point, else for each district, its people; choices: ages.

    The column of people adds up to those that reach is counted with; who is not known is an empty cell.
    """
    ages, language = ages_wanted(wanted), wanted.language
    known = homes(store, wanted.municipality, wanted.today)
    told, found = told_by(known, ages), of_ages(known, ages)
    counted = say("reach_records.people_counted", language, ages=ages_name(ages, language), total=f"{found.total:,.0f}")
    return ReportTable(
        "people_counted",
        say("reach_records.people_title", language, ages=ages_name(ages, language)),
        wanted.municipality,
        wanted.today,
        tuple(_column(key, language) for key in COLUMNS),
        tuple(_rows(told, _cells(numbers(told, ages)), language)) if told else (),
        joined([counted, people_told(found, language)] if told else [people_told(found, language)], language),
        found.sources,
        _areas(told) if told else (),
    )


def _rows(told: Homes, people: list[Cell], language: str) -> list[tuple[Cell, ...]]:
    names = [district_name(item, language) for item in told.districts] or [_code(item) for item in told.records]
    rows: list[tuple[Cell, ...]] = [
        (name, count, record.source.name if record.source else None, record.as_of.isoformat())
        for name, count, record in zip(names, people, told.records, strict=True)
    ]
    return [*rows, *((district_name(item, language), None, None, None) for item in told.without)]


def _code(record: Population | PeoplePoint) -> str:
    return record.district if isinstance(record, Population) else record.id


def _cells(people: list[float | None]) -> list[Cell]:
    """Whole where all of them are; else a band of ages was cut."""
    if all(count is None or count.is_integer() for count in people):
        return [None if count is None else int(count) for count in people]
    return [None if count is None else round(count, 2) for count in people]


def _areas(told: Homes) -> tuple[Polygon | MultiPolygon | Point, ...]:
    if told.how == "points":
        return tuple(shapely.Point(at) for at in zip(told.lon.tolist(), told.lat.tolist(), strict=True))
    return tuple(item.geometry for item in (*told.districts, *told.without))


def _column(key: str, language: str) -> ReportColumn:
    label = say(f"reach_records.people_column_{key}", language)
    return ReportColumn(key, label, say(f"reach_records.people_definition_{key}", language))
