"""A table of a review as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows the encoding."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from geodata.report_files.cells import for_spreadsheet, harmless

if TYPE_CHECKING:
    from portal.model.report_table import ReportTable


def write(table: ReportTable, language: str) -> bytes:  # noqa: ARG001  # every writer takes the language
    """The labels, then the rows; what is not known is empty.

    All text stands in quotes, so that a spreadsheet that cuts at semicolons does not find a formula within.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([harmless(column.label) for column in table.columns])
    writer.writerows([[for_spreadsheet(cell) for cell in row] for row in table.rows])
    return file.getvalue().encode("utf-8-sig")
