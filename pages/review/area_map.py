"""Districts coloured by state, as a picture that the server draws: readable in black and white, each a link."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from pages.charts import states
from pages.charts.labels import plain
from pages.charts.states import LOOKS, Hatching, Look
from pages.review.alone import alone as on_its_own
from pages.review.area_map_names import Ink, names
from pages.review.area_map_paper import paper, paths
from portal.model.standard import CoverageState
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely import MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

LINE: Final = "#404040"
RULE: Final = "#767676"
INK: Final = "#1a1a1a"
NO_STATE: Final = Look("", "#ececec", INK)
"""An area of which no state is told."""
RULED: Final = 26
"""Units from one line of a hatching to the next."""
LINES: Final = {Hatching.RISING: "M0 26L26 0", Hatching.CROSSED: "M0 26L26 0M0 0L26 26"}
PATTERN: Final = Markup(
    '<pattern id="area-{0}" width="{1}" height="{1}" patternUnits="userSpaceOnUse">'
    '<rect width="{1}" height="{1}" fill="{2}"/><path d="{3}" stroke="{4}" stroke-width="2.5" fill="none"/></pattern>'
)
AREA: Final = Markup('<a href="{}"><title>{}</title><path d="{}" fill="{}"/></a>')
STILL: Final = Markup('<g><title>{}</title><path d="{}" fill="{}"/></g>')
PICTURE: Final = Markup(
    '<svg class="area-map" viewBox="0 0 {} {}" role="group" aria-label="{}"><defs>{}</defs>'
    '<g stroke="{}" stroke-width="5" stroke-linejoin="round" fill-rule="evenodd">{}</g>'
    '<g class="names" aria-hidden="true" pointer-events="none" text-anchor="middle" dominant-baseline="central"'
    ' paint-order="stroke" stroke-linejoin="round" font-weight="600">{}</g></svg>'
)
SWATCH: Final = Markup(
    '<li><svg width="36" height="26" viewBox="0 0 72 52" aria-hidden="true">'
    '<rect x="2" y="2" width="68" height="48" fill="{}" stroke="{}" stroke-width="3"/></svg> {}</li>'
)


LAYERS: Final = Markup(
    '<defs>{}</defs><g stroke="{}" stroke-width="5" stroke-linejoin="round" fill-rule="evenodd">{}</g>'
    '<g text-anchor="middle" dominant-baseline="central" paint-order="stroke" stroke-linejoin="round"'
    ' font-weight="600">{}</g>'
)
SIGN: Final = Markup('<rect width="72" height="52" fill="{}" stroke="{}" stroke-width="3"/>')


@dataclass(frozen=True, slots=True)
class Area:
    """One district on the map."""

    name: str
    geometry: Polygon | MultiPolygon
    """Degrees, JGD2011 (EPSG:6668)."""
    state: CoverageState | None
    label: str
    """What is told of it beside its name: state and figure."""
    address: str = ""
    """Where it leads; empty for nowhere."""


def svg(areas: Sequence[Area], title: str, language: str) -> Markup:
    """The picture with its legend; nothing where there is no area. ``title`` is read out instead of it."""
    if not areas:
        return Markup()
    sheet = paper([item.geometry for item in areas])
    drawn = [sheet.drawn(item.geometry) for item in areas]
    shapes = Markup().join(map(_area, areas, paths(drawn)))
    words = Markup().join(text for item, shape in zip(areas, drawn, strict=True) for text in _names(item, shape))
    picture = PICTURE.format(sheet.width, sheet.height, title, patterns(), LINE, shapes, words)
    return picture + legend([item.state for item in areas], language)


def alone(areas: Sequence[Area], title: str, language: str) -> str:
    """The same as a picture of its own, with its title above and its legend below, and no links."""
    sheet = paper([item.geometry for item in areas])
    drawn = [sheet.drawn(item.geometry) for item in areas]
    still = (replace(item, address="") for item in areas)
    shapes = Markup().join(map(_area, still, paths(drawn)))
    words = Markup().join(text for item, shape in zip(areas, drawn, strict=True) for text in _names(item, shape))
    told = _told(Counter(item.state for item in areas), language)
    legend = [(SIGN.format(_fill(state), LINE), said) for state, said in told]
    return on_its_own((sheet.width, sheet.height), title, LAYERS.format(patterns(), LINE, shapes, words), legend)


def patterns() -> Markup:
    """The hatchings of the states."""
    ruled = ((state, look) for state, look in LOOKS.items() if look.hatching is not Hatching.PLAIN)
    return Markup().join(
        PATTERN.format(state.value, RULED, look.colour, LINES[look.hatching], RULE) for state, look in ruled
    )


def legend(found: Sequence[CoverageState | None], language: str) -> Markup:
    """What the colours and lines mean, and how many areas have each."""
    items = [SWATCH.format(_fill(state), LINE, said) for state, said in _told(Counter(found), language)]
    return Markup('<ul class="legend">{}</ul>').format(Markup().join(items))


def _told(counted: Mapping[CoverageState | None, int], language: str) -> Iterator[tuple[CoverageState | None, str]]:
    """Each state with its name and how many areas have it; no state only where some have none."""
    for state in (*CoverageState, None):
        count = counted.get(state, 0)
        if count or state:
            yield state, say("review_coverage.legend", language, state=_name(state, language), count=count)


def _name(state: CoverageState | None, language: str) -> str:
    return states.sign(state, language) if state else say("review_coverage.no_state", language)


def _area(item: Area, path: str) -> Markup:
    told = plain(f"{item.name} {item.label}")
    if item.address:
        return AREA.format(item.address, told, path, _fill(item.state))
    return STILL.format(told, path, _fill(item.state))


def _names(item: Area, shape: BaseGeometry) -> Iterator[Markup]:
    look = LOOKS[item.state] if item.state else NO_STATE
    return names(shape, look.symbol, plain(item.name), Ink(look.ink, look.colour))


def _fill(state: CoverageState | None) -> str:
    if state is None:
        return NO_STATE.colour
    look = LOOKS[state]
    return look.colour if look.hatching is Hatching.PLAIN else f"url(#area-{state.value})"
