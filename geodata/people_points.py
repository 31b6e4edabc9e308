"""Where people live: cells of the grid (地域メッシュ統計), points, or parts of town (町丁・字) with their numbers.

e-Stat's files of the grid have two rows at their head: codes of columns (``KEY_CODE``, ``T001101001`` …) and under
them what these mean (「人口（総数）」, 「６５歳以上人口　総数」). Where few live, a cell's numbers are suppressed
(``*``) and counted in another, which ``HTKSAKI`` names and which lists it under ``GASSAN``: nobody is lost or counted
twice.
"""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Final

from geodata import population
from geodata.cells.text import narrow
from geodata.decode import fold_header, read_code, read_date, read_position
from geodata.mesh_codes import middle
from geodata.people_columns import bands_of, people_columns, people_in
from geodata.place_rows import Notes, RefusedRowError
from geodata.table import read_table
from portal.errors import InvalidRecordError, UnreadableFileError
from portal.model.finding import Finding, Severity
from portal.model.people_intake import PeopleIntake, PeopleRow
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geodata.table import Table, TableRow
    from portal.model.district import AgeBand
    from portal.model.position import Point

MESH: Final = ("KEY_CODE", "メッシュコード", "地域メッシュコード", "標準地域メッシュコード", "mesh_code")
LAT: Final = ("緯度", "lat", "latitude", "北緯")
LON: Final = ("経度", "lon", "lng", "longitude", "東経")
MERGED: Final = ("HTKSAKI",)
NAMES: Final = {name: population.NAMES[name] for name in ("area", "as_of", "code", "prefecture")}
SOURCE: Final = Source("人口の地点データ")
GRID: Final = Source(
    "国勢調査 地域メッシュ統計",
    "政府標準利用規約",
    credit="「国勢調査 地域メッシュ統計」（総務省統計局）を加工して作成",
    url="https://www.e-stat.go.jp/gis",
)
CENSUS: Final = {
    "T000847": date(2015, 10, 1),
    "T001101": date(2020, 10, 1),
    "T001141": date(2020, 10, 1),
}
"""The day of the census that a table of e-Stat is of, by the beginning of its columns; of others the import says it."""
TABLE_ID: Final = 7
SHOWN: Final = 80
NAME_MAX: Final = 200


def read(files: Sequence[Path]) -> PeopleIntake:
    """The people of each cell, point or part of town of one or more files.

    Refused: a code that is none, a position outside Japan, a number that is none, and what stands there twice. Cells
    whose numbers are counted in another are passed over and said once. Raises UnreadableFileError, also where cells of
    several sizes are mixed, which would count people twice, and PersonDataError.
    """
    rows: dict[tuple[str, str], PeopleRow] = {}
    findings: list[Finding] = []
    count = 0
    source = SOURCE
    for path in files:
        table = read_table(path, header_must_have=[(*MESH, *LAT, *NAMES["area"])])
        if _column(table.columns, MESH) or _column(table.columns, LAT):
            source = GRID if _column(table.columns, MESH) else SOURCE
            found, said, read_rows = _read_table(table)
        else:
            found, said, read_rows = _read_areas(path)
        count += read_rows
        findings += said
        for row in found:
            known = rows.setdefault((row.authority, row.id), row)
            if known is not row:
                values = {"name": row.id, "first": known.line}
                findings.append(Finding(row.line, Severity.REFUSED, "people_points.twice", values, row.file))
    _check_sizes(rows.values())
    return PeopleIntake(tuple(rows.values()), tuple(findings), count, source)


def _check_sizes(rows: Iterable[PeopleRow]) -> None:
    sizes = {len(row.id) for row in rows if row.position and middle(row.id)}
    if len(sizes) > 1:
        raise UnreadableFileError("people_points.sizes_mixed")


def _read_areas(path: Path) -> tuple[list[PeopleRow], list[Finding], int]:
    """A table by part of town (地域・年齢別人口), whose names are looked up when it is imported."""
    intake = population.read([path])
    rows = [
        PeopleRow(row.line, row.area, row.total, None, row.bands, row.as_of, row.authority, path.name)
        for row in intake.rows
    ]
    return rows, list(intake.findings), intake.read


def _read_table(table: Table) -> tuple[list[PeopleRow], list[Finding], int]:
    """A table of cells or points."""
    first = next(table.rows, None)
    mesh = _column(table.columns, MESH)
    labels = {column: column for column in table.columns}
    rows = table.rows
    if first is not None and mesh and not any(sign.isdigit() for sign in first.values[mesh]):
        labels = first.values
    elif first is not None:
        rows = chain([first], table.rows)
    taker = _Taker(table, labels)
    found = [row for one in rows if (row := taker.take(one))]
    return found, taker.findings(), taker.count


class _Taker:
    """Makes rows of people of a table's rows, and notes what is to be said of them."""

    def __init__(self, table: Table, labels: Mapping[str, str]) -> None:
        """Find the columns; raises UnreadableFileError where none tells how many people there are."""
        self._file, self._columns, self._people = table.file, table.columns, people_columns(labels)
        if not self._people.total:
            raise UnreadableFileError("people_points.no_total")
        names = {"mesh": MESH, "lat": LAT, "lon": LON, "merged": MERGED, **NAMES}
        self._names = {name: _column(table.columns, aliases) for name, aliases in names.items()}
        days = (CENSUS.get(column[:TABLE_ID]) for column in table.columns)
        self._census = next((day for day in days if day), None)
        self._said: list[Finding] = []
        self._hidden: list[int] = []
        self.count = 0

    def take(self, row: TableRow) -> PeopleRow | None:
        """One row; None where it is refused, or where its people are counted in another."""
        self.count += 1
        notes = Notes(self._file, row.line)
        for key in row.notes:
            notes.doubt(key)
        try:
            found = self._row(row, notes)
        except InvalidRecordError as error:
            self._said.append(Finding(row.line, Severity.REFUSED, error.key, error.values, self._file))
            return None
        self._said += notes.findings
        return found

    def findings(self) -> list[Finding]:
        """What there is to say, and at the end how many cells are counted in others."""
        if not self._hidden:
            return self._said
        values = {"count": len(self._hidden)}
        return [*self._said, Finding(self._hidden[0], Severity.DOUBTFUL, "people_points.merged", values, self._file)]

    def _row(self, row: TableRow, notes: Notes) -> PeopleRow | None:
        cell = self._cells(row)
        position, name = self._where(cell, notes)
        total = _number(row.values.get(self._people.total, ""))
        if total is None and cell["merged"].isdigit():
            self._hidden.append(row.line)
            return None
        if total is None:
            raise RefusedRowError("intake.count_suppressed", area=name, column=self._people.total)
        bands = self._bands(row, notes, name)
        return PeopleRow(row.line, name, total, position, bands, self._day(cell), _code(cell, notes), self._file)

    def _cells(self, row: TableRow) -> dict[str, str]:
        return {name: row.values.get(column, "") if column else "" for name, column in self._names.items()}

    def _where(self, cell: Mapping[str, str], notes: Notes) -> tuple[Point, str]:
        """The position and what the row is called."""
        if self._names["mesh"]:
            code = narrow(cell["mesh"]).removesuffix(".0")
            position = middle(code)
            if position is None:
                raise RefusedRowError("people_points.no_such_cell", code=code[:SHOWN])
            return position, code
        found = read_position(cell["lat"], cell["lon"])
        if found.point is None:
            raise RefusedRowError(found.notes[0])
        for key in found.notes:
            notes.doubt(key)
        return found.point, cell["area"][:NAME_MAX] or f"{found.point.lat:.6f},{found.point.lon:.6f}"

    def _bands(self, row: TableRow, notes: Notes, name: str) -> tuple[AgeBand, ...]:
        try:
            return bands_of(row.values, self._people)
        except ValueError:
            notes.doubt("people_points.bad_bands", name=name)
            return ()

    def _day(self, cell: Mapping[str, str]) -> date | None:
        try:
            return read_date(cell["as_of"]) or self._census
        except ValueError:
            raise RefusedRowError("intake.no_such_day", day=cell["as_of"][:SHOWN]) from None


def _number(text: str) -> int | None:
    try:
        return people_in(text)
    except ValueError:
        raise RefusedRowError("intake.bad_count", value=text[:SHOWN]) from None


def _code(cell: Mapping[str, str], notes: Notes) -> str:
    try:
        return read_code(cell["code"], cell["prefecture"])
    except ValueError:
        notes.doubt("intake.bad_code", code=cell["code"])
        return ""


def _column(columns: Sequence[str], names: Sequence[str]) -> str:
    """The first column that goes by one of the names; empty where none does."""
    folded = {fold_header(name) for name in names}
    return next((column for column in columns if fold_header(column) in folded), "")
