"""Weekday × hour (曜日と時間帯): what is on when, laid out as a timetable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import altair as alt

from pages.charts import theme
from pages.charts.written import Label, Writing, written
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

WEEKDAYS: Final = 7
COLUMN, ROW = 40, 22
SHADES: Final = ("#ffffff", "#dce9f5", "#a9cbe6", "#5f97c8", "#2a5f94", "#0d2f57")
"""From nothing to the most, at least 10 apart in lightness (CIE L*)."""
LIGHT_INK_FROM: Final = 4
"""Shades from this one on bear white numbers."""
DAY: Final = Writing(size=theme.SIZE, upright="bottom", dy=-5)
HOUR: Final = Writing(align="right", dx=-6)

Slot = tuple[int, int | None]
"""Weekday (0 is Monday) and hour of the beginning (0–23, None where it is not known)."""


def heat(counts: Mapping[Slot, int], language: str) -> theme.Chart:
    """Sessions by weekday and hour: a number in each cell, and the darker the more."""
    rows = _rows(counts)
    most = max(counts.values(), default=0)
    cells = [
        _cell((weekday, at), counts.get((weekday, hour), 0), most)
        for weekday in range(WEEKDAYS)
        for at, hour in enumerate(rows)
    ]
    layers = [*_drawn(cells, len(rows)), *_labels(rows, language)]
    chart = alt.layer(*layers).properties(width=COLUMN * WEEKDAYS, height=ROW * len(rows))
    return theme.dressed(chart, say("charts.heat", language, count=sum(counts.values())))


def _rows(counts: Mapping[Slot, int]) -> list[int | None]:
    """The hours from the first to the last at which something is on, and a row for those that are not known."""
    hours = [hour for (_, hour), count in counts.items() if hour is not None and count]
    known: list[int | None] = list(range(min(hours), max(hours) + 1)) if hours else []
    unknown = any(hour is None and count for (_, hour), count in counts.items())
    return [*known, None] if unknown or not known else known


def _cell(at: tuple[int, int], count: int, most: int) -> theme.Row:
    shade = -(-count * (len(SHADES) - 1) // most) if most else 0
    return {
        "x": at[0],
        "x2": at[0] + 1,
        "y": at[1],
        "y2": at[1] + 1,
        "middle": at[0] + 0.5,
        "height": at[1] + 0.5,
        "colour": SHADES[shade],
        "ink": theme.PAPER if shade >= LIGHT_INK_FROM else theme.INK,
        "text": str(count) if count else "",
    }


def _drawn(cells: list[theme.Row], rows: int) -> list[alt.Chart]:
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, WEEKDAYS], nice=False))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[rows, 0], nice=False))
    areas = theme.layer(cells).mark_rect(stroke=theme.LINE, strokeWidth=1)
    numbers = theme.layer(cells).mark_text(fontSize=theme.SIZE)
    return [
        areas.encode(x=x, y=y, x2="x2:Q", y2="y2:Q", color=alt.Color("colour:N", scale=None)),
        numbers.encode(
            x="middle:Q",
            y="height:Q",
            text="text:N",
            color=alt.Color("ink:N", scale=None),
        ),
    ]


def _labels(rows: list[int | None], language: str) -> list[alt.Chart]:
    days = [Label(day + 0.5, 0, say(f"charts.weekday_{day}", language)) for day in range(WEEKDAYS)]
    hours = [
        Label(
            0,
            at + 0.5,
            say("charts.hour_unknown", language) if hour is None else say("charts.hour", language, hour=hour),
        )
        for at, hour in enumerate(rows)
    ]
    return [*written(days, DAY), *written(hours, HOUR)]
