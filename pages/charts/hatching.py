"""Cells with hatching: Vega-Lite has no patterns, so the lines are drawn one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import altair as alt

from pages.charts import theme
from pages.charts.states import LOOKS, Hatching, letter, name
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portal.model.standard import CoverageState

RISING: Final = (
    (0.0, 0.5, 0.25, 0.0),
    (0.0, 1.0, 0.5, 0.0),
    (0.25, 1.0, 0.75, 0.0),
    (0.5, 1.0, 1.0, 0.0),
    (0.75, 1.0, 1.0, 0.5),
)
"""Lines ``/`` through a cell of 1 by 1: x, y from the top, x2, y2."""
FALLING: Final = tuple((1 - x, y, 1 - x2, y2) for x, y, x2, y2 in RISING)
INSET: Final = 0.03
"""Of a cell is left free around it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One state at a column and row, counted from 0 at the left and top."""

    column: int
    row: int
    state: CoverageState
    told: str = ""
    """What stands in the cell's tooltip."""


def drawn(cells: Sequence[Cell], language: str, columns: int, rows: int) -> list[alt.Chart]:
    """The layers: areas, their lines, and symbols with letters; x and y are columns and rows."""
    x, y = (alt.Scale(domain=[0, columns], nice=False), alt.Scale(domain=[rows, 0], nice=False))
    squares = [_square(cell, language) for cell in cells]
    area = (
        theme.layer(squares)
        .mark_rect(stroke=theme.QUIET, strokeWidth=0.6)
        .encode(
            x=alt.X("x:Q", scale=x),
            y=alt.Y("y:Q", scale=y),
            x2="x2:Q",
            y2="y2:Q",
            color=alt.Color("colour:N", scale=None),
            tooltip=alt.Tooltip("told:N", title=say("charts.state", language)),
        )
    )
    return [area, _lines(cells), *_texts(squares)]


def _square(cell: Cell, language: str) -> theme.Row:
    look = LOOKS[cell.state]
    return {
        "x": cell.column + INSET,
        "x2": cell.column + 1 - INSET,
        "y": cell.row + INSET,
        "y2": cell.row + 1 - INSET,
        "middle": cell.column + 0.5,
        "height": cell.row + 0.5,
        "colour": look.colour,
        "ink": look.ink,
        "text": f"{look.symbol} {letter(cell.state, language)}",
        "told": cell.told or name(cell.state, language),
    }


def _lines(cells: Sequence[Cell]) -> alt.Chart:
    rows = [line for cell in cells for line in _hatching(cell)]
    return (
        theme.layer(rows).mark_rule(stroke=theme.QUIET, strokeWidth=0.7).encode(x="x:Q", y="y:Q", x2="x2:Q", y2="y2:Q")
    )


def _hatching(cell: Cell) -> Iterator[theme.Row]:
    hatching = LOOKS[cell.state].hatching
    ruled = {Hatching.PLAIN: (), Hatching.RISING: RISING, Hatching.CROSSED: (*RISING, *FALLING)}[hatching]
    for x, y, x2, y2 in ruled:
        yield {
            "x": _inside(cell.column, x),
            "y": _inside(cell.row, y),
            "x2": _inside(cell.column, x2),
            "y2": _inside(cell.row, y2),
        }


def _inside(start: int, share: float) -> float:
    return round(start + INSET + share * (1 - 2 * INSET), 4)


def _texts(squares: Sequence[theme.Row]) -> list[alt.Chart]:
    """Symbol and letter, upon a broad stroke of the area's colour so that no line runs through them."""
    where = {"x": "middle:Q", "y": "height:Q", "text": alt.Text("text:N")}
    halo = theme.layer(squares).mark_text(fontSize=theme.SIZE, fontWeight="bold", strokeWidth=5, strokeJoin="round")
    ink = theme.layer(squares).mark_text(fontSize=theme.SIZE, fontWeight="bold")
    colour = alt.Stroke("colour:N", scale=None)
    return [halo.encode(**where, stroke=colour), ink.encode(**where, color=alt.Color("ink:N", scale=None))]
