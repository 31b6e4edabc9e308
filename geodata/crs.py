"""Coordinate reference systems (座標参照系): the one place that reprojects.

Everything the portal keeps is in EPSG:6668 (JGD2011), degrees, longitude first. Files come in JGD2011,
JGD2000, WGS 84 or the old Tokyo datum (日本測地系), in degrees, in a zone of the plane rectangular system
(平面直角座標系) or in UTM.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError

from portal.errors import UnreadableFileError
from portal.model.position import Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

JGD2011: Final = 6668
DATUMS: Final = {
    "Japanese Geodetic Datum 2011",
    "Japanese Geodetic Datum 2000",
    "World Geodetic System 1984",
    "World Geodetic System 1984 ensemble",
    "Tokyo",
}
"""What can be brought to JGD2011; anything else in a Japanese file is a slip."""
EPSG: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:EPSG:[^:]*:|https?://www\.opengis\.net/def/crs/EPSG/[^/]*/|EPSG:+)?(\d{4,5})",
    re.IGNORECASE,
)
CRS84: Final = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:OGC:[^:]*:|https?://www\.opengis\.net/def/crs/OGC/[^/]*/|OGC:+)?CRS84h?",
    re.IGNORECASE,
)
WKT: Final = re.compile(r"(?:GEOG|PROJ|GEOD|COMPD_|COMPOUND|BOUND)[A-Z]*\s*\[")
WKT_LONGEST: Final = 20_000
WEST, SOUTH, EAST, NORTH = 122.0, 20.0, 154.5, 46.0
"""Japan with its outlying islands, in degrees."""


def parse_crs(given: str | int | pyproj.CRS) -> pyproj.CRS:
    """The system that ``given`` names: an EPSG number, ``EPSG:n``, an OGC URN or URL, CRS84, or the WKT of a .prj.

    Only these forms are looked at, never PROJ strings, which can name files. Raises UnreadableFileError for
    what is not known and for a datum that is not Japanese or WGS 84.
    """
    if isinstance(given, pyproj.CRS):
        return _checked(given, given.name)
    text = str(given).strip().lstrip("\ufeff")
    try:
        return _checked(_read(text), text)
    except CRSError:
        raise UnreadableFileError("polygons.crs_unknown", crs=text[:80]) from None


def is_degrees(crs: pyproj.CRS) -> bool:
    """Whether coordinates of ``crs`` are longitudes and latitudes."""
    return bool(crs.is_geographic)


def to_jgd2011(geometry: BaseGeometry, crs: str | int | pyproj.CRS) -> BaseGeometry:
    """``geometry`` with x and y of ``crs`` (x is east or longitude) in EPSG:6668 degrees, longitude first.

    The Tokyo datum is shifted by EPSG:15483 (three parameters, good to 9 m) where the grid TKY2JGD is absent.
    Raises UnreadableFileError for metres under a CRS of degrees, for swapped axes and for what lies off the earth.
    """
    return all_to_jgd2011([geometry], crs)[0]


def all_to_jgd2011(geometries: Sequence[BaseGeometry], crs: str | int | pyproj.CRS) -> list[BaseGeometry]:
    """Many geometries of one ``crs`` at once, many times quicker than one by one; as to_jgd2011."""
    way = _way(crs)
    if not geometries:
        return []
    _check_degrees(np.asarray(shapely.total_bounds(list(geometries))), way)
    return list(shapely.transform(np.array(geometries, dtype=object), way.walk))


def point_to_jgd2011(x: float, y: float, crs: str | int | pyproj.CRS) -> Point:
    """The point with ``x`` (east or longitude) and ``y`` (north or latitude) of ``crs``; raises as to_jgd2011."""
    way = _way(crs)
    _check_degrees(np.array([x, y]), way)
    lon, lat = way.walk(np.array([[x, y]]))[0]
    return Point(float(lon), float(lat))


def in_japan(geometry: BaseGeometry) -> bool:
    """Whether ``geometry``, in degrees, lies wholly within the bounds of Japan."""
    west, south, east, north = geometry.bounds
    return bool(west >= WEST and south >= SOUTH and east <= EAST and north <= NORTH)


@lru_cache(maxsize=64)
def _read(text: str) -> pyproj.CRS:
    if match := EPSG.fullmatch(text):
        return pyproj.CRS.from_epsg(int(match[1]))
    if CRS84.fullmatch(text):
        return pyproj.CRS.from_epsg(4326)
    if WKT.match(text) and len(text) <= WKT_LONGEST:
        return _identified(pyproj.CRS.from_wkt(text))
    raise CRSError(text)


def _identified(crs: pyproj.CRS) -> pyproj.CRS:
    """The EPSG system that a .prj means, or what it says itself.

    pyproj's usual confidence (70) is kept: at 20 a zone with a false easting of its own is taken for zone 1.
    """
    if crs.is_bound and crs.source_crs is not None:
        crs = crs.source_crs
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    code = crs.to_epsg()
    return pyproj.CRS.from_epsg(code) if code else crs


def _checked(crs: pyproj.CRS, named: str) -> pyproj.CRS:
    crs = crs.sub_crs_list[0] if crs.is_compound else crs
    if not (crs.is_geographic or crs.is_projected) or crs.geodetic_crs is None:
        raise UnreadableFileError("polygons.crs_unknown", crs=named[:80])
    datum = crs.geodetic_crs.datum
    if datum is None or datum.name not in DATUMS:
        raise UnreadableFileError("polygons.crs_not_japanese", crs=crs.name)
    return crs


@dataclass(frozen=True, slots=True)
class _Way:
    """How one system is brought to JGD2011."""

    name: str
    degrees: bool
    transformer: pyproj.Transformer | None
    """None where it is JGD2011 already."""

    def walk(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """An array (n, 2) of x and y as longitudes and latitudes."""
        if self.transformer is None:
            return xy
        try:
            moved = np.column_stack(self.transformer.transform(xy[:, 0], xy[:, 1]))
        except ProjError:
            raise UnreadableFileError("polygons.crs_unknown", crs=self.name) from None
        if not np.isfinite(moved).all():
            raise UnreadableFileError("polygons.off_earth", crs=self.name)
        return moved


@lru_cache(maxsize=64)
def _way(crs: str | int | pyproj.CRS) -> _Way:
    """The best transformation that this machine has; never PROJ's ballpark one, which leaves out the datum shift."""
    source = parse_crs(crs)
    if source.to_epsg() == JGD2011:
        return _Way(source.name, degrees=True, transformer=None)
    try:
        way = pyproj.Transformer.from_crs(source, JGD2011, always_xy=True, allow_ballpark=False, only_best=False)
    except ProjError:  # there is no way to Japan from it (UTM of Europe)
        raise UnreadableFileError("polygons.crs_not_japanese", crs=source.name) from None
    return _Way(source.name, is_degrees(source), way)


def _check_degrees(coordinates: NDArray[np.float64], way: _Way) -> None:
    """Refuse metres, and latitude before longitude, where degrees are announced; pairs of x and y."""
    if not way.degrees:
        return
    x, y = coordinates[0::2], coordinates[1::2]
    if np.all((x >= SOUTH) & (x <= NORTH) & (y >= WEST) & (y <= EAST)):
        raise UnreadableFileError("polygons.swapped", x=float(x[0]), y=float(y[0]))
    if np.any(np.abs(x) > 180) or np.any(np.abs(y) > 90):  # noqa: PLR2004  # the globe's bounds
        raise UnreadableFileError("polygons.metres_as_degrees", crs=way.name, x=float(x[0]), y=float(y[0]))
