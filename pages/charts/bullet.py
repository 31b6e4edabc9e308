"""Indicators of a plan (指標) as bullet charts: the years' values as bars, the target as a line across them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import altair as alt

from pages.charts import theme
from pages.charts.labels import fitted, plain
from pages.charts.written import Label, Writing, written
from pages.charts.years import fiscal_year
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROW: Final = 24
MARGIN: Final = 156
"""Pixels left of the bars, for the years and the numbers: there no target's line crosses them."""
TITLE_LINES: Final = 3
HEADROOM: Final = 1.08
"""Of the longest bar or the target, so that its line stands within the chart."""
PER_CENT: Final = "%"
MAX_INDICATORS: Final = 60
YEAR: Final = Writing(align="left", dx=6 - MARGIN)
NUMBER: Final = Writing(size=theme.SIZE, align="right", dx=-6, bold=True)
MISSING: Final = Writing(align="right", dx=-6, colour=theme.QUIET)
UNIT_WIDTH: Final = 6
"""Of a unit, in half-width characters."""
TARGET_LINE: Final = 18
"""Pixels above the bars for the words about the target."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One indicator, in the reader's language."""

    name: str
    unit: str
    values: Mapping[str, float | None]
    """By fiscal year, ``"2022"``; None where there is none."""
    target: tuple[str, float] | None = None
    """The year and what is to be reached by its end."""
    so_far: tuple[str, float] | None = None
    """What was reached within the running year, and the words for its day."""


@dataclass(frozen=True, slots=True)
class _Bar:
    label: str
    value: float | None
    latest: bool = False


def bullets(indicators: Sequence[Bullet], language: str, width: int = theme.WIDTH) -> theme.Chart:
    """The indicators below one another, each on a scale of its own."""
    panels = [_panel(item, language, width) for item in indicators[:MAX_INDICATORS]]
    description = say("charts.bullets", language, count=len(indicators))
    return theme.dressed(alt.vconcat(*panels, spacing=22), description)


def _panel(item: Bullet, language: str, width: int) -> alt.LayerChart:
    bars = _bars(item, language)
    most = _most(item, bars)
    x = alt.Scale(domain=[0, most], nice=False)
    y = alt.Scale(domain=[max(len(bars), 1), 0], nice=False)
    layers = [_drawn(bars, x, y), *_numbers(bars, item, language), *_target(item, len(bars), most, language)]
    return alt.layer(*layers, *_title(item, width)).properties(width=width - MARGIN, height=ROW * max(len(bars), 1))


def _title(item: Bullet, width: int) -> list[alt.Chart]:
    """The name over all of the width, above the words about the target."""
    above = TARGET_LINE if item.target else 0
    writing = Writing(theme.SIZE, "left", "bottom", dx=6 - MARGIN, dy=-6 - above, bold=True)
    return written([Label(0, 0, fitted(item.name, width // 7, TITLE_LINES))], writing)


def _bars(item: Bullet, language: str) -> list[_Bar]:
    """The years in their order; the last that has a value is the one that counts."""
    known = [year for year in sorted(item.values) if item.values[year] is not None]
    bars = [
        _Bar(fiscal_year(year, language), item.values[year], bool(known) and year == known[-1] and not item.so_far)
        for year in sorted(item.values)
    ]
    if item.so_far:
        bars.append(_Bar(plain(item.so_far[0]), item.so_far[1], latest=True))
    return bars or [_Bar("", None)]


def _most(item: Bullet, bars: Sequence[_Bar]) -> float:
    values = [bar.value for bar in bars if bar.value is not None]
    longest = max([*values, item.target[1] if item.target else 0.0, 0.0]) or 1.0
    return max(100.0 if item.unit == PER_CENT else 0.0, longest) * HEADROOM


def _drawn(bars: Sequence[_Bar], x: alt.Scale, y: alt.Scale) -> alt.Chart:
    rows = [
        {
            "x": 0,
            "x2": max(bar.value, 0) if bar.value is not None else 0,
            "y": at + 0.14,
            "y2": at + 0.86,
            "colour": theme.DARK if bar.latest else theme.MIDDLE,
        }
        for at, bar in enumerate(bars)
    ]
    chart: alt.Chart = (
        theme.layer(rows)
        .mark_rect()
        .encode(
            x=alt.X("x:Q", scale=x),
            x2="x2:Q",
            y=alt.Y("y:Q", scale=y),
            y2="y2:Q",
            color=alt.Color("colour:N", scale=None),
        )
    )
    return chart


def _numbers(bars: Sequence[_Bar], item: Bullet, language: str) -> list[alt.Chart]:
    years = [Label(0, at + 0.5, fitted(bar.label, 15, 2)) for at, bar in enumerate(bars)]
    numbers = [Label(0, at + 0.5, _amount(bar.value, item)) for at, bar in enumerate(bars) if bar.value is not None]
    missing = [Label(0, at + 0.5, say("charts.no_value", language)) for at, bar in enumerate(bars) if bar.value is None]
    return [*written(years, YEAR), *written(numbers, NUMBER), *written(missing, MISSING)]


def _target(item: Bullet, rows: int, most: float, language: str) -> list[alt.Chart]:
    """A thick line across all bars, with white edges so that it stands out upon them."""
    if item.target is None:
        return []
    year, value = item.target
    place = theme.layer([{"x": value, "y": 0, "y2": rows}])
    told = say("charts.target_by", language, target=_amount(value, item), year=fiscal_year(year, language))
    room = most if value <= most / 2 else value
    words = written([Label(room, 0, told)], Writing(align="right", upright="bottom", dy=-4, bold=True))
    lines = [place.mark_rule(color=theme.PAPER, strokeWidth=6), place.mark_rule(color=theme.INK, strokeWidth=3)]
    where = {"x": "x:Q", "y": "y:Q", "y2": "y2:Q"}
    return [*(line.encode(**where) for line in lines), *words]


def _amount(value: float, item: Bullet) -> str:
    return f"{number(value)}{fitted(item.unit, UNIT_WIDTH)}"


def number(value: float) -> str:
    """``1,234`` or ``47.1``."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
