"""Gaps (足りないところ) in order of the people affected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import altair as alt

from pages.charts import theme
from pages.charts.hatching import Cell, drawn
from pages.charts.labels import fitted
from pages.charts.states import name
from pages.charts.written import Label, Writing, written
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.standard import CoverageState

ROW: Final = 60
"""Pixels of a gap: district, standard, and its bar below."""
SIGN: Final = 44
MOST: Final = 15
"""Gaps on one chart; the table has all."""
NUMBER_ROOM: Final = 1.35
DISTRICT: Final = Writing(size=theme.SIZE, align="left", bold=True)
STANDARD: Final = Writing(size=theme.SIZE, align="left")
NUMBER: Final = Writing(size=theme.SIZE, align="left", dx=5, bold=True)
UNKNOWN: Final = Writing(align="left", dx=4, colour=theme.QUIET)


@dataclass(frozen=True, slots=True)
class Gap:
    """One district in which something is missing."""

    district: str
    standard: str
    state: CoverageState
    people: int | None
    """Of the ages that the standard is for; None where they are not known."""


def gaps_bars(gaps: Sequence[Gap], language: str, width: int = theme.WIDTH) -> theme.Chart:
    """The gaps in the order given, at most 15."""
    shown = gaps[:MOST]
    height = ROW * max(len(shown), 1)
    signs = alt.layer(*_signs(shown, language)).properties(width=SIGN, height=height)
    bars = alt.layer(*_bars(shown, language, width)).properties(width=width - SIGN - 20, height=height)
    description = say("charts.gaps", language, shown=len(shown), count=len(gaps))
    return theme.dressed(alt.vconcat(alt.hconcat(signs, bars, spacing=8)), description)


def _signs(gaps: Sequence[Gap], language: str) -> list[alt.Chart]:
    cells = [Cell(0, at, gap.state, name(gap.state, language)) for at, gap in enumerate(gaps)]
    return drawn(cells, language, 1, max(len(gaps), 1))


def _bars(gaps: Sequence[Gap], language: str, width: int) -> list[alt.Chart]:
    most = max((gap.people or 0 for gap in gaps), default=0) or 1
    x = alt.Scale(domain=[0, most * NUMBER_ROOM], nice=False)
    y = alt.Scale(domain=[max(len(gaps), 1), 0], nice=False)
    rows = [{"x": 0, "x2": gap.people or 0, "y": at + 0.64, "y2": at + 0.92} for at, gap in enumerate(gaps)]
    areas = theme.layer(rows).mark_rect(color=theme.MIDDLE, stroke=theme.DARK, strokeWidth=0.6)
    bars = areas.encode(x=alt.X("x:Q", scale=x), x2="x2:Q", y=alt.Y("y:Q", scale=y), y2="y2:Q")
    return [bars, *_labels(gaps, language, width)]


def _labels(gaps: Sequence[Gap], language: str, width: int) -> list[alt.Chart]:
    room = (width - SIGN - 20) // 7
    districts = [Label(0, at + 0.2, fitted(gap.district, room)) for at, gap in enumerate(gaps)]
    standards = [Label(0, at + 0.46, fitted(gap.standard, room)) for at, gap in enumerate(gaps)]
    numbers = [
        Label(gap.people, at + 0.78, say("charts.people", language, people=f"{gap.people:,}"))
        for at, gap in enumerate(gaps)
        if gap.people is not None
    ]
    unknown = [
        Label(0, at + 0.78, say("charts.people_unknown", language)) for at, gap in enumerate(gaps) if gap.people is None
    ]
    return [
        *written(districts, DISTRICT),
        *written(standards, STANDARD),
        *written(numbers, NUMBER),
        *written(unknown, UNKNOWN),
    ]
