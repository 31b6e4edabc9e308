"""Posts by month (月ごとの投稿数), their sum, the year's target, and the forecast with its band."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import altair as alt

from pages.charts import theme
from pages.charts.written import Label, Writing, written
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

HEIGHT: Final = 240
HEADROOM: Final = 1.15
NAME_SIZE: Final = 10
SO_FAR: Final = Writing(align="right", dx=-8, dy=-6, bold=True)
NUMBER: Final = Writing(upright="top", dy=24, bold=True)
"""A month's own number, below its name, where no line crosses it."""
TARGET: Final = Writing(align="left", upright="bottom", dy=-4, bold=True)
FORECAST: Final = Writing(align="right", upright="bottom", dy=-6)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the fiscal year, in its order."""

    first_day: date
    count: int | None
    """What came in it; None for a month that has not been."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What will have come together by the end of a month: likely at least ``low`` and at most ``high``."""

    first_day: date
    total: float
    low: float
    high: float


def months(
    year: Sequence[Month], forecast: Sequence[Expected], target: float | None, language: str, width: int = theme.WIDTH
) -> theme.Chart:
    """Bars for each month and a line for the sum of all until then, on one scale."""
    places = {month.first_day: at for at, month in enumerate(year)}
    counts = [month.count for month in year if month.count is not None]
    sums = list(accumulate(counts))
    coming = _coming(forecast, places, sums)
    top = max([1.0, *sums, target or 0, *(float(row["high"] or 0) for row in coming)]) * HEADROOM
    layers = [
        *_band(coming, language),
        *_come(counts, sums, top),
        *_target(target, language),
        *_ends(sums, language),
    ]
    chart = alt.layer(*layers, _axis(year, language)).properties(width=width - 60, height=HEIGHT)
    return theme.dressed(chart, _description(sums, target, coming, language), axes="y")


def _coming(forecast: Sequence[Expected], places: dict[date, int], sums: Sequence[int]) -> list[theme.Row]:
    """The band from where the line ends."""
    rows: list[theme.Row] = [
        {"x": places[item.first_day] + 0.5, "total": item.total, "low": item.low, "high": item.high}
        for item in forecast
        if item.first_day in places
    ]
    if rows and sums:
        rows.insert(0, {"x": len(sums) - 0.5, "total": sums[-1], "low": sums[-1], "high": sums[-1]})
    return rows


def _band(coming: Sequence[theme.Row], language: str) -> list[alt.Chart]:
    if not coming:
        return []
    x = "x:Q"
    area = theme.layer(coming).mark_area(color=theme.LIGHT).encode(x=x, y="low:Q", y2="high:Q")
    line = theme.layer(coming).mark_line(color=theme.DARK, strokeDash=[2, 3], strokeWidth=2)
    edges = [
        theme.layer(coming).mark_line(color=theme.QUIET, strokeWidth=0.8).encode(x=x, y=alt.Y(f"{edge}:Q"))
        for edge in ("low", "high")
    ]
    end = coming[-1]
    told = say("charts.forecast", language, low=_whole(end["low"]), high=_whole(end["high"]))
    label = Label(float(end["x"] or 0) + 0.5, float(end["high"] or 0), told)
    return [area, *edges, line.encode(x=x, y="total:Q"), *written([label], FORECAST)]


def _come(counts: Sequence[int], sums: Sequence[int], top: float) -> list[alt.Chart]:
    rows = [
        {"x": at + 0.18, "x2": at + 0.82, "middle": at + 0.5, "count": count, "sum": total, "zero": 0}
        for at, (count, total) in enumerate(zip(counts, sums, strict=True))
    ]
    y = alt.Scale(domain=[0, top], nice=False)
    bars = theme.layer(rows).mark_rect(color=theme.MIDDLE, stroke=theme.DARK, strokeWidth=0.6)
    line = theme.layer(rows).mark_line(color=theme.DARK, strokeWidth=2.5, point={"color": theme.DARK, "size": 45})
    numbers = [Label(at + 0.5, 0, f"{count:,}") for at, count in enumerate(counts)]
    return [
        bars.encode(x="x:Q", x2="x2:Q", y=alt.Y("zero:Q", scale=y), y2="count:Q"),
        line.encode(x="middle:Q", y="sum:Q"),
        *written(numbers, NUMBER),
    ]


def _target(target: float | None, language: str) -> list[alt.Chart]:
    if target is None:
        return []
    rule = theme.layer([{"y": target}]).mark_rule(color=theme.INK, strokeWidth=1.8, strokeDash=[8, 4])
    told = say("charts.target", language, target=_whole(target))
    return [rule.encode(y="y:Q"), *written([Label(0, target, told)], TARGET)]


def _ends(sums: Sequence[int], language: str) -> list[alt.Chart]:
    """What has come together, at the line's end."""
    if not sums:
        return []
    return written([Label(len(sums) - 0.5, sums[-1], say("charts.so_far", language, count=f"{sums[-1]:,}"))], SO_FAR)


def _axis(year: Sequence[Month], language: str) -> alt.Chart:
    """The months' names below, as text: 「4月」."""
    rows = [
        {"x": at + 0.5, "y": 0, "text": say("charts.month", language, month=month.first_day.month)}
        for at, month in enumerate(year)
    ]
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, max(len(year), 1)], nice=False))
    y = alt.Y("y:Q", axis=alt.Axis(title=say("charts.posts", language), tickCount=5))
    names = theme.layer(rows).mark_text(baseline="top", dy=7, fontSize=NAME_SIZE, color=theme.INK)
    chart: alt.Chart = names.encode(x=x, y=y, text="text:N")
    return chart


def _description(sums: Sequence[int], target: float | None, coming: Sequence[theme.Row], language: str) -> str:
    parts = [say("charts.months", language, count=sums[-1] if sums else 0)]
    if target is not None:
        parts.append(say("charts.target", language, target=_whole(target)))
    if coming:
        parts.append(say("charts.forecast", language, low=_whole(coming[-1]["low"]), high=_whole(coming[-1]["high"])))
    return " ".join(parts)


def _whole(value: str | float | None) -> str:
    return f"{round(float(value or 0)):,}"
