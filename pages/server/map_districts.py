"""``/map/districts``: the outlines of one layer as GeoJSON, each with its number of places."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from pages import wiring
from pages.server import packed, params
from portal.clock import today
from portal.errors import InvalidRecordError
from portal.outlines import Outline, classes, digits, level, outlines
from portal.viewport import layer

if TYPE_CHECKING:
    from datetime import date

    from starlette.requests import Request
    from starlette.responses import Response

    from portal.query import Query
    from portal.store import Reader, Store

ZOOMS: Final = range(5, 19)
DEFAULT_ZOOM: Final = 15


def answer(request: Request) -> Response:
    """The FeatureCollection for ``municipality``, ``layer``, ``zoom`` and the parameters of Find."""
    store = wiring.store()
    query = params.query(request, store)
    zoom = _zoom(request.query_params.get("zoom", str(DEFAULT_ZOOM)))
    return packed.answer(request, _packed(store, store.data_version(), query, zoom, today()), packed.GEOJSON)


def _zoom(text: str) -> int:
    try:
        return min(max(int(text), ZOOMS.start), ZOOMS.stop - 1)
    except ValueError:
        raise InvalidRecordError("map.no_view") from None


@lru_cache(maxsize=128)
def _packed(store: Store, version: str, query: Query, zoom: int, day: date) -> packed.Packed:
    """One answer; kept as long as the store is as it was."""
    return packed.pack(collection(store, version, query, zoom, day))


def collection(store: Reader, version: str, query: Query, zoom: int, day: date) -> dict[str, Any]:
    """The outlines of the query's layer as a GeoJSON FeatureCollection, with the counts of what the query finds.

    ``version`` is the store's, as the outlines are kept by it.
    """
    counts = store.count_by_district(query, day, query.layer)
    areas = _areas(store, version, (query.municipality, query.layer), zoom, day)
    spans = classes(counts.get(outline.district.id, 0) for outline, _ in areas)
    total = sum(counts.values())
    drawn_from = layer(store, query.municipality, query.layer)
    return {
        "type": "FeatureCollection",
        "total": total,
        "outside": counts.get(None, 0),
        "classes": spans,
        "layer": {"key": drawn_from.key, "name": drawn_from.name, "name_en": drawn_from.name_en},
        "credits": sorted({outline.district.source.credit for outline, _ in areas} - {""}),
        "features": [
            {
                "type": "Feature",
                "geometry": shape,
                "properties": _properties(outline, counts.get(outline.district.id, 0), total)
                | {"level": level(counts.get(outline.district.id, 0), spans)},
            }
            for outline, shape in areas
        ],
    }


@lru_cache(maxsize=64)
def _areas(
    store: Reader,
    version: str,  # noqa: ARG001  # part of what the answer is kept by
    of: tuple[str, str],
    zoom: int,
    day: date,
) -> list[tuple[Outline, dict[str, Any]]]:
    """The outlines in force on ``day``, with their GeoJSON geometry."""
    layer(store, *of)
    in_force = [district for district in store.districts(*of) if district.exists_on(day)]
    return [(outline, geometry(outline.area, digits(zoom))) for outline in outlines(in_force, zoom)]


def _properties(outline: Outline, count: int, total: int) -> dict[str, Any]:
    district = outline.district
    return {
        "id": district.id,
        "name": district.name,
        "name_en": district.name_en,
        "approximate": district.approximate,
        "at": [round(outline.at.lon, 6), round(outline.at.lat, 6)],
        "count": count,
        "share": round(count / total, 4) if total else 0,
    }


def geometry(area: shapely.Polygon | shapely.MultiPolygon, places: int) -> dict[str, Any]:
    """A GeoJSON MultiPolygon with coordinates of so many decimal places."""
    polygons = [
        [np.round(shapely.get_coordinates(ring), places).tolist() for ring in (part.exterior, *part.interiors)]
        for part in getattr(area, "geoms", [area])
    ]
    return {"type": "MultiPolygon", "coordinates": polygons}
