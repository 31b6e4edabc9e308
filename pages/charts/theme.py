"""What all charts have in common: one typeface, sizes that a phone of 360 pixels can show, lightness before hue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FONT: Final = "Noto Sans CJK JP, sans-serif"
SIZE: Final = 13
SMALL: Final = 11
WIDTH: Final = 320
"""Pixels of a whole chart where nothing else is asked for: it fits a phone without being made smaller."""
INK: Final = "#1a1a1a"
QUIET: Final = "#595959"
LINE: Final = "#c8c8c8"
PAPER: Final = "#ffffff"
DARK: Final = "#1f4e79"
MIDDLE: Final = "#6fa3cf"
LIGHT: Final = "#cfe0ef"
"""Three blues of one hue, 30 and more apart in lightness (CIE L*)."""

Chart = alt.LayerChart | alt.VConcatChart
Row = dict[str, str | float | int | None]


def values(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    """Rows as the data of a chart: whatever a person wrote travels here and nowhere else."""
    return alt.InlineData(values=[dict(row) for row in rows])


def layer(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """A layer of a chart on rows of its own."""
    return alt.Chart(values(rows))


def dressed(chart: Chart, description: str, axes: str = "") -> Chart:
    """The finished chart; ``description`` is read out instead of it (aria-label), ``axes`` names those that show.

    Axes are turned off here and never in a layer: Vega-Lite cannot join a layer without an axis to one that has it.
    """
    dressed_one: Chart = (
        chart.properties(description=description, background=PAPER, padding=6)
        .configure(font=FONT)
        .configure_view(strokeWidth=0)
        .configure_axis(
            labelFontSize=SMALL,
            titleFontSize=SIZE,
            titleFontWeight="normal",
            labelColor=INK,
            titleColor=INK,
            gridColor=LINE,
            domainColor=QUIET,
            tickColor=QUIET,
        )
        .configure_axisX(disable="x" not in axes)
        .configure_axisY(disable="y" not in axes)
        .configure_title(fontSize=SIZE, anchor="start", color=INK, fontWeight="bold")
        .configure_concat(spacing=14)
    )
    return dressed_one
