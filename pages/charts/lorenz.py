"""The Lorenz curve (ローレンツ曲線): how unevenly posts come from groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import altair as alt

from pages.charts import theme
from pages.charts.written import Label, Writing, written
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

MARGIN: Final = 70
TICKS: Final = (0, 25, 50, 75, 100)
EVEN: Final = Writing(align="right", dx=-8, dy=-4, colour=theme.QUIET)
GINI: Final = Writing(size=theme.SIZE, align="left", bold=True)


def lorenz(
    points: Sequence[tuple[float, float]], gini: float | None, language: str, width: int = theme.WIDTH
) -> theme.Chart:
    """The curve through ``points``: share of the groups (0–1, those with least first) and share of the posts."""
    rows = [{"x": groups * 100, "y": posts * 100, "even": groups * 100} for groups, posts in points]
    scale = alt.Scale(domain=[0, 100], nice=False)
    x = alt.X("x:Q", scale=scale, axis=_axis("charts.share_of_groups", language))
    y = alt.Y("y:Q", scale=scale, axis=_axis("charts.share_of_posts", language))
    gap = theme.layer(rows).mark_area(color=theme.LIGHT).encode(x=x, y=y, y2="even:Q")
    even = theme.layer([{"x": 0, "y": 0}, {"x": 100, "y": 100}]).mark_line(color=theme.QUIET, strokeDash=[6, 4])
    curve = theme.layer(rows).mark_line(color=theme.DARK, strokeWidth=2.5)
    labels = written([Label(60, 62, say("charts.even", language))], EVEN)
    if gini is not None:
        labels += written([Label(4, 94, say("charts.gini", language, gini=f"{gini:.2f}"))], GINI)
    side = width - MARGIN
    chart = alt.layer(gap, even.encode(x=x, y=y), curve.encode(x=x, y=y), *labels).properties(width=side, height=side)
    return theme.dressed(chart, say("charts.lorenz", language, gini="–" if gini is None else f"{gini:.2f}"), axes="xy")


def _axis(key: str, language: str) -> alt.Axis:
    return alt.Axis(title=say(key, language), values=list(TICKS), grid=True)
