"""The formats in which a table of a review can be had."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from geodata.report_files import csv_file, geojson_file, geoparquet_file, workbook_file
from geodata.report_files.areas import has_areas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from portal.model.report_table import ReportTable


class Format(NamedTuple):
    """One format."""

    write: Callable[[ReportTable, str], bytes]
    """The table and the reader's language."""
    media_type: str
    ending: str
    """Of the file's name, without its dot."""
    needs_areas: bool = False
    """Whether the format is for tables whose rows lie somewhere."""


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "csv": Format(csv_file.write, "text/csv; charset=utf-8", "csv"),
        "workbook": Format(
            workbook_file.write, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
        ),
        "geojson": Format(geojson_file.write, "application/geo+json", "geojson", needs_areas=True),
        "geoparquet": Format(geoparquet_file.write, "application/vnd.apache.parquet", "parquet", needs_areas=True),
    }
)


def offered(table: ReportTable) -> list[str]:
    """The keys of the formats that can hold the table."""
    return [key for key, item in FORMATS.items() if has_areas(table) or not item.needs_areas]


def file_name(table: ReportTable, ending: str) -> str:
    """``coverage-28210-20261122.csv``: ASCII, so that every header and every disk can hold it."""
    town = "".join(sign for sign in table.municipality if sign.isascii() and sign.isalnum())
    parts = (table.name, town, table.day.strftime("%Y%m%d"))
    return f"{'-'.join(part for part in parts if part)}.{ending}"
