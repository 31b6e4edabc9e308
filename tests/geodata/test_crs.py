"""Coordinates of every system that Japanese files use come out as JGD2011 degrees."""

from __future__ import annotations

import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.crs import in_japan, parse_crs, point_to_jgd2011, to_jgd2011
from portal.errors import UnreadableFileError
from portal.model.position import Point, distance_m

SAME_DATUM = (
    *(4326, 4612, 6668, 3857, 6697),
    *range(2443, 2462),
    *range(6669, 6688),
    *range(3097, 3102),
    *range(6688, 6693),
)
TOKYO_DATUM = (4301, *range(30161, 30180))
ESRI_ZONE_8 = (
    'PROJCS["JGD_2000_Japan_Zone_8",GEOGCS["GCS_JGD_2000",DATUM["D_JGD_2000",SPHEROID["GRS_1980",6378137.0,'
    '298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",138.5],'
    'PARAMETER["Scale_Factor",0.9999],PARAMETER["Latitude_Of_Origin",36.0],UNIT["Meter",1.0]]'
)
ESRI_TOKYO = (
    'GEOGCS["GCS_Tokyo",DATUM["D_Tokyo",SPHEROID["Bessel_1841",6377397.155,299.1528128]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
)


def forth(lon: float, lat: float, code: int) -> tuple[float, float]:
    """Where JGD2011 degrees lie in the system ``code``, without change of datum."""
    target = pyproj.CRS.from_epsg(code)
    base = target.geodetic_crs
    return pyproj.Transformer.from_crs(base, target, always_xy=True).transform(lon, lat)


@pytest.mark.parametrize("code", SAME_DATUM)
def test_every_jgd_system_comes_back_to_the_same_degrees(code):
    """A place written in any JGD or WGS system is found again to the centimetre."""
    here = Point(138.3, 34.85)
    x, y = forth(here.lon, here.lat, code)[:2]
    assert distance_m(point_to_jgd2011(x, y, code), here) < 0.01


@pytest.mark.parametrize("code", TOKYO_DATUM)
def test_the_tokyo_datum_is_really_shifted(code):
    """Old coordinates move some 450 m to the north-west, as 国土地理院 says, and are not left where they were."""
    x, y = forth(138.3, 34.85, code)
    moved = point_to_jgd2011(x, y, code)
    assert 430 < distance_m(moved, Point(138.3, 34.85)) < 480
    assert moved.lon < 138.3
    assert moved.lat > 34.85


def test_the_shift_is_that_of_the_published_parameters():
    """The geodetic origin of Japan (日本経緯度原点) moves to its published JGD2000 position, to 2 m."""
    old = point_to_jgd2011(139 + 44 / 60 + 40.5020 / 3600, 35 + 39 / 60 + 17.5148 / 3600, 4301)
    new = Point(139 + 44 / 60 + 28.8759 / 3600, 35 + 39 / 60 + 29.1572 / 3600)
    assert distance_m(old, new) < 2


@pytest.mark.parametrize(
    ("name", "code"),
    [
        (6668, 6668),
        ("6668", 6668),
        ("EPSG:6677", 6677),
        ("epsg:6677", 6677),
        ("urn:ogc:def:crs:EPSG::6668", 6668),
        ("http://www.opengis.net/def/crs/EPSG/0/4612", 4612),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
        ("OGC:CRS84", 4326),
        (ESRI_ZONE_8, 2450),
        (ESRI_TOKYO, 4301),
        ("\ufeff" + ESRI_ZONE_8 + "\r\n", 2450),
    ],
)
def test_every_way_to_name_a_system_is_understood(name, code):
    """Numbers, URNs, URLs, CRS84 and the WKT of a .prj without authority name the same systems."""
    assert parse_crs(name).to_epsg() == code


def test_a_zone_of_its_own_is_not_taken_for_a_known_one():
    """A .prj with a false easting that no zone has is used as written, not rounded to zone 8."""
    own = ESRI_ZONE_8.replace('"False_Easting",0.0', '"False_Easting",500000.0').replace("_Zone_8", "_Own")
    x, y = forth(138.3, 34.85, 2450)
    assert distance_m(point_to_jgd2011(x + 500_000, y, own), Point(138.3, 34.85)) < 0.01


@pytest.mark.parametrize(
    "name",
    [
        "",
        "junk",
        "EPSG:0000",
        "EPSG:99999",
        'LOCAL_CS["x"]',
        "+init=/etc/passwd:x",
        "+proj=longlat",
        "PG:x",
        "GEOGCS[" * 9000,
    ],
)
def test_what_is_not_known_is_refused(name):
    """An unknown name ends in one sentence; PROJ strings, which can name files, are not even tried."""
    with pytest.raises(UnreadableFileError) as raised:
        parse_crs(name)
    assert raised.value.key == "polygons.crs_unknown"


@pytest.mark.parametrize("code", [4267, 25832, 4289, 2180])
def test_a_datum_that_is_not_japanese_is_refused(code):
    """A foreign datum in a Japanese file is a slip, and is not guessed away."""
    with pytest.raises(UnreadableFileError) as raised:
        parse_crs(code)
    assert raised.value.key == "polygons.crs_not_japanese"


@pytest.mark.parametrize(
    ("x", "y", "crs", "key"),
    [
        (-6000.0, -35000.0, 4326, "polygons.metres_as_degrees"),
        (34.85, 138.3, 6668, "polygons.swapped"),
        (1e30, 1e30, 6677, "polygons.off_earth"),
        (float("nan"), 35.0, 6677, "polygons.off_earth"),
    ],
)
def test_coordinates_that_cannot_be_right_are_refused(x, y, crs, key):
    """Metres as degrees, latitude first and figures off the earth each end in a sentence of their own."""
    with pytest.raises(UnreadableFileError) as raised:
        point_to_jgd2011(x, y, crs)
    assert raised.value.key == key


@given(lon=st.floats(129, 145), lat=st.floats(31, 45), zone=st.integers(0, 18))
@settings(max_examples=60, deadline=None)
def test_a_shape_moves_as_its_points_do(lon, lat, zone):
    """A polygon in any zone ends where each of its corners ends."""
    x, y = forth(lon, lat, 6669 + zone)
    moved = to_jgd2011(shapely.box(x, y, x + 10, y + 10), 6669 + zone)
    corner = point_to_jgd2011(x, y, 6669 + zone)
    assert shapely.Point(corner.lon, corner.lat).distance(moved) < 1e-9


def test_japan_is_told_from_the_rest():
    """All of Japan's prefectures are in, (0, 0) and half of Korea are out."""
    assert in_japan(shapely.box(122.9, 24.0, 146.0, 45.6))
    assert not in_japan(shapely.box(0, 0, 1, 1))
    assert not in_japan(shapely.box(121, 30, 130, 40))
