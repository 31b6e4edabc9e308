"""A table of a review as a workbook (.xlsx): one sheet of data, one of definitions."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from geodata.report_files.cells import for_spreadsheet, harmless
from geodata.report_files.definitions import definitions
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from portal.model.report_table import Cell, ReportTable

HEAD: Final = PatternFill("solid", fgColor="FF1F4E79")
NAME_MAX: Final = 31
"""Characters of a sheet's name, as Excel has it."""
NOT_IN_NAME: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
NARROWEST, WIDEST = 9, 48
"""Width of a column in half-width characters."""
LOOKED_AT: Final = 200
"""Rows whose text decides how wide a column is."""
DEFINITIONS_WIDTHS: Final = (28, 80, 14)


def write(table: ReportTable, language: str) -> bytes:
    """The workbook as a file; text that could begin a formula is made harmless, numbers stay numbers."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]  # a new book has one plain sheet
    sheet.title = _sheet_name(table.title)
    _data(sheet, table)
    _definitions(book.create_sheet(_apart(say("report_files.definitions", language), sheet.title)), table, language)
    book.properties.title = harmless(table.title)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _data(sheet: Worksheet, table: ReportTable) -> None:
    sheet.append([harmless(column.label) for column in table.columns])
    for row in table.rows:
        sheet.append([for_spreadsheet(cell) for cell in row])
    for number, column in enumerate(table.columns, start=1):
        head = sheet.cell(1, number)
        head.font, head.fill = Font(bold=True, color="FFFFFFFF"), HEAD
        head.alignment = Alignment(wrap_text=True, vertical="top")
        cells = [row[number - 1] for row in table.rows[:LOOKED_AT]]
        sheet.column_dimensions[get_column_letter(number)].width = _width([column.label, *cells])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _definitions(sheet: Worksheet, table: ReportTable, language: str) -> None:
    for line in definitions(table, language):
        sheet.append([harmless(text) for text in line.cells])
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=line.heading)
    for number, width in enumerate(DEFINITIONS_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _sheet_name(title: str) -> str:
    return NOT_IN_NAME.sub(" ", harmless(title)).strip()[:NAME_MAX] or "1"


def _apart(name: str, taken: str) -> str:
    """The name, or another one where a table's title is the same: a book's sheets differ."""
    return f"{name} 2" if name.casefold() == taken.casefold() else name


def _width(cells: Sequence[Cell]) -> int:
    longest = max((_halves(str(cell)) for cell in cells if cell is not None), default=0)
    return max(NARROWEST, min(WIDEST, longest + 2))


def _halves(text: str) -> int:
    """Width in half-width characters; a full-width one counts double."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text[:WIDEST])
