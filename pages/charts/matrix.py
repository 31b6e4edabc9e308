"""Districts × standards (充足状況の一覧): which district has what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import altair as alt

from pages.charts import theme
from pages.charts.hatching import Cell, drawn
from pages.charts.labels import fitted, plain
from pages.charts.states import name
from pages.charts.written import Label, Writing, written
from portal.model.standard import CoverageState
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW: Final = 28
COLUMN: Final = 44
"""Pixels of a cell; six columns and the districts' names fit a phone."""
HEAD_WIDTH, HEAD_LINES = 8, 5
NAME_WIDTH, NAME_LINES = 14, 2
"""Of labels, in half-width characters and lines."""
LEGEND_COLUMNS: Final = 2
LEGEND_STEP: Final = 3
"""Cells' widths from one entry of the legend to the next."""
HEAD: Final = Writing(size=10, upright="bottom", dy=-4)
NAME: Final = Writing(align="right", dx=-6)
LEGEND: Final = Writing(size=theme.SIZE, align="left")


@dataclass(frozen=True, slots=True)
class Standing:
    """One district against one standard."""

    district: str
    standard: str
    state: CoverageState


def matrix(standings: Sequence[Standing], language: str) -> theme.Chart:
    """The districts as rows and the standards as columns, both in the order in which they first come."""
    districts = list(dict.fromkeys(item.district for item in standings))
    standards = list(dict.fromkeys(item.standard for item in standings))
    cells = [
        Cell(standards.index(item.standard), districts.index(item.district), item.state, _told(item, language))
        for item in standings
    ]
    size = {"width": COLUMN * max(len(standards), 1), "height": ROW * max(len(districts), 1)}
    layers = [*drawn(cells, language, len(standards), len(districts)), *_heads(standards), *_names(districts)]
    description = say("charts.matrix", language, districts=len(districts), standards=len(standards))
    return theme.dressed(alt.vconcat(legend(language), alt.layer(*layers).properties(**size)), description)


def legend(language: str) -> alt.LayerChart:
    """What the symbols, colours and lines mean, with their names."""
    states = list(CoverageState)
    places = [(at % LEGEND_COLUMNS * LEGEND_STEP, at // LEGEND_COLUMNS) for at in range(len(states))]
    cells = [Cell(column, row, state) for (column, row), state in zip(places, states, strict=True)]
    words = [
        Label(column + 1.1, row + 0.5, name(state, language))
        for (column, row), state in zip(places, states, strict=True)
    ]
    columns, rows = LEGEND_COLUMNS * LEGEND_STEP, places[-1][1] + 1
    layers = [*drawn(cells, language, columns, rows), *written(words, LEGEND)]
    return alt.layer(*layers).properties(width=columns * COLUMN, height=rows * (ROW - 2))


def _told(item: Standing, language: str) -> str:
    return f"{plain(item.district)} / {plain(item.standard)} / {name(item.state, language)}"


def _heads(standards: Sequence[str]) -> list[alt.Chart]:
    labels = [Label(at + 0.5, 0, fitted(text, HEAD_WIDTH, HEAD_LINES)) for at, text in enumerate(standards)]
    return written(labels, HEAD)


def _names(districts: Sequence[str]) -> list[alt.Chart]:
    labels = [Label(0, at + 0.5, fitted(text, NAME_WIDTH, NAME_LINES)) for at, text in enumerate(districts)]
    return written(labels, NAME)
