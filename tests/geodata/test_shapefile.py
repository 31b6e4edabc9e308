"""Shapefiles, loose or zipped, in the encodings and systems that cities publish."""

from __future__ import annotations

import os

import pytest
import shapely

from geodata.feature_files import read_feature_sets
from geodata.polygons import polygons_from, read_polygons
from geodata.shapefile import gather, read_shapefile
from portal.errors import UnreadableFileError
from portal.words import say_error
from tests.geodata.polygon_files import feature, geojson, shapefile, square, zipped
from tests.real_data import REAL, needs_real_data

NAMES = ["①大井川東小学校", "髙草㈱小学校"]
SQUARES = [square(138.30, 34.85), square(138.31, 34.85)]


def refusal(*files, **options) -> str:
    """The phrase with which files are refused."""
    with pytest.raises(UnreadableFileError) as raised:
        read_polygons(files, **options)
    assert say_error(raised.value)
    return raised.value.key


@pytest.mark.parametrize("encoding", ["cp932", "utf-8"])
@pytest.mark.parametrize("cpg", ["Shift_JIS", "UTF-8", "SJIS\r\n", "unknown", None])
def test_names_are_read_whatever_the_cpg_says(tmp_path, encoding, cpg):
    """CP932 with ① and 髙, and UTF-8, are told even where the .cpg is wrong or absent."""
    path = shapefile(tmp_path, {"名称": NAMES}, SQUARES, encoding=encoding)
    path.with_suffix(".cpg").unlink()
    if cpg:
        path.with_suffix(".cpg").write_text(cpg)
    assert [item.name for item in read_polygons([path]).items] == NAMES


def test_a_name_cut_in_the_middle_of_a_character_is_read(tmp_path):
    """A field of fixed width that ends inside a character loses that character only."""
    path = shapefile(tmp_path, {"name": ["小学校"]}, SQUARES[:1], encoding="utf-8")
    parts = gather(path)
    parts[".dbf"] = parts[".dbf"].replace("小学校".encode(), "小学".encode() + "校".encode()[:2] + b" ")
    assert polygons_from([read_shapefile(parts, "x")]).items[0].name == "小学"


@pytest.mark.parametrize("crs", ["EPSG:6676", "EPSG:2450", "EPSG:30168"])
def test_metres_of_a_zone_become_degrees(tmp_path, crs):
    """A square around the origin of zone 8 is found there, in both datums of JGD and, shifted, in the old one."""
    path = shapefile(tmp_path, {"name": ["区"]}, [shapely.box(-50, -50, 50, 50)], crs=crs)
    (item,) = read_polygons([path]).items
    off = 450 if crs == "EPSG:30168" else 0
    assert item.geometry.centroid.distance(shapely.Point(138.5, 36)) * 1e5 == pytest.approx(off, abs=60)


def test_any_part_stands_for_the_shapefile(tmp_path):
    """Naming all five files, or the .dbf alone, reads the shapefile once."""
    path = shapefile(tmp_path, {"name": ["甲", "乙"]}, SQUARES)
    assert len(read_polygons(sorted(tmp_path.iterdir())).items) == 2
    assert len(read_polygons([path.with_suffix(".dbf")]).items) == 2


@pytest.mark.parametrize("part", [".shx", ".dbf"])
def test_a_missing_part_is_named(tmp_path, part):
    """Without .shx or .dbf the shapefile is refused, and the sentence says which is missing."""
    path = shapefile(tmp_path, {"name": ["甲", "乙"]}, SQUARES)
    path.with_suffix(part).unlink()
    with pytest.raises(UnreadableFileError) as raised:
        read_polygons([path])
    assert part in say_error(raised.value)


def test_files_that_are_not_there_are_named(tmp_path):
    """A path that leads to nothing, a folder, and a .dbf without its .shp are each refused by name."""
    alone = tmp_path / "x.dbf"
    alone.write_bytes(b"\x03")
    assert refusal(tmp_path / "none.geojson") == refusal(tmp_path) == "polygons.no_file"
    assert refusal(alone) == "polygons.part_missing"


def test_without_a_prj_the_system_must_be_given(tmp_path):
    """A shapefile without .prj is refused with advice, and read once the system is named."""
    path = shapefile(tmp_path, {"name": ["甲", "乙"]}, SQUARES)
    path.with_suffix(".prj").unlink()
    assert refusal(path) == "polygons.prj_missing"
    assert len(read_polygons([path], crs="EPSG:6668").items) == 2


def test_a_zip_gives_each_shapefile_once(tmp_path):
    """国土数値情報 packs the same districts as GeoJSON and in two encodings: they are read once."""
    path = shapefile(tmp_path, {"name": ["甲", "乙"]}, SQUARES)
    parts = gather(path)
    members = {f"{folder}/A{suffix}": raw for folder in ("UTF-8", "Shift-JIS") for suffix, raw in parts.items()}
    members["GeoJSON/A.geojson"] = geojson(
        *(feature(one, name=name) for one, name in zip(SQUARES, "甲乙", strict=True))
    )
    file = tmp_path / "all.zip"
    file.write_bytes(zipped(members))
    assert [one.name for one in read_feature_sets([file])] == ["A.geojson"]


def test_folders_of_a_zip_that_are_no_variants_are_all_read(tmp_path):
    """Two shapefiles of one name in the folders of two cities are both read."""
    parts = gather(shapefile(tmp_path, {"name": ["甲", "乙"]}, SQUARES))
    file = tmp_path / "two.zip"
    file.write_bytes(
        zipped({f"{city}/区域{suffix}": raw for city in ("加古川", "高砂") for suffix, raw in parts.items()})
    )
    assert len(read_feature_sets([file])) == 2


def test_a_vrt_in_the_clothes_of_a_shapefile_is_not_opened(tmp_path):
    """A .shp that begins like a VRT is refused as text, and inside an archive as damaged."""
    secret = tmp_path / "secret.csv"
    secret.write_text("name,x\n秘密,1\n")
    layer = f'<OGRVRTLayer name="s"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    vrt = f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"
    parts = gather(shapefile(tmp_path, {"name": ["甲", "乙"]}, SQUARES))
    loose = tmp_path / "vrt.shp"
    loose.write_text(vrt)
    archive = tmp_path / "vrt.zip"
    archive.write_bytes(zipped({f"a{suffix}": raw for suffix, raw in (parts | {".shp": vrt.encode()}).items()}))
    assert refusal(loose) == "polygons.xml"
    assert refusal(archive) == "polygons.shapefile_damaged"


def test_gdal_follows_no_references():
    """The drivers that read other files and addresses are switched off before GDAL is loaded."""
    assert {"VRT", "OGR_VRT", "GTI"} <= set(os.environ["GDAL_SKIP"].split(","))


@pytest.mark.parametrize("part", [".shp", ".shx", ".dbf"])
def test_a_damaged_part_ends_in_one_sentence(tmp_path, part):
    """Each part cut at any of twenty places, or filled with 0xFF, is read or refused, and nothing else is raised."""
    parts = gather(shapefile(tmp_path, {"name": NAMES}, SQUARES))
    raw = parts[part]
    damaged = [raw[: len(raw) * step // 20] for step in range(20)] + [raw[:24] + b"\xff" * (len(raw) - 24)]
    outcomes = set()
    for one in damaged:
        try:
            polygons_from([read_shapefile(parts | {part: one}, "x.shp")], "name")
            outcomes.add("read")
        except UnreadableFileError as error:
            outcomes.add(error.key)
    assert outcomes & {"polygons.shapefile_damaged", "polygons.name_field_missing"}


@needs_real_data
@pytest.mark.parametrize(
    ("stem", "field", "number", "one"),
    [("小学校区", "SAFIELD001", 13, "焼津西小学校"), ("中学校区", "item2", 9, "東益津中学校")],
)
def test_the_districts_of_yaizu(stem, field, number, one):
    """The city's own files, one in metres of zone 8, give all districts, which together are the city."""
    path = REAL / "districts" / "yaizu" / f"{stem}.shp"
    intake = read_polygons([path], name_field=field)
    whole = shapely.union_all([item.geometry for item in intake.items])
    square_km = sum(item.geometry.area for item in intake.items) * 110.95 * 111.32 * 0.8206
    assert len(intake.items) == number
    assert one in {item.name for item in intake.items}
    assert intake.findings == ()
    assert whole.centroid.distance(shapely.Point(138.30, 34.84)) < 0.01
    assert square_km == pytest.approx(70.3, rel=0.01)


@needs_real_data
def test_a_file_of_opaque_columns_asks_for_the_one_with_the_names():
    """Columns named SAFIELD000 and so on are listed with an example each, so that one can be chosen."""
    with pytest.raises(UnreadableFileError) as raised:
        read_polygons([REAL / "districts" / "yaizu" / "小学校区.shp"])
    assert "SAFIELD001 (大井川東小学校)" in say_error(raised.value)
