"""What the small map of public pages draws, as files: outlines by layer and zoom step, and points by district or town.

GeoJSON (RFC 7946, degrees, longitude first); beside the features stand the signs of the kinds, credits and tiles.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pages.parts import base_map
from pages.plain import paths, tags
from pages.plain.sort import Page, Sort
from pages.server import map_districts, packed
from portal import by_district, locate
from portal.errors import UnknownThingError
from portal.outlines import digits, outlines
from portal.query import Query, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from portal.model.district import District
    from portal.store import Spot

ZOOMS: Final = (11, 13, 15, 17)
"""Steps that outlines are laid down for; a map takes the first that is at least its own."""
EVERYWHERE: Final = View(-180, -90, 180, 90, 0)
ALL_OF_THEM: Final = 10_000_000
DIGITS: Final = 6
"""Decimal places of a degree; the sixth is a tenth of a metre."""
LANGUAGE: Final = "ja"
POST: Final = "post-"


def every_outlines(here: Here) -> Iterator[Keys]:
    """Each layer that has districts today, in each zoom step."""
    for town in here.store.municipalities():
        for layer in here.store.layers(town.code):
            if by_district.in_force(here.store, town.code, layer.key, here.today):
                yield from ({"code": town.code, "layer": layer.key, "zoom": str(zoom)} for zoom in ZOOMS)


def make_outlines(here: Here, keys: Keys) -> Page:
    """The outlines of one layer with their counts; ``page`` is the district's page after its language."""
    code, zoom = locate.municipality(here.store, keys["code"]).code, int(keys["zoom"])
    if zoom not in ZOOMS or str(zoom) != keys["zoom"]:
        raise UnknownThingError("server.not_found_text")
    query = Query(code, layer=keys["layer"])
    found = map_districts.collection(here.store, here.store.data_version(), query, zoom, here.today)
    for feature in found["features"]:
        its = feature["properties"]
        its["page"] = _page("district", code, its["id"])
    return _said(here, found | {"zooms": ZOOMS}, {tags.town(code), tags.frame(code), tags.DAY})


def every_district(here: Here) -> Iterator[Keys]:
    """Each district that there is today."""
    for town in here.store.municipalities():
        for layer in here.store.layers(town.code):
            for district in by_district.in_force(here.store, town.code, layer.key, here.today):
                yield {"code": town.code, "id": district.id}


def make_district(here: Here, keys: Keys) -> Page:
    """A district's outline and the points in it."""
    district = here.store.district(keys["id"])
    if district is None or district.municipality != keys["code"] or not district.exists_on(here.today):
        raise UnknownThingError("server.not_found_text")
    code = district.municipality
    spots = _spots(here, Query(code, layer=district.layer, districts=(district.id,)))
    features = [_outline(district, len(spots)), *_points(code, spots)]
    credits_ = [district.source.credit] if district.source.credit else []
    found = {"type": "FeatureCollection", "credits": credits_, "kinds": _kinds(here, code, spots), "features": features}
    about = tags.things(spot.id for spot in spots)
    return _said(here, found, about | {tags.inside(district.id), tags.frame(code), tags.DAY})


def every_town(here: Here) -> list[Keys]:
    """Each municipality."""
    return [{"code": town.code} for town in here.store.municipalities()]


def make_town(here: Here, keys: Keys) -> Page:
    """All points of a municipality."""
    code = locate.municipality(here.store, keys["code"]).code
    spots = _spots(here, Query(code))
    features = list(_points(code, spots))
    found = {"type": "FeatureCollection", "credits": [], "kinds": _kinds(here, code, spots), "features": features}
    return _said(here, found, {tags.town(code), tags.frame(code), tags.DAY})


def _spots(here: Here, query: Query) -> list[Spot]:
    return here.store.spots(query, EVERYWHERE, here.today, ALL_OF_THEM)


def _points(code: str, spots: Iterable[Spot]) -> Iterator[dict[str, Any]]:
    for spot in spots:
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(spot.lon, DIGITS), round(spot.lat, DIGITS)]},
            "properties": {
                "id": spot.id,
                "name": spot.name,
                "kind": spot.kind,
                "sample": spot.sample,
                "precision": spot.precision,
                "page": _page("post" if spot.id.startswith(POST) else "place", code, spot.id),
            },
        }


def _outline(district: District, count: int) -> dict[str, Any]:
    """The outline as a map of the finest step draws it."""
    (drawn,) = outlines([district], ZOOMS[-1])
    return {
        "type": "Feature",
        "geometry": map_districts.geometry(drawn.area, digits(ZOOMS[-1])),
        "properties": {
            "id": district.id,
            "name": district.name,
            "name_en": district.name_en,
            "approximate": district.approximate,
            "count": count,
            "page": _page("district", district.municipality, district.id),
        },
    }


def _kinds(here: Here, code: str, spots: Iterable[Spot]) -> dict[str, Mapping[str, str]]:
    """The signs and names of the kinds that occur."""
    there = {spot.kind for spot in spots}
    return {
        kind.key: {"ja": kind.ja, "en": kind.en, "colour": kind.colour, "letter": kind.letter}
        for kind in here.store.kinds(code)
        if kind.key in there
    }


def _page(name: str, code: str, its: str) -> str:
    """The path of a page after its language."""
    return paths.path(name, lang=LANGUAGE, code=code, id=its).removeprefix(f"{LANGUAGE}/")


def _said(here: Here, found: dict[str, Any], about: Iterable[str]) -> Page:
    """The file, with the tiles of the setting ``basemap``."""
    whole = found | {"tiles": base_map.tiles(here.settings.basemap)}
    content = json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return Page(content, frozenset(about), packed.GEOJSON)


SORTS: Final = (
    Sort("map_outlines", every_outlines, make_outlines, listed=False, shared=True),
    Sort("map_district", every_district, make_district, listed=False, shared=True),
    Sort("map_town", every_town, make_town, listed=False, shared=True),
)
