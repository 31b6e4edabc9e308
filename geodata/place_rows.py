"""Rows of a file of places or events, their cells sorted by field, before anything is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geodata.features import text_of
from geodata.geojson import read_features
from geodata.place_columns import Recognised, recognise
from geodata.standard_cells import undone
from geodata.table import read_table, refuse_person_columns
from portal.errors import InvalidRecordError, UnreadableFileError
from portal.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyproj
    from shapely.geometry.base import BaseGeometry

    from geodata.features import Feature
    from geodata.table import TableRow

GEOJSON_ENDINGS: Final = frozenset({".geojson", ".json"})
NO_SHAPE: Final = "polygons.no_geometry"
"""A place may be without a position; its address may give one."""
SHOWN: Final = 80
"""Characters of a cell that a finding repeats."""


class RefusedRowError(InvalidRecordError):
    """Raised when a row cannot go in; the finding names its line."""


@dataclass(slots=True)
class Notes:
    """What is to be said of one row; each thing once."""

    file: str
    line: int
    findings: list[Finding] = field(default_factory=list)

    def doubt(self, key: str, /, **values: object) -> None:
        """Note that the row goes in, but somebody should look."""
        shown = {name: str(value)[:SHOWN] if isinstance(value, str) else value for name, value in values.items()}
        found = Finding(self.line, Severity.DOUBTFUL, key, shown, self.file)
        if found not in self.findings:
            self.findings.append(found)


@dataclass(frozen=True, slots=True)
class Raw:
    """One row: texts by field, and by column where no field takes them."""

    known: Mapping[str, str]
    extra: Mapping[str, str]
    labels: Mapping[str, str]
    """The column's own name by field."""
    notes: Notes
    geometry: BaseGeometry | None = None
    crs: pyproj.CRS | None = None

    def text(self, name: str) -> str:
        """The cell of a field, empty where the file has none."""
        return self.known.get(name, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file with its columns; its rows can be gone through once."""

    file: str
    rows: Iterator[Raw]
    unknown: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    left_out: int = 0
    """Features that are refused for their shape or attributes; they are not among the rows."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the columns of a file are to be understood."""

    aliases: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, str] = field(default_factory=dict)
    """Field by column, over the usual names."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """Text by field, for rows that leave it empty."""


def open_sheet(path: Path, reading: Reading) -> Sheet:
    """The rows of a GeoJSON file, a delimited text or a workbook.

    Raises UnreadableFileError for what is none of these and for a file without a column of names, and
    PersonDataError for columns about persons.
    """
    if path.suffix.lower() in GEOJSON_ENDINGS:
        return _features(path, reading)
    names = [column for column, name in reading.columns.items() if name == "name"]
    table = read_table(path, header_must_have=[(*names, *reading.aliases["name"])])
    found = recognise(table.columns, reading.aliases, reading.columns)
    rows = (_of_table(row, found, reading, table.file) for row in table.rows)
    return Sheet(table.file, rows, found.unknown)


def _features(path: Path, reading: Reading) -> Sheet:
    features = read_features(path)
    refuse_person_columns(features.fields)
    found = recognise(features.fields, reading.aliases, reading.columns)
    if "name" not in found.fields and features.features:
        raise UnreadableFileError("tables.no_header", names=reading.aliases["name"][0])
    findings = tuple(one for one in features.findings if one.key != NO_SHAPE)
    refused = {one.line for one in findings if one.severity is Severity.REFUSED}
    kept = [feature for feature in features.features if feature.number not in refused]
    rows = (_of_feature(feature, found, reading, path.name, features.crs) for feature in kept)
    return Sheet(path.name, rows, found.unknown, findings, len(refused))


def _of_table(row: TableRow, found: Recognised, reading: Reading, file: str) -> Raw:
    notes = Notes(file, row.line)
    for key in row.notes:
        notes.doubt(key)
    known, extra = _sorted(row.values, found, reading)
    return Raw(known, extra, found.fields, notes)


def _of_feature(feature: Feature, found: Recognised, reading: Reading, file: str, crs: pyproj.CRS | None) -> Raw:
    texts = {name: text_of(value) for name, value in feature.properties.items()}
    known, extra = _sorted(texts, found, reading)
    return Raw(known, extra, found.fields, Notes(file, feature.number), feature.geometry, crs)


def _sorted(values: Mapping[str, str], found: Recognised, reading: Reading) -> tuple[dict[str, str], dict[str, str]]:
    known = dict(reading.defaults)
    known |= {name: text for name, column in found.fields.items() if (text := undone(values.get(column, "")))}
    taken = frozenset(found.fields.values())
    return known, {column: undone(text) for column, text in values.items() if column not in taken and text}
