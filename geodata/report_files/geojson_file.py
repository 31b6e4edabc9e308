"""A table of a review as GeoJSON (RFC 7946): one feature a row, its properties by column key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import shapely

from geodata.report_files.about import about
from geodata.report_files.areas import areas
from geodata.report_files.cells import for_machine

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from portal.model.report_table import ReportTable

CRS: Final = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::6668"}}
"""JGD2011. RFC 7946 knows WGS 84 alone, from which it is apart by centimetres; older readers (GDAL) look for it."""


def write(table: ReportTable, language: str) -> bytes:  # noqa: ARG001  # every writer takes the language
    """The collection in UTF-8, with what :func:`about` tells beside the features; degrees, longitude first.

    Raises ConflictError for a table whose rows lie nowhere.
    """
    keys = [column.key for column in table.columns]
    features = [
        {
            "type": "Feature",
            "geometry": _geometry(area),
            "properties": dict(zip(keys, map(for_machine, row), strict=True)),
        }
        for area, row in zip(areas(table), table.rows, strict=True)
    ]
    whole = {"type": "FeatureCollection", "name": table.name, "crs": CRS, **about(table), "features": features}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False).encode()


def _geometry(area: BaseGeometry | None) -> dict[str, Any] | None:
    """Outer rings run counter-clockwise (RFC 7946, 3.1.6)."""
    if area is None:
        return None
    return dict(shapely.geometry.mapping(shapely.orient_polygons(area)))
