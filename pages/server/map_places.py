"""``/map/places``: the places in view as GeoJSON, one by one or gathered in clusters."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pages import wiring
from pages.server import packed, params
from portal.clock import today
from portal.viewport import InView, look, view_from_params

if TYPE_CHECKING:
    from datetime import date

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.query import Query, View
    from portal.store import Reader

DIGITS = 6
"""Decimal places of a degree; the sixth is a tenth of a metre."""


def answer(request: Request) -> Response:
    """The FeatureCollection for ``bbox``, ``zoom``, ``municipality`` and the parameters of Find.

    A plain function, so that the server runs it in a thread and goes on answering others.
    """
    store = wiring.store()
    query, view = params.query(request, store), view_from_params(request.query_params)
    return packed.answer(request, _packed(store, store.data_version(), query, view, today()), packed.GEOJSON)


@lru_cache(maxsize=128)
def _packed(store: Reader, version: str, query: Query, view: View, day: date) -> packed.Packed:  # noqa: ARG001  # it is kept by the version
    """One answer: a map opens with the same view for many."""
    return packed.pack(collection(look(store, query, view, day)))


def collection(seen: InView) -> dict[str, Any]:
    """The places in view as a GeoJSON FeatureCollection, with ``total`` and ``clustered`` beside its features."""
    spots = [
        _feature(
            spot.lon,
            spot.lat,
            {
                "id": spot.id,
                "name": spot.name,
                "kind": spot.kind,
                "sample": spot.sample,
                "precision": spot.precision,
            },
        )
        for spot in seen.spots
    ]
    clusters = [_feature(item.lon, item.lat, {"cluster": True, "count": item.count}) for item in seen.clusters]
    return {
        "type": "FeatureCollection",
        "total": seen.total,
        "clustered": seen.clustered,
        "features": spots + clusters,
    }


def _feature(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [round(lon, DIGITS), round(lat, DIGITS)]}
    return {"type": "Feature", "geometry": point, "properties": properties}
