"""Tables as GeoJSON and GeoParquet, read back by others' readers."""

from __future__ import annotations

import io
import json
import math

import geopandas
import pyproj
import pytest
import shapely
from pyarrow import parquet

from geodata.report_files import FORMATS, file_name, offered
from portal.errors import ConflictError
from portal.words import LANGUAGES, say_error
from tests.geodata.report_files import made_tables
from tests.town import spot


def read_geojson(table):
    """The collection as Python's own reader finds it."""
    return json.loads(FORMATS["geojson"].write(table, "ja"))


def read_parquet(table):
    """The table as geopandas reads it."""
    return geopandas.read_parquet(io.BytesIO(FORMATS["geoparquet"].write(table, "ja")))


def test_geojson_has_keys_areas_and_the_day():
    """Each row is a feature with its properties by key and its area unmoved; the collection tells title and day."""
    found = read_geojson(made_tables.table())
    assert found["title"] == "充足状況"
    assert found["day"] == "2026-11-22"
    assert found["crs"]["properties"]["name"].endswith("6668")
    assert found["features"][1]["properties"] == {"district": "北二", "state": "なし", "people": None, "change": -2.25}
    shapes = [item["geometry"] and shapely.geometry.shape(item["geometry"]) for item in found["features"]]
    assert shapes[2] is None
    assert all(shape.equals(area) for shape, area in zip(shapes[:2], made_tables.AREAS[:2], strict=True))


def test_outer_rings_run_counter_clockwise():
    """Polygons turn as RFC 7946 asks, whichever way they were kept."""
    clockwise = shapely.orient_polygons(made_tables.AREAS[0], exterior_cw=True)
    found = read_geojson(made_tables.table(rows=made_tables.ROWS[:1], areas=(clockwise,)))
    assert shapely.geometry.shape(found["features"][0]["geometry"]).exterior.is_ccw


def test_geoparquet_has_types_areas_and_the_system():
    """A reader of others (geopandas) finds JGD2011, whole numbers, numbers and text, and the areas unmoved."""
    found = read_parquet(made_tables.table())
    assert found.crs == pyproj.CRS.from_epsg(6668)
    assert list(found.columns) == ["district", "state", "people", "change", "geometry"]
    assert found["people"].isna().tolist() == [False, True, False]
    assert found["change"].tolist()[:2] == [1.5, -2.25]
    assert found.geometry[1].equals(made_tables.AREAS[1])
    assert found.geometry[2] is None


def test_geoparquet_tells_its_title_and_day():
    """The file's metadata holds the title, the day and the columns' definitions."""
    told = parquet.read_schema(io.BytesIO(FORMATS["geoparquet"].write(made_tables.table(), "ja"))).metadata
    assert told[b"title"].decode() == "充足状況"
    assert told[b"day"] == b"2026-11-22"
    assert [item["key"] for item in json.loads(told[b"columns"])] == ["district", "state", "people", "change"]


def test_points_with_heights_lose_them():
    """A spot comes out as a point of two coordinates in both."""
    at = spot(0.5, 0.5)
    table = made_tables.table(rows=made_tables.ROWS[:1], areas=(shapely.Point(at.lon, at.lat, 12.0),))
    assert read_geojson(table)["features"][0]["geometry"]["coordinates"] == [at.lon, at.lat]
    assert not read_parquet(table).geometry[0].has_z


@pytest.mark.parametrize("kind", ["geojson", "geoparquet"])
def test_a_table_without_areas_is_refused_with_a_sentence(kind):
    """Rows that lie nowhere make no map file, and the sentence says what to choose; neither is it offered."""
    table = made_tables.table(areas=(), title="投稿数")
    with pytest.raises(ConflictError) as refused:
        FORMATS[kind].write(table, "ja")
    assert all("投稿数" in say_error(refused.value, language) for language in LANGUAGES)
    assert kind not in offered(table)
    assert kind in offered(made_tables.table())


@pytest.mark.parametrize("kind", list(FORMATS))
def test_a_table_without_rows_is_an_empty_file(kind):
    """Nothing to tell is told with the same columns and no rows, in every format."""
    assert FORMATS[kind].write(made_tables.table(rows=(), areas=()), "ja")


def test_mixed_and_odd_cells_break_neither():
    """Text and numbers in one column become text in GeoParquet; NaN and control characters break no file."""
    rows = (("a\x00b", "10未満", 1, math.nan), ("\ud800", 12, 2.5, math.inf), ("=1", None, None, 1.0))
    table = made_tables.table(rows=rows)
    assert read_parquet(table)["state"].tolist()[:2] == ["10未満", "12"]
    found = [item["properties"] for item in read_geojson(table)["features"]]
    assert [item["change"] for item in found] == [None, None, 1.0]
    assert [item["district"] for item in found] == ["a\ufffdb", "\ufffd", "=1"]


def test_a_files_name_fits_every_disk():
    """The name is made of the table, the municipality and the day, in ASCII without separators of folders."""
    assert file_name(made_tables.table(), "csv") == "coverage-99901-20261122.csv"
    assert file_name(made_tables.table(municipality="../港区"), "csv") == "coverage-20261122.csv"
