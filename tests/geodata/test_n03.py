"""Outlines of municipalities, in every layout of N03."""

from __future__ import annotations

from datetime import date

import pytest

from geodata.n03 import read_boundaries
from geodata.polygons import municipality_code
from portal.errors import UnreadableFileError
from tests.geodata.polygon_files import feature, geojson, square
from tests.real_data import REAL, needs_real_data

OLD = {"N03_001": "大阪府", "N03_002": None, "N03_003": "大阪市", "N03_004": "大正区", "N03_007": "27108"}
NEW = {
    "N03_001": "大阪府",
    "N03_002": None,
    "N03_003": None,
    "N03_004": "大阪市",
    "N03_005": "大正区",
    "N03_007": "27108",
}
VILLAGE = {"N03_001": "兵庫県", "N03_002": None, "N03_003": "加古郡", "N03_004": "稲美町", "N03_007": "28381"}
NOBODYS = {"N03_001": "東京都", "N03_002": None, "N03_003": None, "N03_004": "所属未定地", "N03_007": None}


def outlines(tmp_path, *rows, name="N03-20240101_27.geojson"):
    """The intake of a file in which each row of attributes has a square of its own."""
    file = tmp_path / name
    file.write_bytes(geojson(*(feature(square(135 + i / 10, 34.6), **row) for i, row in enumerate(rows))))
    return read_boundaries([file])


@pytest.mark.parametrize("row", [OLD, NEW])
def test_a_ward_of_a_designated_city_bears_the_name_of_an_address(tmp_path, row):
    """大阪市大正区 is put together from the columns of either layout; its pieces are one outline."""
    (one,) = outlines(tmp_path, row, row, row).items
    assert (one.code, one.name, one.prefecture) == ("27108", "大阪市大正区", "大阪府")
    assert one.geometry.geom_type == "MultiPolygon"
    assert one.geometry.area == pytest.approx(3e-4)


def test_a_town_keeps_its_county(tmp_path):
    """An address says 加古郡稲美町, and so does the outline."""
    assert outlines(tmp_path, VILLAGE).items[0].name == "加古郡稲美町"


def test_land_of_nobody_is_left_out_and_said(tmp_path):
    """所属未定地 is no municipality: it is left out with a finding that names the feature."""
    intake = outlines(tmp_path, OLD, NOBODYS)
    assert len(intake.items) == 1
    assert [(one.line, one.key) for one in intake.findings] == [(2, "polygons.unassigned_land")]


def test_the_day_is_taken_from_the_original_file_name(tmp_path):
    """N03-20240101 describes 1 January 2024; the credit is the one that the terms ask for."""
    source = outlines(tmp_path, OLD).source
    assert source.as_of == date(2024, 1, 1)
    assert source.credit == "「国土数値情報（行政区域データ）（国土交通省）を加工して作成」"


@pytest.mark.parametrize(
    ("published", "name", "prefecture"),
    [
        ("岐阜県山県市", "山県市", "岐阜県"),
        ("京都府京都市北区", "京都市北区", "京都府"),
        ("神奈川県横浜市", "横浜市", "神奈川県"),
        ("山県市", "山県市", ""),
    ],
)
def test_a_name_alone_is_parted_from_its_prefecture(tmp_path, published, name, prefecture):
    """Files with only a name are read; a city with 県 in its own name keeps it."""
    (one,) = outlines(tmp_path, {"name": published}, name="N03_21215.geojson").items
    assert (one.code, one.name, one.prefecture) == ("21215", name, prefecture)


def test_the_code_of_the_file_name_is_not_given_to_several(tmp_path):
    """A file of two municipalities leaves their codes open rather than give both the same."""
    intake = outlines(tmp_path, {"name": "甲市"}, {"name": "乙市"}, name="N03_21215.geojson")
    assert [one.code for one in intake.items] == ["", ""]


def test_other_columns_are_refused(tmp_path):
    """A file of something else is refused, and its columns are listed."""
    with pytest.raises(UnreadableFileError) as raised:
        outlines(tmp_path, {"町名": "x"})
    assert raised.value.key == "polygons.not_n03"
    assert raised.value.values["fields"] == "町名"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("28210", "28210"),
        ("282103", "28210"),
        ("92011", "09201"),
        ("1101", "01101"),
        ("２８２１０", "28210"),
        ("", ""),
        ("abc", ""),
        ("1234567", ""),
    ],
)
def test_codes_are_five_digits(written, code):
    """The check digit goes, a lost leading zero comes back, and what is no code is none."""
    assert municipality_code(written) == code


@needs_real_data
@pytest.mark.parametrize(
    ("code", "name", "square_km"),
    [
        ("13103", "港区", 20.4),
        ("27107", "大阪市港区", 7.9),
        ("27108", "大阪市大正区", 9.4),
        ("27125", "大阪市住之江区", 20.6),
        ("28210", "加古川市", 138.5),
    ],
)
def test_the_outlines_of_the_five_municipalities(code, name, square_km):
    """Each published outline becomes one area of the size that is officially stated."""
    intake = read_boundaries([REAL / "boundaries" / f"N03_{code}.geojson"])
    (one,) = intake.items
    shrink = 0.8123 if code == "13103" else 0.8225  # the cosine of the latitude
    assert (one.code, one.name, intake.findings) == (code, name, ())
    assert one.geometry.area * 110.95 * 111.32 * shrink == pytest.approx(square_km, rel=0.01)
