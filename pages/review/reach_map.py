"""Who is reached on foot and who is not, as a picture: squares as large as the people, spots above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely
from markupsafe import Markup

from pages.review.alone import alone as on_its_own
from pages.review.area_map_paper import WIDTH, Paper, paper, paths
from portal.reach.within import within
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from portal.reach.placing import Placed
    from portal.reach.spots import Spots

CELL: Final = 25
"""Units of a picture of :data:`pages.review.area_map_paper.WIDTH`: 80 cells from west to east."""
SIDES: Final = (6, 10, 14, 18, 22)
"""Of a square, by the people in its cell."""
MOST_SPOTS: Final = 1_500
PRESENT: Final = 11
"""Radius of a spot."""
NUMBERED: Final = (("wide", 30, 38), ("narrow", 50, 66))
"""Class, radius and size of type of a proposed spot: for a desk and, larger, for a phone."""


class Way(NamedTuple):
    """How one group of people is drawn: dark where nothing reaches them, light where something does."""

    name: str
    fill: str
    stroke: str
    width: int


WAYS: Final = (
    Way("not_reached", "#5a0f1c", "none", 0),
    Way("gained", "#ffd27a", "#1a1a1a", 3),
    Way("reached", "#86b6d9", "none", 0),
)
PICTURE: Final = Markup('<svg class="area-map" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>')
SQUARES: Final = Markup('<path d="{}" fill="{}" stroke="{}" stroke-width="{}"/>')
RING: Final = Markup('<circle cx="{:.0f}" cy="{:.0f}" r="{}" fill="#ffffff" stroke="#1a1a1a" stroke-width="6"/>')
NUMBER: Final = Markup(
    '<g class="{0}"><circle cx="{1:.0f}" cy="{2:.0f}" r="{3}" fill="#1a1a1a" stroke="#ffffff" stroke-width="6"/>'
    '<text x="{1:.0f}" y="{2:.0f}" font-size="{4}" font-weight="700" fill="#ffffff" text-anchor="middle"'
    ' dominant-baseline="central">{5}</text></g>'
)
SIGN: Final = Markup('<rect x="6" y="6" width="40" height="40" fill="{}" stroke="{}" stroke-width="{}"/>')
SWATCH: Final = Markup('<li><svg width="26" height="26" viewBox="0 0 52 52" aria-hidden="true">{}</svg> {}</li>')
OUTLINES: Final = Markup(
    '<path d="{}" fill="#ffffff" stroke="#595959" stroke-width="3" stroke-linejoin="round" fill-rule="evenodd"/>{}{}'
)


def svg(found: Placed, metres: int, title: str, language: str) -> Markup:
    """The picture with its legend; nothing where it is not known where people live."""
    if not len(found.people.lon):
        return Markup()
    sheet, drawn = _drawn(found, metres)
    items = (SWATCH.format(sign, said) for sign, said in _legend(found, language))
    legend = Markup('<ul class="legend">{}</ul>').format(Markup().join(items))
    return PICTURE.format(sheet.width, sheet.height, title, drawn) + legend


def alone(found: Placed, metres: int, title: str, language: str) -> str:
    """The same as a picture of its own; ``found`` knows where people live."""
    sheet, drawn = _drawn(found, metres)
    return on_its_own((sheet.width, sheet.height), title, drawn, _legend(found, language))


def _drawn(found: Placed, metres: int) -> tuple[Paper, Markup]:
    at = np.column_stack((found.people.lon, found.people.lat))
    outlines = found.areas
    sheet = paper([*outlines, shapely.multipoints(at)])
    lines = "".join(paths([sheet.drawn(item) for item in outlines])) if outlines else ""
    squares = Markup().join(_squares(found, sheet.at(at), metres))
    spots = Markup().join((*_present(sheet, found.existing), *_added(sheet, found)))
    return sheet, OUTLINES.format(lines, squares, spots)


def _squares(found: Placed, units: NDArray[np.float64], metres: int) -> Iterator[Markup]:
    """For each group of people their squares as one path."""
    columns = WIDTH // CELL + 1
    cells, cell = np.unique(
        (units[:, 1] // CELL).astype(int) * columns + (units[:, 0] // CELL).astype(int), return_inverse=True
    )
    sums = np.zeros((len(WAYS), len(cells)))
    np.add.at(sums, (_way(found, metres), cell), found.people.count)
    people, most = sums.sum(axis=0), sums.argmax(axis=0)
    usual = float(np.quantile(people[people > 0], 0.95)) if (people > 0).any() else 1.0
    size = np.clip(np.ceil(np.sqrt(people / usual) * len(SIDES)).astype(int), 1, len(SIDES)) - 1
    for number, way in enumerate(WAYS):
        its = np.flatnonzero((most == number) & (people > 0))
        path = "".join(_square(int(cells[one]), columns, SIDES[size[one]]) for one in its.tolist())
        if path:
            yield SQUARES.format(path, way.fill, way.stroke, way.width)


def _way(found: Placed, metres: int) -> NDArray[np.int64]:
    """For each point of people the index of its way."""
    before = within(found.people, found.existing.lon, found.existing.lat, metres)
    after = within(found.people, found.added.lon, found.added.lat, metres)
    return np.where(before, 2, np.where(after, 1, 0))


def _square(cell: int, columns: int, side: int) -> str:
    inset = (CELL - side) // 2
    x, y = cell % columns * CELL + inset, cell // columns * CELL + inset
    return f"M{x} {y}h{side}v{side}h-{side}z"


def _present(sheet: Paper, spots: Spots) -> Iterator[Markup]:
    units = _on(sheet, spots)
    return (RING.format(x, y, PRESENT) for x, y in units[:MOST_SPOTS].tolist())


def _added(sheet: Paper, found: Placed) -> Iterator[Markup]:
    for number, (x, y) in enumerate(_on(sheet, found.added).tolist(), start=1):
        for shown, radius, size in NUMBERED:
            yield NUMBER.format(shown, x, y, radius, size, number)


def _on(sheet: Paper, spots: Spots) -> NDArray[np.float64]:
    """Spots in units, those that lie beside the sheet left out."""
    units = sheet.at(np.column_stack((spots.lon, spots.lat)))
    return units[((units >= 0) & (units <= (sheet.width, sheet.height))).all(axis=1)]


def _legend(found: Placed, language: str) -> list[tuple[Markup, str]]:
    """The signs, at most 52 units wide and high, and what they mean."""
    items = [
        (SIGN.format(way.fill, way.stroke, way.width), say(f"review_reach.legend_{way.name}", language))
        for way in WAYS
        if way.name != "gained" or len(found.added)
    ]
    items.append((RING.format(26, 26, 16), say("review_reach.legend_present", language)))
    if len(found.added):
        items.append((NUMBER.format("", 26, 26, 22, 30, 1), say("review_reach.legend_added", language)))
    return items
