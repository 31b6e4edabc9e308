"""The sheet of definitions (定義): what stands in each column, how it is counted, on which day, from which sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.model.report_table import ReportTable
    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet."""

    cells: tuple[str, ...]
    heading: bool = False


def definitions(table: ReportTable, language: str) -> list[Line]:
    """The lines of the sheet, in ``language``."""
    return [*_head(table, language), *_columns(table, language), *_sources(table, language)]


def _head(table: ReportTable, language: str) -> Iterator[Line]:
    yield Line((table.title,), heading=True)
    yield Line((say("report_files.municipality", language), table.municipality))
    yield Line((say("report_files.day", language), table.day.isoformat()))
    yield Line((say("report_files.counted", language), table.counted))
    yield Line((say("report_files.empty", language), say("report_files.empty_meaning", language)))
    yield Line(("",))


def _columns(table: ReportTable, language: str) -> Iterator[Line]:
    words = ("report_files.column", "report_files.definition", "report_files.unit")
    yield Line(tuple(say(key, language) for key in words), heading=True)
    for column in table.columns:
        yield Line((column.label, column.definition, column.unit))
    yield Line(("",))


def _sources(table: ReportTable, language: str) -> Iterator[Line]:
    words = ("report_files.source", "report_files.credit", "report_files.licence")
    yield Line(tuple(say(key, language) for key in words), heading=True)
    for source in table.sources:
        yield Line((source_name(source, language), source.credit, source.licence))
    if not table.sources:
        yield Line((say("report_files.own_records", language),))


def source_name(source: Source, language: str) -> str:
    """The name with the day that it describes, where that is known."""
    if source.as_of is None:
        return source.name
    return say("report_files.source_as_of", language, name=source.name, day=source.as_of.isoformat())
