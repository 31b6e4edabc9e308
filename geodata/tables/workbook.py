"""Rows of a workbook's sheets (.xlsx), their cells as text."""

from __future__ import annotations

import io
import warnings
import zlib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl

from geodata.cells.text import LONGEST
from geodata.tables.header import bounded
from geodata.tables.raw_row import RawRow
from geodata.tables.workbook_check import check_workbook
from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

warnings.filterwarnings("ignore", module=r"openpyxl\.")  # of styles and print areas, which nobody here reads
MOST_LINES: Final = 1_048_576
"""Rows of a sheet; a row that says it is the billionth would be reached through as many empty ones."""
DIGITS: Final = 15
"""What a spreadsheet keeps of a number; the rest is noise of its binary form."""
BROKEN: Final = (
    ParseError,
    BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    EOFError,
    OSError,
    zlib.error,
    NotImplementedError,
)
"""What openpyxl raises for a workbook that is not one, and defusedxml (a ValueError) for entities."""


class Sheet(Protocol):
    """What is used of openpyxl's read-only sheet."""

    def reset_dimensions(self) -> None:
        """Forget what the file says of the sheet's size."""

    def iter_rows(self, *, values_only: bool) -> Iterable[Iterable[object]]:
        """The rows from the top, blank ones too."""


def sheets(data: bytes) -> tuple[Callable[[], Iterator[RawRow]], ...]:
    """For each sheet a function that reads its rows from the top; the line is the row's number in the sheet.

    Raises UnreadableFileError for a damaged workbook, a zip bomb and external entities; reading the rows may, too.
    """
    check_workbook(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except BROKEN as problem:
        raise UnreadableFileError("tables.workbook_damaged") from problem
    found: list[Any] = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]  # no charts
    return tuple(_reader(sheet) for sheet in found)


def _reader(sheet: Sheet) -> Callable[[], Iterator[RawRow]]:
    def read() -> Iterator[RawRow]:
        sheet.reset_dimensions()  # what the file says of its size is often wrong
        try:
            for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                if line > MOST_LINES:
                    raise UnreadableFileError("tables.workbook_damaged")
                yield RawRow(line, _trimmed(cells, line))
        except BROKEN as problem:
            raise UnreadableFileError("tables.workbook_damaged") from problem

    return read


def _trimmed(cells: Iterable[object], line: int) -> list[str]:
    """The cells of a row as text, up to the last that is filled."""
    filled = list(cells)
    while filled and filled[-1] is None:
        filled.pop()
    found = bounded([_text(cell) for cell in filled])
    while found and not found[-1]:
        found.pop()
    if any(len(text) > LONGEST for text in found):
        raise UnreadableFileError("tables.cell_too_long", line=line)
    return found


def _text(cell: object) -> str:  # noqa: PLR0911  # one line for each type that a cell can have
    """A cell as text: days and times in ISO 8601, numbers without ``.0``, a yes as 1."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return format(cell, f".{DIGITS}g")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(cell)
