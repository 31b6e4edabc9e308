"""A map that leaves the page: a picture of its own, with its title above and its legend below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from pages.charts.labels import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD, ROW = 110, 80
"""Units for the title, and for each line of the legend."""
PICTURE: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{2}" height="{3}"'
    ' font-family="Noto Sans CJK JP, sans-serif"><style>.narrow{{display:none}}</style>'
    '<rect width="{0}" height="{1}" fill="#ffffff"/><text x="20" y="70" font-size="48" font-weight="600">{4}</text>'
    '<g transform="translate(0 {5})">{6}</g>{7}</svg>'
)
ENTRY: Final = Markup('<g transform="translate(20 {})">{}<text x="92" y="40" font-size="40">{}</text></g>')


def alone(size: tuple[int, int], title: str, drawn: Markup, legend: Sequence[tuple[Markup, str]]) -> str:
    """The picture as SVG, half a pixel a unit; a sign of the legend is at most 72 by 52 units."""
    wide, top = size[0], size[1] + HEAD
    entries = Markup().join(ENTRY.format(top + at * ROW, sign, text) for at, (sign, text) in enumerate(legend))
    high = top + ROW * (len(legend) + 1)
    return str(PICTURE.format(wide, high, wide // 2, high // 2, plain(title), HEAD, drawn, entries))
