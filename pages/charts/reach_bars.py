"""Reach (到達圏): the share of people who have something within each distance on foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import altair as alt

from pages.charts import theme
from pages.charts.labels import fitted
from pages.charts.written import Label, Writing, written
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BAR: Final = 18
"""Pixels of one bar with the room around it."""
HEAD: Final = 20
"""Pixels for a kind's name above its bars."""
SHADES: Final = (theme.DARK, theme.MIDDLE, theme.LIGHT)
"""The nearest is the darkest; with more distances the last shade is used again."""
MARGIN: Final = 110
NAME: Final = Writing(size=theme.SIZE, align="left", upright="bottom", dy=-2, dx=-62, bold=True)
METRES: Final = Writing(align="right", dx=-6)
SHARE: Final = Writing(align="left", dx=5)
KINDS_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class Reached:
    """One kind of place."""

    name: str
    shares: Mapping[int, float | None]
    """By metres on foot, per cent of the people; None where the people are not known."""


@dataclass(frozen=True, slots=True)
class _Bar:
    top: float
    metres: int
    share: float | None
    shade: str


def reach_bars(reached: Sequence[Reached], language: str, width: int = theme.WIDTH) -> theme.Chart:
    """For each kind one bar a distance, from the nearest to the farthest, on one scale from 0 to 100 per cent."""
    shown = reached[:KINDS_MAX]
    bars, heads, height = _laid_out(shown)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 100], nice=False), axis=_axis(language))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[max(height, 1), 0], nice=False))
    rows = [
        {"x": 0, "x2": bar.share or 0, "y": bar.top + 2, "y2": bar.top + BAR - 2, "colour": bar.shade} for bar in bars
    ]
    areas = theme.layer(rows).mark_rect(stroke=theme.DARK, strokeWidth=0.6)
    drawn = areas.encode(x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("colour:N", scale=None))
    chart = alt.layer(drawn, *written(heads, NAME), *_labels(bars, language))
    description = say("charts.reach", language, kinds=len(shown))
    return theme.dressed(chart.properties(width=width - MARGIN, height=height), description, axes="x")


def _laid_out(reached: Sequence[Reached]) -> tuple[list[_Bar], list[Label], int]:
    """Bars and names with their places in pixels from the top, and the whole height."""
    bars, heads, top = [], [], 0
    for item in reached:
        top += HEAD
        heads.append(Label(0, top, fitted(item.name, 40)))
        for at, metres in enumerate(sorted(item.shares)):
            bars.append(_Bar(top, metres, item.shares[metres], SHADES[min(at, len(SHADES) - 1)]))
            top += BAR
        top += BAR // 2
    return bars, heads, top


def _labels(bars: Sequence[_Bar], language: str) -> list[alt.Chart]:
    middle = BAR / 2
    metres = [Label(0, bar.top + middle, say("charts.metres", language, metres=f"{bar.metres:,}")) for bar in bars]
    shares = [Label(bar.share or 0, bar.top + middle, _share(bar.share, language)) for bar in bars]
    return [*written(metres, METRES), *written(shares, SHARE)]


def _share(share: float | None, language: str) -> str:
    return (
        say("charts.people_unknown", language) if share is None else say("charts.share", language, share=f"{share:.1f}")
    )


def _axis(language: str) -> alt.Axis:
    return alt.Axis(title=say("charts.share_of_people", language), values=[0, 25, 50, 75, 100], grid=True)
