"""A table of a review as it leaves the portal: on a screen, in a file, beside a chart and in a report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from shapely import MultiPolygon, Point, Polygon

    from portal.model.source import Source

Cell = str | int | float | None
"""None is "not known", which is never 0; it is written as an empty cell."""


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column."""

    key: str
    """In small Latin letters: the field's name in GeoJSON and GeoParquet."""
    label: str
    """In the reader's language."""
    definition: str
    """What stands in it and how it is counted, in one sentence."""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """The records behind a figure: the table that lists them one by one."""

    table: str
    """Key in :mod:`portal.review_tables`."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """With which it lists these and no others."""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Rows of one kind, with what makes them understood."""

    name: str
    """Key in :mod:`portal.review_tables`; the file's name."""
    title: str
    municipality: str
    day: date
    """The day on which it was counted."""
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    counted: str
    """How it is counted, in a few sentences: the rule, and what is left out."""
    sources: tuple[Source, ...] = ()
    areas: tuple[Polygon | MultiPolygon | Point | None, ...] = ()
    """For each row its district or spot, degrees, JGD2011 (EPSG:6668); empty where rows lie nowhere."""
    behind: Behind | None = None
    """What all of it is counted from; None where its rows are records themselves."""
    behind_rows: tuple[Behind | None, ...] = ()
    """What each row is counted from; empty where no row has records of its own."""
    things: tuple[str, ...] = ()
    """For each row the id of the place, post or group that it is, or nothing; empty where rows are none."""

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns, or areas and records that do not fit the rows."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise InvalidRecordError("report_table.bad_rows")
        if any(given and len(given) != len(self.rows) for given in (self.areas, self.behind_rows, self.things)):
            raise InvalidRecordError("report_table.bad_rows")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a table."""

    municipality: str
    today: date
    language: str = "ja"
    params: Mapping[str, str] = field(default_factory=dict)
    """Choices of the table by name, ``layer``, ``metres`` …, as an address has them."""
    samples: bool = False
    """Whether sample content (見本) counts; it never does unless somebody asks for it."""
