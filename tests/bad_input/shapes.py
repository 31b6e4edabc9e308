"""Files of shapes that are not what their name says, or whose shapes cannot be."""

from __future__ import annotations

from typing import Any, Final

from tests.bad_input.case import Case, Clean, Doubtful, Refused, Stopped
from tests.bad_input.rows import RING, SQUARE, feature, features, polygon

VRT: Final = (
    b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
    b"</OGRVRTDataSource>"
)
DEEP: Final = 50_000
NOT_GEOJSON: Final = {
    "VRT": (VRT, "polygons.xml"),
    "GTI": (b"<GDALTileIndexDataset><IndexDataset>/etc</IndexDataset></GDALTileIndexDataset>", "polygons.xml"),
    "KML": (b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>', "polygons.xml"),
    "an entity": (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "polygons.xml"),
    "vsicurl": (b"/vsicurl/http://169.254.169.254/a.geojson", "polygons.not_geojson"),
    "PG": (b"PG:host=localhost dbname=postgres", "polygons.not_geojson"),
    "TopoJSON": (b'{"type":"Topology","objects":{},"arcs":[]}', "polygons.topojson"),
    "JSON of another sort": (b'{"a":1}', "polygons.not_geojson"),
    "half a file": (features(feature(SQUARE))[:-20], "polygons.json_syntax"),
    "nested arrays": (b'{"type":"Polygon","coordinates":' + b"[" * DEEP + b"]" * DEEP + b"}", "polygons.too_deep"),
    "nested objects": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "polygons.too_deep"),
    "a nested attribute": (
        b'{"type":"Feature","geometry":null,"properties":{"name":' + b"[" * DEEP + b"]" * DEEP + b"}}",
        "polygons.too_deep",
    ),
    "a name twice": (b'{"type":"FeatureCollection","type":"x","features":[]}', "polygons.duplicate_key"),
    "the last of 50,000 names twice": (
        b"{" + b"".join(b'"k%d":1,' % number for number in range(50_000)) + b'"x":1,"x":2}',
        "polygons.duplicate_key",
    ),
    "a lone surrogate twice": (rb'{"a\ud800":1,"a\ud800":2}', "polygons.duplicate_key"),
    "NaN": (b'{"type":"Point","coordinates":[NaN,34]}', "polygons.json_constant"),
    "5,000 digits": (b'{"type":"Point","coordinates":[' + b"9" * 5000 + b",34]}", "polygons.not_geojson"),
    "a CRS that names a file": (
        features(feature(SQUARE), crs={"type": "name", "properties": {"name": "+init=/etc/passwd:1"}}),
        "polygons.crs_unknown",
    ),
    "a CRS by link": (
        features(feature(SQUARE), crs={"type": "link", "properties": {"href": "http://x"}}),
        "polygons.crs_unknown",
    ),
    "20,000 attributes": (
        features(feature(SQUARE, **dict.fromkeys(map(str, range(20_000)), 1))),
        "tables.too_many_columns",
    ),
    "400,000 features": (
        b'{"type":"FeatureCollection","features":[' + b",".join([b"{}"] * 400_000) + b"]}",
        "polygons.too_many_features",
    ),
    "a pickle": (b"\x80\x04\x95\x00}\x94.", "polygons.encoding"),
}
"""Files called .geojson that every import refuses as a whole, with the phrase."""

POINT: Final[dict[str, Any]] = {"type": "Point", "coordinates": [135.005, 34.005]}
BOW_TIE: Final = polygon((135.0, 34.0), (135.01, 34.01), (135.01, 34.0), (135.0, 34.01), (135.0, 34.0))
FLAT: Final = polygon((135.0, 34.0), (135.01, 34.0), (135.02, 34.0), (135.0, 34.0))
METRES: Final = polygon((-45000.0, -140000.0), (-44000.0, -140000.0), (-44000.0, -139000.0), (-45000.0, -140000.0))


def _shape(
    name: str, kind: str, geometry: object, promise: Refused | Stopped | Doubtful | Clean, **options: str
) -> Case:
    return Case(name, kind, f"{kind}.geojson", features(feature(geometry)), promise, options)


def _refused(name: str, geometry: object, key: str, kinds: tuple[str, ...] = ("districts", "places")) -> list[Case]:
    return [_shape(name, kind, geometry, Stopped(((1, key),))) for kind in kinds]


CASES: Final = [
    *_refused("a text for a shape's numbers", {"type": "Point", "coordinates": ["a", "b"]}, "polygons.bad_coordinates"),
    *_refused("coordinates of null", {"type": "Polygon", "coordinates": None}, "polygons.bad_coordinates"),
    *_refused(
        "a whole number of 400 digits", {"type": "Point", "coordinates": [10**400, 1]}, "polygons.bad_coordinates"
    ),
    Case(
        "1e999",
        "districts",
        "large.geojson",
        features(feature(SQUARE)).replace(b"135.01", b"1e999"),
        Stopped(((1, "polygons.not_finite"),)),
    ),
    *_refused("a ring of two points", polygon((135.0, 34.0), (135.1, 34.0)), "polygons.short_ring"),
    *_refused("a type that is none", {"type": "Blob", "coordinates": [1]}, "polygons.unknown_geometry"),
    *_refused("a shape without type", {"coordinates": [1]}, "polygons.unknown_geometry"),
    *_refused("a flat shape", FLAT, "polygons.no_area", ("districts", "boundary")),
    *_refused("a point", POINT, "polygons.not_polygon", ("districts", "boundary")),
    *_refused("null", None, "polygons.no_geometry", ("districts", "boundary")),
    *_refused(
        "empty", {"type": "GeometryCollection", "geometries": []}, "polygons.no_geometry", ("districts", "boundary")
    ),
    *_refused(
        "metres for degrees",
        polygon(*((x, y) for x, y in METRES["coordinates"][0])),
        "polygons.metres_as_degrees",
        ("places",),
    ),
    *_refused(
        "latitude first",
        {"type": "Point", "coordinates": [34.005, 135.005]},
        "polygons.swapped",
        ("places", "facilities"),
    ),
    _shape("metres for degrees", "districts", METRES, Refused("polygons.metres_as_degrees")),
    _shape("latitude first", "districts", polygon(*((y, x) for x, y in RING)), Refused("polygons.swapped")),
    _shape("metres of another zone", "districts", METRES, Refused("polygons.crs_not_japanese"), crs="EPSG:32631"),
    _shape("a bow tie", "districts", BOW_TIE, Doubtful(((1, "polygons.mended"),))),
    _shape("a bow tie", "places", BOW_TIE, Doubtful(((1, "intake.position_from_shape"),))),
    _shape("an open ring", "districts", polygon(*RING[:-1]), Doubtful(((1, "polygons.ring_closed"),))),
    _shape("three dimensions", "places", {"type": "Point", "coordinates": [135.005, 34.005, 12.0]}, Clean(("会館",))),
    _shape(
        "three dimensions",
        "districts",
        {"type": "Polygon", "coordinates": [[[*xy, 5.0] for xy in RING]]},
        Clean(("西小",)),
    ),
    _shape("null", "places", None, Doubtful(((1, "importing.no_position"),))),
    _shape("null", "facilities", None, Doubtful(((1, "importing.no_position"),))),
    _shape("null", "events", None, Doubtful(((1, "intake.no_date"), (1, "importing.no_position")))),
    Case(
        "an attribute of 200,000 signs",
        "places",
        "long.geojson",
        features(feature(POINT, メモ="あ" * 200_000)),
        Stopped(((1, "polygons.long_text"),)),
    ),
    Case(
        "40,000 marks on a kind",
        "places",
        "marks.geojson",
        features(feature(POINT, 種別="あ" + "\u0300\u0323" * 20_000)),
        Stopped(((1, "intake.unknown_kind"),)),
    ),
    Case(
        "names and values of lone surrogates",
        "places",
        "surrogates.geojson",
        features(feature(POINT, **{"名称": "会\ud800館", "メ\udfffモ": "\ud800", "メ\u200bモ": "二"})),
        Clean(("会館",)),
    ),
    Case(
        "marks and surrogates in the name of an attribute",
        "districts",
        "names.geojson",
        features(feature(SQUARE, **{"a\ud800" + "\u0300\u0323" * 20_000: "1"})),
        Clean(("西小",)),
    ),
    Case(
        "persons",
        "places",
        "persons.geojson",
        features(feature(POINT, 生年月日="1940-01-01")),
        Refused("tables.person_columns"),
    ),
    Case(
        "no names",
        "districts",
        "n.geojson",
        features({"type": "Feature", "properties": {"a\ud800": "b"}, "geometry": SQUARE}),
        Refused("polygons.name_field_needed"),
    ),
]
