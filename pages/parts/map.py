"""The map of a screen: places in view, districts, and what was clicked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from pages import wiring
from pages.parts import base_map, map_frame
from portal.errors import PortalError
from portal.model.position import Point
from portal.query import to_params

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.parts.visit import Visit
    from portal.query import Query

ID_MAX: Final = 300


@dataclass(frozen=True, slots=True)
class MapClick:
    """What a reader pressed on the map, told once."""

    place: str = ""
    """Id of a place whose sign was pressed."""
    district: str = ""
    """Id of the district under the pressed point."""
    point: Point | None = None
    """The pressed point, when it was no place's sign."""
    details: bool = False
    """Whether the link to all details of the place, or to the list of the district, was pressed."""


def show(  # noqa: PLR0913  # a map has as many wishes; all but the key are named by their caller
    key: str,
    *,
    centre: Point,
    zoom: int,
    params: Mapping[str, str],
    language: str,
    height: int,
    layer: str | None = None,
    colour_by_count: bool = False,
    here: Point | None = None,
) -> MapClick | None:
    """Draw the map; what was clicked since the last run comes back, once.

    ``params`` are those of :func:`portal.query.to_params`; ``layer`` is the layer whose districts are outlined, that
    of ``params`` where it is not given; ``height`` is in screen points. The frame stays as it is when they change:
    only what is drawn in it changes.
    """
    wishes = {
        "centre": [centre.lat, centre.lon],
        "zoom": zoom,
        "params": dict(params),
        "layer": params.get("layer", "") if layer is None else layer,
        "language": language,
        "colour": colour_by_count,
        "here": [here.lat, here.lon] if here else None,
        "tiles": base_map.tiles(wiring.settings().basemap),
    }
    return _once(key, map_frame.draw(wishes, key, height))


def of_query(key: str, visit: Visit, query: Query, height: int, here: Point | None) -> MapClick | None:
    """The map of what ``query`` finds, where it measures from or, if from nowhere, over the municipality."""
    town = visit.municipality
    return show(
        key,
        centre=query.near or town.centre,
        zoom=town.zoom,
        params=to_params(query),
        language=visit.language,
        height=height,
        here=here,
    )


def of_counts(key: str, visit: Visit, query: Query, height: int, district: str) -> MapClick | None:
    """The map that colours each district by how much of what ``query`` finds is there, ``district`` marked."""
    return show(
        key,
        centre=visit.municipality.centre,
        zoom=visit.municipality.zoom,
        params=to_params(query) | {"district": district},
        language=visit.language,
        height=height,
        colour_by_count=True,
    )


def _once(key: str, answer: Any) -> MapClick | None:  # noqa: ANN401  # whatever the browser sends
    """The click that ``answer`` tells, unless it was told before: a component goes on giving its last answer."""
    if not isinstance(answer, dict) or "serial" not in answer:
        return None
    told, serial = f"{key}_told", str(answer["serial"])
    if st.session_state.get(told) == serial:
        return None
    st.session_state[told] = serial
    return read(answer)


def read(answer: Mapping[str, Any]) -> MapClick | None:
    """The click that the browser told of; None for what no map of ours would send."""
    place, district, point = answer.get("place", ""), answer.get("district", ""), answer.get("point")
    if not all(isinstance(text, str) and len(text) <= ID_MAX for text in (place, district)):
        return None
    try:
        at = Point(*(float(degrees) for degrees in point)) if point else None
    except (PortalError, TypeError, ValueError):
        return None
    return MapClick(place, district, at, answer.get("details") is True)
