"""Small files of areas, written by hand for the tests: squares near a given corner, in any format."""

from __future__ import annotations

import io
import json
import os
import zipfile
from typing import TYPE_CHECKING

os.environ.setdefault("GDAL_SKIP", "VRT,OGR_VRT,GTI,GDALG")

import numpy as np
import pyogrio.raw
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def square(west: float, south: float, side: float = 0.01) -> shapely.Polygon:
    """A square with its lower left corner at ``west``, ``south``."""
    return shapely.box(west, south, west + side, south + side)


def feature(geometry: shapely.Geometry | None, **properties: object) -> dict[str, object]:
    """One GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": None if geometry is None else shapely.geometry.mapping(geometry),
    }


def geojson(*features: Mapping[str, object], crs: str = "") -> bytes:
    """A FeatureCollection, with the ``crs`` member of old GeoJSON if one is named."""
    document: dict[str, object] = {"type": "FeatureCollection", "features": features}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(document, ensure_ascii=False).encode()


def polygon(rings: object) -> bytes:
    """A FeatureCollection of one polygon named あ with the raw coordinates ``rings``."""
    geometry = {"type": "Polygon", "coordinates": rings}
    return geojson({"type": "Feature", "properties": {"name": "あ"}, "geometry": geometry})


def shapefile(
    folder: Path,
    fields: Mapping[str, Sequence[object]],
    shapes: Sequence[shapely.Geometry],
    *,
    crs: str | None = "EPSG:6668",
    encoding: str = "cp932",
) -> Path:
    """A shapefile ``区域.shp`` in ``folder`` with its text in ``encoding``; the .cpg says Shift_JIS as cities do."""
    path = folder / "区域.shp"
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=[np.array(values, dtype=object) for values in fields.values()],
        fields=list(fields),
        geometry_type=shapes[0].geom_type,
        crs=crs,
        driver="ESRI Shapefile",
        encoding=encoding,
    )
    path.with_suffix(".cpg").write_text("Shift_JIS" if encoding == "cp932" else encoding)
    return path


def zipped(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of ``members`` in which names are as zipfile writes them (UTF-8, flagged)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
