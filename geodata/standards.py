"""Standards (整備の目安) as a table that staff can fill in: CSV or a workbook in, CSV out.

One row is one standard, in the order in which it is listed. 種別 or 目標 names what counts, 区域の種類 the layer, both
as they are called in the portal or by their keys; 数え方 is か所数, 徒歩圏 or 開催数.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geodata.decode import fold_header
from geodata.standard_cells import COLUMNS, NEEDED, Known, standard_of, undone
from geodata.standard_writing import write
from geodata.table import read_table
from portal.errors import InvalidRecordError
from portal.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from geodata.table import TableRow
    from portal.model.goal import Goal
    from portal.model.kind import Kind
    from portal.model.municipality import Layer
    from portal.model.standard import Standard

__all__ = ["StandardIntake", "StandardRow", "read", "write"]

MOST_ROWS: Final = 200
MOST_BYTES: Final = 2**20


@dataclass(frozen=True, slots=True)
class StandardRow:
    """One standard with its line."""

    line: int
    standard: Standard
    file: str = ""


@dataclass(frozen=True, slots=True)
class StandardIntake:
    """All rows of one or more files."""

    rows: tuple[StandardRow, ...]
    findings: tuple[Finding, ...]
    read: int
    """Data rows in the files, the refused ones counted."""

    @property
    def standards(self) -> list[Standard]:
        """The standards, in order."""
        return [row.standard for row in self.rows]


def read(
    files: Sequence[Path], municipality: str, kinds: Sequence[Kind], layers: Sequence[Layer], goals: Sequence[Goal] = ()
) -> StandardIntake:
    """The standards of one or more tables, numbered in the order in which they stand there.

    Refused, with its line: a row without a kind or goal and layer that the municipality has, one whose numbers cannot
    be read or mean nothing, and one that stands there twice. Raises UnreadableFileError and PersonDataError.
    """
    known = Known(municipality, kinds, layers, goals)
    rows: list[StandardRow] = []
    findings: list[Finding] = []
    lines: dict[str, int] = {}
    count = 0
    for path in files:
        needed = [COLUMNS[name] for name in NEEDED]
        table = read_table(path, header_must_have=needed, most_bytes=MOST_BYTES, most_rows=MOST_ROWS)
        fields = _fields(table.columns)
        for row in table.rows:
            count += 1
            try:
                new = standard_of(_cells(row, fields), known, lines)
            except InvalidRecordError as error:
                findings.append(Finding(row.line, Severity.REFUSED, error.key, error.values, table.file))
            else:
                lines[new.key] = row.line
                findings += [Finding(row.line, Severity.DOUBTFUL, key, {}, table.file) for key in row.notes]
                rows.append(StandardRow(row.line, replace(new, order=len(rows)), table.file))
    return StandardIntake(tuple(rows), tuple(findings), count)


def _fields(columns: Sequence[str]) -> dict[str, str]:
    """The column of each field that the table has, by the usual names."""
    by_name = {fold_header(column): column for column in reversed(columns)}
    found = {
        name: next((by_name[one] for one in map(fold_header, usual) if one in by_name), "")
        for name, usual in COLUMNS.items()
    }
    return {name: column for name, column in found.items() if column}


def _cells(row: TableRow, fields: Mapping[str, str]) -> dict[str, str]:
    return {name: undone(row.values.get(column, "")) for name, column in fields.items()}
