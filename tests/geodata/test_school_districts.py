"""School districts of 国土数値情報, of every year."""

from __future__ import annotations

import pytest
import shapely

from geodata.school_districts import layer_of, read_districts, read_school_districts
from portal.errors import UnreadableFileError
from portal.words import say_error
from tests.geodata.polygon_files import feature, geojson, shapefile, square, zipped
from tests.real_data import REAL, needs_real_data

CODE, OWNER, NAME, ADDRESS, SCHOOL = "28210", "加古川市立", "平岡小学校", "加古川市平岡町1-1", "B128210004111"


def row(product: str, first: int, *values: str) -> dict[str, str]:
    """Attributes from column ``first`` on."""
    return {f"{product}_{first + step:03}": value for step, value in enumerate(values)}


A27_OLD = row("A27", 5, CODE, OWNER, NAME, ADDRESS)
A27_NEW = row("A27", 1, CODE, OWNER, SCHOOL, NAME, ADDRESS)
A27_POINTS = row("A27", 1, CODE, OWNER, NAME, ADDRESS)
A32_OLD = row("A32", 6, CODE, OWNER, NAME, ADDRESS, "A32-13_28.shp")
A32_NEW = row("A32", 1, CODE, OWNER, "C128210001924", NAME, ADDRESS)
A32_POINTS = row("A32", 1, CODE, OWNER, NAME, ADDRESS, "A32-13_28.shp")
HERE = square(134.8, 34.75)


def read(tmp_path, *rows, shape=HERE):
    """The intake of a file with one row of attributes a feature."""
    file = tmp_path / "A.geojson"
    file.write_bytes(geojson(*(feature(shape, **one) for one in rows)))
    return read_school_districts([file])


@pytest.mark.parametrize(
    ("attributes", "layer", "school"),
    [
        (A27_OLD, "elementary", ""),
        (A27_NEW, "elementary", SCHOOL),
        (A27_NEW | {"A27_003": ""}, "elementary", ""),
        (A27_POINTS, "elementary", ""),
        (A32_OLD, "junior_high", ""),
        (A32_NEW, "junior_high", "C128210001924"),
        (A32_POINTS, "junior_high", ""),
    ],
    ids=["A27-10", "A27-21", "A27-21-no-code", "A27-joined", "A32-13", "A32-21", "A32-joined"],
)
def test_every_year_gives_the_same_district(tmp_path, attributes, layer, school):
    """Areas of 2010 to 2021, and areas joined with the points' columns, give name, code, address and owner alike."""
    intake = read(tmp_path, attributes)
    (one,) = intake.items
    assert (one.name, one.code, one.address) == (NAME, CODE, ADDRESS)
    assert (one.extra["owner"], one.extra["school_code"]) == (OWNER, school)
    assert intake.layer == layer == layer_of(attributes)


@pytest.mark.parametrize("attributes", [A27_POINTS, A27_NEW, A32_POINTS])
def test_points_of_schools_are_refused(tmp_path, attributes):
    """A file of points is no file of districts, and the sentence says which file is wanted."""
    with pytest.raises(UnreadableFileError) as raised:
        read(tmp_path, attributes, shape=shapely.Point(134.8, 34.75))
    assert raised.value.key == "polygons.school_points"
    assert "面" in say_error(raised.value)


def test_points_beside_areas_are_left_out_and_said(tmp_path):
    """An archive of 2010 holds both: the areas are read, the points are left out with a finding."""
    members = {
        "A27-10_28-g_SchoolDistrict.geojson": geojson(feature(HERE, **A27_OLD)),
        "A27-10_28-g_PublicElementarySchool.geojson": geojson(feature(HERE.centroid, **A27_POINTS)),
    }
    file = tmp_path / "A27-10_28_GML.zip"
    file.write_bytes(zipped(members))
    intake = read_school_districts([file])
    assert [item.name for item in intake.items] == [NAME]
    assert [one.key for one in intake.findings] == ["polygons.points_left_out"]


def test_a_zipped_shapefile_of_2016_is_read(tmp_path):
    """Column names and CP932 names come through a shapefile in an archive."""
    path = shapefile(tmp_path, {name: [value] for name, value in A27_OLD.items()}, [HERE], crs="EPSG:4612")
    parts = {f"A27-16_28{part.suffix}": part.read_bytes() for part in sorted(tmp_path.glob(f"{path.stem}.*"))}
    file = tmp_path / "A27-16_28_GML.zip"
    file.write_bytes(zipped(parts))
    assert [item.name for item in read_districts([file]).items] == [NAME]


def test_pieces_of_a_district_are_one(tmp_path):
    """Two features of the same school are one district."""
    assert len(read(tmp_path, A27_NEW, A27_NEW).items) == 1


def test_both_kinds_at_once_are_refused(tmp_path):
    """Elementary and junior-high districts are two layers and never one."""
    with pytest.raises(UnreadableFileError) as raised:
        read(tmp_path, A27_NEW, A32_NEW)
    assert raised.value.key == "polygons.mixed_products"


def test_other_files_are_read_by_a_named_attribute(tmp_path):
    """Districts of another publisher are refused here, and read with their name field by the common door."""
    file = tmp_path / "city.geojson"
    file.write_bytes(geojson(feature(HERE, 町会="平岡町会", 市区町村コード="282103", 世帯=120.0)))
    with pytest.raises(UnreadableFileError) as raised:
        read_school_districts([file])
    assert raised.value.key == "polygons.not_school_districts"
    intake = read_districts([file], name_field="町会")
    assert (intake.items[0].name, intake.items[0].code, intake.layer) == ("平岡町会", "28210", "")
    assert intake.items[0].extra == {"世帯": "120"}


@needs_real_data
@pytest.mark.parametrize(
    ("file", "layer", "number", "square_km"),
    [
        ("A27-21_28210", "elementary", 28, 132.3),
        ("A32-21_28210", "junior_high", 12, 132.3),
        ("A27-21_13103", "elementary", 18, 20.4),
        ("A32-21_13103", "junior_high", 10, 20.4),
    ],
)
def test_the_published_districts(file, layer, number, square_km):
    """加古川市 has 28 and 12 districts, 東京都港区 18 and 10, of plausible area, all valid."""
    intake = read_districts([REAL / "districts" / f"{file}.geojson"])
    shrink = 0.8123 if "13103" in file else 0.8225  # the cosine of the latitude
    total = sum(item.geometry.area for item in intake.items) * 110.95 * 111.32 * shrink
    assert (intake.layer, len(intake.items), intake.findings) == (layer, number, ())
    assert {item.code for item in intake.items} == {file[-5:]}
    assert all(item.geometry.is_valid and item.address for item in intake.items)
    assert total == pytest.approx(square_km, rel=0.04)
    assert intake.source is not None
    assert "国土交通省" in intake.source.credit


@needs_real_data
def test_hiraoka_elementary_lies_across_two_junior_high_districts():
    """平岡小 is 54 % in 平岡中 and 46 % in 平岡南中: the layers do not nest."""
    small = read_districts([REAL / "districts" / "A27-21_28210.geojson"])
    large = read_districts([REAL / "districts" / "A32-21_28210.geojson"])
    hiraoka = next(item.geometry for item in small.items if item.name == "平岡小学校")
    shares = {item.name: item.geometry.intersection(hiraoka).area / hiraoka.area for item in large.items}
    assert shares["平岡中学校"] == pytest.approx(0.54, abs=0.01)
    assert shares["平岡南中学校"] == pytest.approx(0.46, abs=0.01)
