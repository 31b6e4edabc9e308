"""Charts as files: SVG and PNG, drawn on this machine without a browser and without a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import vl_convert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.charts.theme import Chart

VEGA_LITE: Final = "6.1"
"""The version that altair 6 writes for."""
NOWHERE: Final[Sequence[str]] = ()
"""The addresses from which a chart may fetch its data: none."""
PICTURE: Final = b"<image"
"""A picture within the picture; text cannot hold it, for it is escaped."""
SCALE: Final = 2.0


def svg(chart: Chart) -> bytes:
    """The chart as SVG in UTF-8; its text stays text.

    Raises ValueError for a chart that would fetch something: vl-convert's list of addresses holds for data alone, the
    pictures of image marks are fetched from anywhere (vl-convert-python 1.9).
    """
    text: str = vl_convert.vegalite_to_svg(chart.to_json(), vl_version=VEGA_LITE, allowed_base_urls=list(NOWHERE))
    drawn = text.encode()
    if PICTURE in drawn:
        raise ValueError("image mark")
    return drawn


def png(chart: Chart, scale: float = SCALE) -> bytes:
    """The chart as PNG, ``scale`` pixels for each of its own; raises as :func:`svg`."""
    return of_svg(svg(chart).decode(), scale)


def of_svg(drawn: str, scale: float = SCALE) -> bytes:
    """Any SVG without pictures in it as PNG, ``scale`` pixels for each of its own; raises ValueError for one with."""
    if PICTURE in drawn.encode():
        raise ValueError("image mark")
    picture: bytes = vl_convert.svg_to_png(drawn, scale=scale)
    return picture
