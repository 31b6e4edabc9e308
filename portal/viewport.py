"""What is in view: the places of a rectangle of the map, one by one or, where they are many, gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError, UnknownThingError
from portal.query import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.model.municipality import Layer, Municipality
    from portal.query import Query
    from portal.store import Cluster, Reader, Spot

MOST_SPOTS: Final = 1_500
"""Up to so many places are drawn one by one; a browser draws them in about 0.1 s."""


@dataclass(frozen=True, slots=True)
class InView:
    """The places in view: each one, or their clusters."""

    total: int
    spots: tuple[Spot, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    clustered: bool = False


def look(store: Reader, query: Query, view: View, today: date) -> InView:
    """What the rectangle shows of what ``query`` finds."""
    total = store.count_in_view(query, view, today)
    if total > MOST_SPOTS:
        return InView(total, clusters=tuple(store.clusters(query, view, today)), clustered=True)
    return InView(total, spots=tuple(store.spots(query, view, today, MOST_SPOTS)))


def view_from_params(params: Mapping[str, str]) -> View:
    """The rectangle that ``bbox=W,S,E,N`` (degrees) and ``zoom=Z`` stand for.

    Raises InvalidRecordError for what is no rectangle on the globe.
    """
    try:
        west, south, east, north = (float(side) for side in params.get("bbox", "").split(","))
        zoom = int(params.get("zoom", ""))
    except ValueError:
        raise InvalidRecordError("map.no_view") from None
    return View(west, south, east, north, zoom)


def municipality(store: Reader, code: str) -> Municipality:
    """The municipality of this code.

    Raises InvalidRecordError when no code is given, UnknownThingError when the portal does not serve it.
    """
    if not code:
        raise InvalidRecordError("map.municipality_missing")
    for item in store.municipalities():
        if item.code == code:
            return item
    raise UnknownThingError("map.no_municipality", code=code)


def layer(store: Reader, code: str, key: str) -> Layer:
    """A layer of a municipality; raises UnknownThingError when it has none of this key."""
    for item in store.layers(municipality(store, code).code):
        if item.key == key:
            return item
    raise UnknownThingError("map.no_layer", layer=key)
