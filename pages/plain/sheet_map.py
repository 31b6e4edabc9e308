"""The map on a district's sheet: its outline, and what the lists number; drawn by the server, in black and white."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import shapely
from markupsafe import Markup

from pages.charts.labels import halves
from pages.review.area_map_paper import paper as sheet
from pages.review.area_map_paper import paths
from portal import by_district
from portal.model.kind import EMERGENCY_SITE, WELFARE_SHELTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from pages.plain.here import Here
    from pages.plain.sheet_fit import Paper
    from pages.plain.sheet_rows import Spot
    from pages.review.area_map_paper import Paper as Drawn
    from portal.model.district import District

INK: Final = "#000"
LAND: Final = "#fff"
AROUND: Final = "#ededed"
EDGE: Final = "#8a8a8a"
DOT: Final = 12
FURTHER: Final = 0.2
"""Of the district's width, so much beyond it is on the map; what lies further away is only in the list."""
DIRECTIONS: Final = 12
RINGS: Final = 14
"""A sign that would cover another is set beside its point, in one of so many directions, so many steps away."""
METRES_PER_DEGREE: Final = 111_195
"""Of latitude, on a sphere of 6,371 km."""
SCALES: Final = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
SCALE_PART: Final = 0.3
"""Of the map's width, at most, for the scale."""
FONT: Final = "Noto Sans CJK JP, Noto Sans JP, IPAexGothic, IPAGothic, sans-serif"
PICTURE: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{2:.1f}mm" height="{3:.1f}mm" role="img"'
    ' aria-label="{4}"><rect width="{0}" height="{1}" fill="{5}"/>{6}</svg>'
)
AREA: Final = Markup(
    '<path d="{}" fill="{}" stroke="{}" stroke-width="{}" stroke-linejoin="round" fill-rule="evenodd"/>'
)
LEADER: Final = Markup('<path d="M{:.0f} {:.0f}L{:.0f} {:.0f}" stroke="{}" stroke-width="4"/>')
POINT: Final = Markup('<circle cx="{:.0f}" cy="{:.0f}" r="{}" fill="{}"/>')
BOX: Final = Markup(
    '<rect x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}" rx="{:.0f}" fill="{}" stroke="{}" stroke-width="7"{}/>'
    '<text x="{:.0f}" y="{:.0f}" font-family="{}" font-size="{}" font-weight="700" text-anchor="middle"'
    ' fill="{}">{}</text>'
)
DASHED: Final = Markup(' stroke-dasharray="14 10"')
SCALE: Final = Markup(
    '<rect x="20" y="{0:.0f}" width="{1:.0f}" height="{2:.0f}" fill="#fff"/>'
    '<path d="M30 {3:.0f}v24h{4:.0f}v-24" fill="none" stroke="{5}" stroke-width="6"/>'
    '<text x="42" y="{6:.0f}" font-family="{7}" font-size="{8}" fill="{5}">{9}</text>'
)
NORTH: Final = Markup(
    '<path d="M{0:.0f} {1:.0f}l28 90l-28 -22l-28 22z" fill="{2}"/>'
    '<text x="{0:.0f}" y="{3:.0f}" font-family="{4}" font-size="52" font-weight="700" text-anchor="middle"'
    ' fill="{2}">N</text>'
)


class Map(NamedTuple):
    """The picture, and which spots are on it."""

    svg: Markup
    shown: frozenset[str]
    approximate: bool
    """Whether a sign on it stands only about where the thing is."""


class Sign(NamedTuple):
    """One sign: where its point is and where it stands, in units."""

    text: str
    kind: str
    exact: bool
    x: float
    y: float
    at_x: float
    at_y: float
    wide: float
    high: float

    @property
    def box(self) -> BaseGeometry:
        """What it covers."""
        return shapely.box(
            self.at_x - self.wide / 2, self.at_y - self.high / 2, self.at_x + self.wide / 2, self.at_y + self.high / 2
        )


def drawn(here: Here, district: District, spots: Sequence[tuple[str, Spot]], size: Paper, label: str) -> Map:
    """The map with these spots, each with its kind of evacuation site; ``label`` is read out instead of it."""
    west, south, east, north = district.geometry.bounds
    margin = FURTHER * max(east - west, north - south)
    near = [
        (kind, spot)
        for kind, spot in spots
        if spot.position
        and west - margin <= spot.position.lon <= east + margin
        and south - margin <= spot.position.lat <= north + margin
    ]
    points = [shapely.Point(spot.position.lon, spot.position.lat) for _, spot in near if spot.position]
    on = sheet([district.geometry, *points])
    signs = _placed(on, near, size.mark)
    content = Markup().join((*_areas(here, on, district), *_signs(signs, size.mark), *_furniture(on, size.mark)))
    scale = min(size.map_width / on.width, size.map_height / on.height)
    svg = PICTURE.format(on.width, on.height, on.width * scale, on.height * scale, label, AROUND, content)
    return Map(svg, frozenset(spot.id for _, spot in near), any(not spot.exact for _, spot in near))


def _areas(here: Here, on: Drawn, district: District) -> Iterator[Markup]:
    """The district, and thin around it the others of its layer."""
    view = shapely.box(0, 0, on.width, on.height)
    others = [
        item
        for item in by_district.in_force(here.store, district.municipality, district.layer, here.today)
        if item.id != district.id
    ]
    cut = [shapely.intersection(shapely.make_valid(on.drawn(item.geometry)), view) for item in others]
    areas = [item for item in map(_area_only, cut) if not item.is_empty]
    for path in paths(areas) if areas else ():
        yield AREA.format(path, "none", EDGE, 3)
    yield AREA.format(paths([on.drawn(district.geometry)])[0], LAND, INK, 8)


def _area_only(geometry: BaseGeometry) -> BaseGeometry:
    """Where two only touch, a line or a point is left, which is no area."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def _placed(on: Drawn, near: Sequence[tuple[str, Spot]], size: int) -> list[Sign]:
    placed: list[Sign] = []
    for kind, spot in near:
        if spot.position:
            x, y = on.at(np.array([[spot.position.lon, spot.position.lat]]))[0]
            wide = max(1.3, halves(spot.sign) * 0.58 + 0.5) * size
            sign = Sign(spot.sign, kind, spot.exact, float(x), float(y), float(x), float(y), wide, 1.3 * size)
            placed.append(_free(sign, placed, shapely.box(0, 0, on.width, on.height)))
    return placed


def _free(sign: Sign, others: Sequence[Sign], view: BaseGeometry) -> Sign:
    """The sign at its point, else at the nearest spot beside it where it covers no other, if there is any."""
    taken = [other.box for other in others]
    for tried in _around(sign):
        if view.contains(tried.box) and not any(tried.box.intersects(box) for box in taken):
            return tried
    return sign


def _around(sign: Sign) -> Iterator[Sign]:
    yield sign
    for ring in range(1, RINGS + 1):
        for step in range(DIRECTIONS):
            angle = 2 * math.pi * step / DIRECTIONS
            far = ring * 0.75 * sign.high
            yield sign._replace(at_x=sign.x + far * math.cos(angle), at_y=sign.y + far * math.sin(angle))


def _signs(signs: Sequence[Sign], size: int) -> Iterator[Markup]:
    """Lines and points below all signs."""
    for sign in signs:
        if (sign.at_x, sign.at_y) != (sign.x, sign.y):
            yield LEADER.format(sign.x, sign.y, sign.at_x, sign.at_y, INK)
            yield POINT.format(sign.x, sign.y, DOT, INK)
    for sign in signs:
        yield _box(sign, size)


def _box(sign: Sign, size: int) -> Markup:
    """A number in a circle; flee first: white on black; a shelter: a square; a welfare one: rounded."""
    round_by = {"": sign.high / 2, WELFARE_SHELTER: sign.high / 3}.get(sign.kind, 0)
    black = sign.kind == EMERGENCY_SITE
    return BOX.format(
        sign.at_x - sign.wide / 2,
        sign.at_y - sign.high / 2,
        sign.wide,
        sign.high,
        round_by,
        INK if black else LAND,
        INK,
        "" if sign.exact else DASHED,
        sign.at_x,
        sign.at_y + 0.36 * size,
        FONT,
        size,
        LAND if black else INK,
        sign.text,
    )


def _furniture(on: Drawn, size: int) -> Iterator[Markup]:
    """A scale and where north is."""
    per_metre = on.down / METRES_PER_DEGREE
    fitting = [metres for metres in SCALES if metres * per_metre <= SCALE_PART * on.width]
    if fitting:
        metres, type_size = fitting[-1], round(size * 0.8)
        text = f"{metres} m" if metres < SCALES[4] else f"{metres // SCALES[4]} km"
        bar = metres * per_metre
        wide, high, low = max(bar, halves(text) * type_size * 0.6) + 34, type_size + 50, on.height - 44
        yield SCALE.format(on.height - high - 10, wide, high, low, bar, INK, low - 6, FONT, type_size, text)
    yield NORTH.format(on.width - 60, 30, INK, 175, FONT)
