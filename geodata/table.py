"""A table as municipalities publish it, read row by row: CSV, TSV or a workbook, with its dirt.

Whatever stands before the header is skipped, line numbers are those a reader sees in an editor, no
column is dropped, and a table about persons is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from geodata.cells.encoding import encoding_of
from geodata.cells.text import clean
from geodata.tables import delimited, workbook
from geodata.tables.files import MOST_BYTES, check_lines, is_workbook, read_limited
from geodata.tables.header import find_header, matches
from geodata.tables.persons import refuse_person_columns
from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from geodata.tables.header import Header
    from geodata.tables.raw_row import RawRow

__all__ = ["Table", "TableRow", "read_table", "refuse_person_columns"]

WORKBOOK: Final = "xlsx"
MOST_ROWS: Final = 300_000
TOO_LONG: Final = "tables.row_too_long"
TOO_SHORT: Final = "tables.row_too_short"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of data."""

    line: int
    """Where it begins: line of the file or row of the sheet, from 1."""
    values: dict[str, str]
    """By column, cleaned; every column is there. Cells beyond the header are ``列N``."""
    notes: tuple[str, ...] = ()
    """Phrase keys: the row has more or fewer cells than the header."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its rows can be gone through once and are read as they are asked for."""

    file: str
    encoding: str
    """A Python codec, or ``xlsx``."""
    columns: tuple[str, ...]
    rows: Iterator[TableRow]
    """Raises UnreadableFileError when a row cannot be read (a quote that is never closed) or there are too many."""


def read_table(
    path: Path,
    *,
    header_must_have: Sequence[Sequence[str]] = (),
    most_bytes: int = MOST_BYTES,
    most_rows: int = MOST_ROWS,
) -> Table:
    """The table in a file (.csv, .tsv, .txt, .xlsx).

    ``header_must_have`` holds, for each column that is needed, the names it goes by, compared with
    :func:`geodata.decode.fold_header`; the first row, in the first sheet, that names all of them is the header.
    Raises UnreadableFileError for a file without one, over a limit, in two encodings, and PersonDataError.
    """
    data = read_limited(path, most_bytes)
    if is_workbook(data):
        encoding, sources = WORKBOOK, list(workbook.sheets(data))
    else:
        check_lines(data, most_rows)
        encoding = encoding_of(data)
        sources = [_delimited(data, encoding, header_must_have)]
    header, rows = _first_match(sources, header_must_have)
    refuse_person_columns(header.columns)
    return Table(path.name, encoding, header.columns, _rows(rows, header, most_rows, encoding))


def _delimited(data: bytes, encoding: str, must_have: Sequence[Sequence[str]]) -> Callable[[], Iterator[RawRow]]:
    """A reader with the delimiter that names the most columns, and of those the one with the evenest rows."""

    def fitness(delimiter: str) -> tuple[int, float]:
        seen = delimited.preview(data, encoding, delimiter)
        return matches(seen, must_have), delimited.regularity(seen)

    best = max(delimited.DELIMITERS, key=fitness)
    return lambda: delimited.rows(data, encoding, best)


def _first_match(
    sources: Sequence[Callable[[], Iterator[RawRow]]], must_have: Sequence[Sequence[str]]
) -> tuple[Header, Iterator[RawRow]]:
    """The first source with a header, and its rows after it. Raises UnreadableFileError or PersonDataError."""
    seen: list[RawRow] = []
    for source in sources:
        seen = list(delimited.beginning(source()))
        header = find_header(seen, must_have)
        if header:
            return header, islice(source(), header.skip, None)
    for row in seen:
        refuse_person_columns(row.cells)
    raise UnreadableFileError("tables.no_header", names="、".join(names[0] for names in must_have))


def _rows(rows: Iterator[RawRow], header: Header, most_rows: int, encoding: str) -> Iterator[TableRow]:
    """The rows of data; blank ones are left out. A sheet does not keep empty cells at a row's end."""
    width = len(header.columns)
    count = 0
    for line, cells in rows:
        values = [clean(cell) for cell in cells]
        if not any(values):
            continue
        count += 1
        if count > most_rows:
            raise UnreadableFileError("tables.too_many_rows", most=most_rows)
        if len(values) == width:
            yield TableRow(line, dict(zip(header.columns, values, strict=True)))
        else:
            yield _ragged(line, values, header.columns, may_be_short=encoding == WORKBOOK)


def _ragged(line: int, values: list[str], columns: tuple[str, ...], *, may_be_short: bool) -> TableRow:
    """A row with more or fewer cells than the header; nothing of it is lost."""
    width = len(columns)
    found = dict(zip(columns, values + [""] * (width - len(values)), strict=False))
    surplus = {f"列{order}": value for order, value in enumerate(values[width:], start=width + 1) if value}
    notes = (TOO_LONG,) if surplus else (TOO_SHORT,) if len(values) < width and not may_be_short else ()
    return TableRow(line, found | surplus, notes)
