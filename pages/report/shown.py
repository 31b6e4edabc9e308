"""Tables of a review as paper shows them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from portal.model.report_table import Cell, ReportTable
    from portal.model.source import Source

ROWS_MAX: Final = 200
"""Of one table in the report; the files have all."""
WIDE_FROM: Final = 8
"""Tables with so many columns lie across the page."""
UNKNOWN: Final = "―"
DIGITS: Final = 2
SHORT: Final = 8
"""Characters of a text that stays in one line, whatever stands beside it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    label: str
    unit: str
    definition: str
    look: str
    """``number`` (set to the right), ``short`` (never wrapped) or nothing."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One table."""

    columns: list[Column]
    rows: list[list[str]]
    left_out: int
    wide: bool
    gaps: bool
    """Whether something is not known, so that the sign for it is explained."""
    sources: list[Source]


def shown(table: ReportTable) -> Shown:
    """The table with its numbers as people write them, cut at 200 rows."""
    rows = table.rows[:ROWS_MAX]
    columns = [
        Column(item.label, item.unit, item.definition, _look([row[at] for row in rows]))
        for at, item in enumerate(table.columns)
    ]
    cells = [[cell_text(cell) for cell in row] for row in rows]
    return Shown(
        columns,
        cells,
        len(table.rows) - len(rows),
        len(columns) >= WIDE_FROM,
        any(text == UNKNOWN for row in cells for text in row),
        list(dict.fromkeys(table.sources)),
    )


def cell_text(cell: Cell) -> str:
    """``1,234``, ``47.1``, text as it is, a dash for what is not known."""
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return UNKNOWN
    if isinstance(cell, str):
        return cell
    whole = isinstance(cell, int) or cell.is_integer()
    return f"{cell:,.0f}" if whole else f"{cell:,.{DIGITS}f}".rstrip("0")


def _look(cells: list[Cell]) -> str:
    known = [cell for cell in cells if cell is not None]
    if known and all(isinstance(cell, int | float) for cell in known):
        return "number"
    return "short" if all(len(cell_text(cell)) <= SHORT for cell in known) else ""
