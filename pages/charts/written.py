"""Text upon a chart at places of its own, of one line or several."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pages.charts import theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

LEADING: Final = 1.25
"""Of a line, in sizes of its type."""
LINES_ABOVE: Final = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
"""Which part of the other lines lies above the text's place."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How text is set."""

    size: float = theme.SMALL
    align: str = "center"
    upright: str = "middle"
    """``top``, ``middle`` or ``bottom``: where the text's place is in it."""
    dx: float = 0
    dy: float = 0
    bold: bool = False
    colour: str = theme.INK


@dataclass(frozen=True, slots=True)
class Label:
    """One text at ``x`` and ``y`` of the chart's scales; its lines are parted by line feeds."""

    x: float
    y: float
    text: str


def written(labels: Sequence[Label], writing: Writing) -> list[alt.Chart]:
    """One layer for each line's distance from its place: Vega sets the first line of several, never their middle."""
    rows: dict[float, list[theme.Row]] = defaultdict(list)
    for label in labels:
        for offset, text in _lines(label, writing):
            rows[offset].append({"x": label.x, "y": label.y, "text": text})
    return [_layer(lines, writing, offset) for offset, lines in sorted(rows.items())]


def _lines(label: Label, writing: Writing) -> Iterator[tuple[float, str]]:
    lines = label.text.split("\n")
    leading = writing.size * LEADING
    first = writing.dy - (len(lines) - 1) * leading * LINES_ABOVE[writing.upright]
    return ((round(first + at * leading, 2), text) for at, text in enumerate(lines))


def _layer(rows: Sequence[theme.Row], writing: Writing, dy: float) -> alt.Chart:
    look: dict[str, Any] = {"align": writing.align, "baseline": writing.upright, "color": writing.colour}
    chart: alt.Chart = (
        theme.layer(rows)
        .mark_text(fontSize=writing.size, fontWeight="bold" if writing.bold else "normal", dx=writing.dx, dy=dy, **look)
        .encode(x="x:Q", y="y:Q", text="text:N")
    )
    return chart
