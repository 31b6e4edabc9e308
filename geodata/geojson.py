"""GeoJSON (RFC 7946, and the ``crs`` member of its predecessor), read with json alone.

GDAL is never asked: it takes a VRT named ``.geojson`` for what it is, and reads files and addresses that it names.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import shapely
from shapely.geometry import mapping

from geodata.attributes import attributes, check_count, check_texts
from geodata.cells.text import LONGEST, clean
from geodata.crs import parse_crs
from geodata.features import Feature, FeatureSet
from geodata.geojson_shape import shape
from portal.errors import InvalidRecordError, UnreadableFileError
from portal.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

LARGEST_BYTES: Final = 256 * 2**20
MOST_COMMAS: Final = 8_000_000
"""Values in the whole file; a position is two of them. As Python's lists they take fifty times their bytes."""
MOST_FEATURES: Final = 300_000
STRUCTURE: Final = re.compile(rb'["\[\]{}]')
SHAPES: Final = {
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
}
XML_KINDS: Final = {b"<kml": "KML", b"OGRVRT": "VRT", b"VRTDataset": "VRT", b"GDALTileIndex": "GTI"}


def read_features(source: Path | bytes, *, name: str = "", max_bytes: int = LARGEST_BYTES) -> FeatureSet:
    """The features of a GeoJSON file; those without a usable shape are kept without it and found fault with.

    Raises UnreadableFileError for what is not GeoJSON (KML, VRT, TopoJSON, broken or too deeply nested JSON),
    holds a name twice in one object, or is larger than ``max_bytes``.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > max_bytes:
        raise UnreadableFileError("polygons.too_large", limit_mib=max_bytes // 2**20)
    try:
        document = _load(source if isinstance(source, bytes) else source.read_bytes())
        return _feature_set(document, name)
    except RecursionError:
        raise UnreadableFileError("polygons.too_deep") from None


def write_features(features: Iterable[tuple[BaseGeometry, Mapping[str, object]]]) -> str:
    """A FeatureCollection of EPSG:6668 shapes with attributes; outer rings run counter-clockwise (RFC 7946, 3.1.6).

    Raises ValueError for an attribute that JSON cannot hold, NaN among them.
    """
    members = [
        {
            "type": "Feature",
            "properties": dict(properties),
            "geometry": mapping(shapely.orient_polygons(geometry)),
        }
        for geometry, properties in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": members}, ensure_ascii=False, allow_nan=False)


def _load(data: bytes) -> Any:  # noqa: ANN401  # JSON may be anything, and is looked at before use
    _check_bytes(data)
    text = _decode(data)
    if text.startswith("<"):
        head = data[:4096]
        kind = next((kind for sign, kind in XML_KINDS.items() if sign in head), "XML")
        raise UnreadableFileError("polygons.xml", kind=kind)
    del data  # the text and what is made of it need the room
    if not text.startswith("{"):
        raise UnreadableFileError("polygons.not_geojson")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise UnreadableFileError("polygons.json_syntax", line=error.lineno, column=error.colno) from None
    except ValueError:  # a whole number of more than 4,300 digits
        raise UnreadableFileError("polygons.not_geojson") from None


def _check_bytes(data: bytes) -> None:
    """Refuse what would fill the memory when it is read, and archives."""
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableFileError("polygons.not_geojson")
    if data.count(b",") > MOST_COMMAS:
        raise UnreadableFileError("polygons.too_many_values", limit=MOST_COMMAS)
    step = 12 * LONGEST  # so many bytes are at least LONGEST characters, even if each is written as two escapes
    if not all(STRUCTURE.search(data, start, start + step) for start in range(0, len(data) - step, step)):
        raise UnreadableFileError("polygons.long_run", limit=LONGEST)


def _decode(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, or CP932 as older Windows programs write it."""
    encodings = ["utf-16"] if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            return data.decode(encoding).lstrip()
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("polygons.encoding")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object. Raises where a name stands twice: readers differ on which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise UnreadableFileError("polygons.duplicate_key", name=clean(twice[:80]))
    return found


def _no_number(constant: str) -> float:
    raise UnreadableFileError("polygons.json_constant", constant=constant)


def _feature_set(document: dict[str, Any], name: str) -> FeatureSet:
    findings: list[Finding] = []
    crs = parse_crs(_crs_name(document.get("crs")))
    features = tuple(
        _feature(number, member, findings, name) for number, member in enumerate(_members(document), start=1)
    )
    found = FeatureSet(name, crs, features, tuple(findings))
    check_count(len(found.fields))
    return found


def _crs_name(member: object) -> str:
    """What the ``crs`` member names; a link is not followed. Without it, CRS84 (RFC 7946, 4)."""
    if member is None:
        return "CRS84"
    properties = member.get("properties") if isinstance(member, dict) else None
    named = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(named, str):
        raise UnreadableFileError("polygons.crs_unknown", crs=str(member)[:80])
    return named


def _members(document: dict[str, Any]) -> list[Any]:
    kind = document.get("type")
    if kind == "Topology":
        raise UnreadableFileError("polygons.topojson")
    if kind == "Feature":
        return [document]
    if kind in SHAPES:
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    members = document.get("features")
    if kind != "FeatureCollection" or not isinstance(members, list):
        raise UnreadableFileError("polygons.not_geojson")
    if len(members) > MOST_FEATURES:
        raise UnreadableFileError("polygons.too_many_features", limit=MOST_FEATURES)
    return members


def _feature(number: int, member: object, findings: list[Finding], name: str) -> Feature:
    """One feature; what is wrong with it goes into ``findings``."""
    record = member if isinstance(member, dict) else {}
    properties = attributes(record.get("properties"))
    notes: set[str] = set()
    try:
        check_texts(properties)
        geometry = shape(record.get("geometry"), notes)
    except InvalidRecordError as error:
        findings.append(Finding(number, Severity.REFUSED, error.key, error.values, name))
        return Feature(number, properties, None)
    findings += [Finding(number, Severity.DOUBTFUL, key, {}, name) for key in sorted(notes)]
    return Feature(number, properties, geometry)
