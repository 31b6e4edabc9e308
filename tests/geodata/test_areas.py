"""The built-in municipalities, their layers, approximate districts and kinds of place."""

from __future__ import annotations

import csv
import itertools
import json
import tomllib
from collections import Counter
from functools import cache

import pytest
import shapely
from shapely.geometry import shape

from geodata.areas import districts, kinds, layers, municipalities
from geodata.areas.addresses import gazetteer
from geodata.areas.approximate import district_of_address
from geodata.areas.tables import FOLDER, anchors, schools, source
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.kind import EVACUATION_KINDS
from tests.real_data import REAL, needs_real_data

CODES = ["13103", "27107", "27108", "27125", "28210"]
OSAKA_WARDS = ["27107", "27108", "27125"]
COUNTS = {
    "13103": {"city": 1, "five_districts": 5, "elementary": 19, "junior_high": 10},
    "27107": {"city": 1, "elementary": 11},
    "27108": {"city": 1, "elementary": 10},
    "27125": {"city": 1, "elementary": 16},
    "28210": {"city": 1, "elementary": 28, "junior_high": 12},
}
TAISHO = ["三軒家西", "三軒家東", "泉尾東", "泉尾北", "中泉尾", "北恩加島", "小林", "平尾", "南恩加島", "鶴町"]
CONFIRMED_IN_SUMINOE = {"安立", "敷津浦", "住之江", "住吉川", "平林"}


areas_of = cache(districts)


def _of(code, layer):
    return [district for district in areas_of(code) if district.layer == layer]


def test_the_five_municipalities():
    """The five are there, and the two 港区 are told apart by name."""
    assert [place.code for place in municipalities()] == CODES
    assert len({place.name for place in municipalities()}) == len(CODES)
    assert {place.name for place in municipalities()} >= {"東京都港区", "大阪市港区"}


@pytest.mark.parametrize("code", CODES)
def test_each_layer_has_its_districts(code):
    """Each layer has as many districts as it has schools; layers that wait for a file have none and say so."""
    assert Counter(district.layer for district in areas_of(code)) == COUNTS[code]
    for layer in layers(code):
        assert layer.key in COUNTS[code] or (layer.note and layer.note_en)


def test_kakogawa_has_its_three_tiers():
    """加古川市: the city; school districts and branches; neighbourhood associations."""
    assert {layer.key: layer.tier for layer in layers("28210")} == {
        "city": 1,
        "elementary": 2,
        "junior_high": 2,
        "branch": 2,
        "neighbourhood": 3,
    }


def test_names_of_taisho():
    """大正区 has its ten areas, by name and in order."""
    assert [district.name for district in _of("27108", "elementary")] == TAISHO


def test_the_five_districts_of_minato():
    """東京都港区 has its five districts, and each facility lies in the one that its address names."""
    areas = {district.name: district.geometry for district in _of("13103", "five_districts")}
    assert list(areas) == ["芝", "麻布", "赤坂", "高輪", "芝浦港南"]
    for row in anchors():
        inside = [name for name, area in areas.items() if shapely.contains_xy(area, row.at.lon, row.at.lat)]
        assert inside == [district_of_address(row.address)], row.facility


@pytest.mark.parametrize(
    ("address", "district"),
    [
        ("港区三田3-5-24", "芝"),
        ("港区三田4-13-13", "高輪"),
        ("港区海岸1-1", "芝"),
        ("港区海岸3-1", "芝浦港南"),
        ("港区芝5-36-4", "芝"),
        ("港区芝浦1-16-1", "芝浦港南"),
    ],
)
def test_towns_that_two_districts_share(address, district):
    """A town divided between two districts is told by its 丁目, and 芝浦 is not taken for 芝."""
    assert district_of_address(address) == district


def test_a_town_of_no_district():
    """An address whose town no district names is refused, not guessed."""
    for address in ("港区架空町1-1", "港区三田", "どこか", "港区三田9-1"):
        with pytest.raises(InvalidRecordError) as refused:
            district_of_address(address)
        assert refused.value.key == "areas.unknown_town"


@pytest.mark.parametrize("code", CODES)
def test_every_built_in_district_is_approximate(code):
    """Every built-in district is called approximate and has an English name, a source, terms and a credit."""
    for district in areas_of(code):
        assert district.approximate
        assert district.municipality == code
        assert district.name_en
        assert district.source.name
        assert district.source.licence
        assert district.source.credit


def test_ids_are_unique():
    """No two built-in districts have one id."""
    ids = [district.id for code in CODES for district in areas_of(code)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("code", CODES)
def test_districts_of_a_layer_do_not_overlap(code):
    """The districts of each layer share their edges exactly and never overlap."""
    for layer in COUNTS[code]:
        assert shapely.coverage_is_valid([district.geometry for district in _of(code, layer)])


@pytest.mark.parametrize("layer", ["city", "elementary"])
def test_wards_side_by_side_do_not_overlap(layer):
    """The three wards of 大阪市 leave to each other what is nearer to the other's schools."""
    areas = [shapely.union_all([district.geometry for district in _of(code, layer)]) for code in OSAKA_WARDS]
    for one, other in itertools.combinations(areas, 2):
        assert shapely.intersection(one, other).area == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("code", CODES)
def test_the_city_holds_every_district(code):
    """The whole of a municipality covers all its districts, but for the straight pieces of the circles."""
    (city,) = _of(code, "city")
    for district in areas_of(code):
        assert shapely.difference(district.geometry, city.geometry).area < district.geometry.area * 1e-3


def test_each_school_lies_in_its_district():
    """Each school of the table lies in the district that bears its name."""
    for row in schools():
        inside = [
            district.name
            for district in _of(row.code, row.layer)
            if shapely.contains_xy(district.geometry, row.at.lon, row.at.lat)
        ]
        assert inside == [row.name]


def test_names_that_are_not_certain_say_so():
    """In 住之江区 all but the confirmed names say that they are those of schools; closed schools say so in 加古川市."""
    assert {district.name for district in _of("27125", "elementary") if not district.note} == CONFIRMED_IN_SUMINOE
    closed = {district.name for district in areas_of("28210") if "両荘みらい学園" in district.note}
    assert closed == {"上荘小学校", "平荘小学校", "両荘中学校"}


def test_a_municipality_that_is_not_built_in():
    """Any other municipality is refused by its code."""
    for ask in (layers, districts):
        with pytest.raises(UnknownThingError) as refused:
            ask("27100")
        assert refused.value.key == "areas.not_built_in"


@pytest.mark.parametrize("name", ["schools", "anchors"])
def test_every_row_names_its_source(name):
    """Every row of the tables of points names a source that is described."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert source(row["source"]).licence


def test_every_certainty_is_explained():
    """Every certainty of a name is explained in both languages, but for those that are sure."""
    notes = tomllib.loads((FOLDER / "certainty.toml").read_text(encoding="utf-8"))
    assert {row.certainty for row in schools()} == set(notes)
    assert all(" / " in note for key, note in notes.items() if key != "known")


def _lightness(colour):
    """CIE 1976 L* of ``#rrggbb`` in sRGB, 0 to 100, and its relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * luminance ** (1 / 3) - 16, luminance


def test_kinds_are_told_apart_without_hue():
    """Each kind has its own letter and its own colour; kinds of one shape differ by 20 in lightness."""
    all_kinds = kinds()
    assert len({kind.letter for kind in all_kinds}) == len(all_kinds) == 23
    assert len({kind.colour for kind in all_kinds}) == len(all_kinds)
    for one, other in itertools.combinations(all_kinds, 2):
        if one.shape is other.shape:
            assert abs(_lightness(one.colour)[0] - _lightness(other.colour)[0]) >= 20, (one.key, other.key)


def test_letters_can_be_read_on_their_colour():
    """White or black, whichever is the better, has a contrast of at least 6.5 on each colour."""
    for kind in kinds():
        luminance = _lightness(kind.colour)[1]
        assert max(1.05 / (luminance + 0.05), (luminance + 0.05) / 0.05) >= 6.5, kind.key


def test_evacuation_kinds_are_marked():
    """The three kinds of the evacuation screen, and no others, are marked as such."""
    assert {kind.key for kind in kinds() if kind.evacuation} == EVACUATION_KINDS


@needs_real_data
@pytest.mark.parametrize(("code", "least"), [("13103", 0.99), ("27107", 0.97), ("27108", 0.90), ("27125", 0.65)])
def test_approximate_areas_lie_on_the_real_ones(code, least):
    """The approximate whole covers most of the land inside the published outline of the ward."""
    features = json.loads((REAL / "boundaries" / f"N03_{code}.geojson").read_text(encoding="utf-8"))["features"]
    outline = shapely.union_all([shape(feature["geometry"]).buffer(0) for feature in features])
    (city,) = _of(code, "city")
    assert shapely.intersection(outline, city.geometry).area / outline.area >= least


@needs_real_data
def test_official_names_of_kakogawa_and_minato():
    """District names are those of the official files of 2021, in which only 芝浜小 is not found."""
    for code, layer, stem in (
        ("28210", "elementary", "A27"),
        ("28210", "junior_high", "A32"),
        ("13103", "elementary", "A27"),
    ):
        features = json.loads((REAL / "districts" / f"{stem}-21_{code}.geojson").read_text(encoding="utf-8"))[
            "features"
        ]
        official = {feature["properties"][f"{stem}_004"] for feature in features}
        assert {district.name for district in _of(code, layer)} - official <= {"芝浜小学校"}


@pytest.mark.parametrize("code", ["13103", "27107", "27108", "27125", "28210"])
def test_addresses_of_schools_are_known_from_the_start(code):
    """Every built-in municipality knows some addresses, each once, with a point of its own."""
    points = gazetteer(code)
    assert len(points) >= 10
    assert len({point.id for point in points}) == len(points)
    assert {point.municipality for point in points} == {code}
