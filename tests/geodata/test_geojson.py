"""GeoJSON is read by json alone; whatever is wrong with it ends in one clear sentence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.geojson import read_features, write_features
from geodata.polygons import polygons_from, read_polygons
from portal.errors import UnreadableFileError
from portal.model.finding import Severity
from portal.words import LANGUAGES, say, say_error
from tests.geodata.polygon_files import feature, geojson, polygon, square

GOLDEN = Path(__file__).parent / "golden" / "polygons"


@pytest.mark.parametrize("file", sorted((GOLDEN / "whole").iterdir()), ids=lambda file: file.stem)
def test_a_file_that_cannot_be_read_is_refused_with_its_own_sentence(file):
    """Each bad file, named after its phrase, is refused with that phrase in both languages."""
    with pytest.raises(UnreadableFileError) as raised:
        read_polygons([file])
    assert raised.value.key == f"polygons.{file.stem.split('-')[0]}"
    assert all(say_error(raised.value, language) for language in LANGUAGES)


@pytest.mark.parametrize("file", sorted((GOLDEN / "feature").iterdir()), ids=lambda file: file.stem)
def test_a_bad_feature_is_refused_by_its_number_and_the_others_are_kept(file):
    """Of two features the second is bad: the first is kept, the second refused with the phrase of its file's name."""
    intake = read_polygons([file])
    assert [item.name for item in intake.items] == ["第一"]
    refused = [one for one in intake.findings if one.severity is Severity.REFUSED]
    assert [(one.line, one.key, one.file) for one in refused] == [(2, f"polygons.{file.stem.split('-')[0]}", file.name)]
    assert all(say(refused[0].key, language, **refused[0].values) for language in LANGUAGES)


@pytest.mark.parametrize("file", sorted((GOLDEN / "good").iterdir()), ids=lambda file: file.stem)
def test_unusual_but_sound_files_are_read(file):
    """Each odd but lawful file gives one area of about a hundredth of a degree each way, named 第一."""
    intake = read_polygons([file])
    (item,) = intake.items
    assert item.name == "第一"
    assert item.geometry.area == pytest.approx(1e-4, rel=1e-6)
    assert not item.geometry.has_z


def test_what_crosses_itself_is_mended_and_said():
    """A bow tie becomes the two triangles that it encloses, with a finding to look at it."""
    intake = polygons_from([read_features(polygon([[[139, 35], [139.1, 35.1], [139.1, 35], [139, 35.1], [139, 35]]]))])
    assert intake.items[0].geometry.area == pytest.approx(0.005)
    assert [(one.severity, one.key) for one in intake.findings] == [(Severity.DOUBTFUL, "polygons.mended")]


def test_an_open_ring_is_closed_and_said():
    """A ring that does not come back to its first point is closed, with a finding."""
    intake = polygons_from([read_features(polygon([[[139, 35], [139.1, 35], [139.1, 35.1]]]))])
    assert intake.items[0].geometry.area == pytest.approx(0.005)
    assert [one.key for one in intake.findings] == ["polygons.ring_closed"]


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"type":"GeometryCollection","geometries":['])
def test_deep_nesting_is_refused(opening):
    """Fifty thousand brackets end in a sentence, not in a crash."""
    closing = {"[": "]", '{"a":': "}"}.get(opening, "]}")
    deep = f'{{"type":"Polygon","coordinates":{opening * 50_000}1{closing * 50_000}}}'
    with pytest.raises(UnreadableFileError) as raised:
        read_features(deep.encode())
    assert raised.value.key == "polygons.too_deep"


def test_a_million_vertices_are_read():
    """A circle of a million points goes in whole."""
    angle = np.linspace(0, 2 * np.pi, 1_000_000)
    ring = np.column_stack([139 + 0.1 * np.cos(angle), 35 + 0.1 * np.sin(angle)])
    ring[-1] = ring[0]
    intake = polygons_from([read_features(polygon([ring.tolist()]))])
    assert shapely.get_num_coordinates(intake.items[0].geometry) == 1_000_000


@pytest.mark.parametrize("points", [2_000, 150_000])
def test_a_scribble_is_refused_before_it_takes_hours(points):
    """Lines that cross each other everywhere are refused by count, and nothing is mended."""
    ring = np.random.default_rng(7).uniform([139, 35], [139.1, 35.1], (points, 2))
    intake = polygons_from([read_features(polygon([[*ring.tolist(), ring[0].tolist()]]))])
    assert intake.items == ()
    assert [one.key for one in intake.findings] == ["polygons.tangled"]


def test_combs_of_one_name_are_not_dissolved():
    """Two sound combs laid across each other, whose union has a million corners, are refused."""
    teeth = np.arange(1000)[:, None] / 1000
    steps = np.hstack([teeth, teeth, teeth + 0.0003, teeth + 0.0003]).ravel()
    heights = np.tile([0.01, 1, 1, 0.01], 1000)
    comb = np.vstack([[0, 0], np.column_stack([steps, heights]), [1, 0], [0, 0]]) / 10
    pair = [shapely.Polygon(np.add(one, (139, 35))) for one in (comb, comb[:, ::-1])]
    intake = polygons_from([read_features(geojson(*(feature(one, name="櫛") for one in pair)))])
    assert [one.key for one in intake.findings] == ["polygons.tangled"]


def test_a_file_over_the_limit_is_refused_unread():
    """The limit counts bytes, before anything is parsed."""
    with pytest.raises(UnreadableFileError) as raised:
        read_features(b"{" * 100, max_bytes=99)
    assert raised.value.key == "polygons.too_large"


def test_metres_are_read_when_the_system_is_given(tmp_path):
    """EPSG:6677 metres without a crs member are refused with advice, and the advice works."""
    file = tmp_path / "metres.geojson"
    file.write_bytes(geojson(feature(shapely.box(-6000, -35000, -5000, -34000), name="芝")))
    with pytest.raises(UnreadableFileError) as raised:
        read_polygons([file])
    assert raised.value.key == "polygons.metres_as_degrees"
    (item,) = read_polygons([file], crs="EPSG:6677").items
    assert item.geometry.centroid.distance(shapely.Point(139.773, 35.689)) < 0.001


def test_names_are_cleaned_of_what_cannot_be_seen():
    """NUL, lone surrogates and signs that turn the writing are dropped; 外字, joiners and variants are kept."""
    raw = json.dumps({"name": "\x00\ud800\u202e 葛󠄀西👩‍👧\ue000\u200b "}).encode()
    shape = json.dumps(shapely.geometry.mapping(square(139, 35))).encode()
    found = read_features(b'{"type":"Feature","properties":' + raw + b',"geometry":' + shape + b"}")
    assert polygons_from([found]).items[0].name == "葛󠄀西👩‍👧\ue000"


def test_points_keep_their_shape_for_readers_of_places():
    """A point feature is given as a two-dimensional point with its attributes and number."""
    found = read_features(geojson(feature(shapely.Point(139, 35, 12), 名称="会館", 定員=30)))
    (one,) = found.features
    assert (one.number, one.properties) == (1, {"名称": "会館", "定員": 30})
    assert one.geometry.equals_exact(shapely.Point(139, 35), 0)


names = st.text(st.characters(categories=["L", "N", "P", "So"]), min_size=1, max_size=20)


@given(
    st.lists(st.tuples(names, st.floats(130, 140), st.floats(30, 40)), min_size=1, max_size=5, unique_by=lambda x: x[0])
)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back(rows):
    """Names and shapes survive writing and reading exactly."""
    shapes = [(square(west, south), {"name": name}) for name, west, south in rows]
    found = read_features(write_features(shapes).encode())
    assert [one.properties for one in found.features] == [properties for _, properties in shapes]
    assert all(
        one.geometry.equals(shape) for one, (shape, _) in zip(found.features, shapes, strict=True) if one.geometry
    )


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_in_features_or_one_sentence(data):
    """No bytes whatever raise anything but the portal's own error."""
    for text in (data, b'{"type":"FeatureCollection","features":[' + data + b"]}"):
        try:
            found = read_features(text)
        except UnreadableFileError as error:
            assert say_error(error)  # noqa: PT017  # most bytes are refused, a few are features
        else:
            assert found.features is not None


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "x"]), inner, max_size=2),
    max_leaves=12,
)


@given(kind=st.sampled_from(["Polygon", "MultiPolygon", "Point", "LineString", "MultiPoint", "X"]), inside=json_values)
@settings(max_examples=200, deadline=None)
def test_any_coordinates_end_in_a_shape_or_a_finding(kind, inside):
    """Whatever stands for the coordinates, the feature has a shape or is refused by its number."""
    document = {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": inside}}
    try:
        found = read_features(json.dumps(document).encode())
    except UnreadableFileError as error:
        assert error.key == "polygons.json_constant"  # noqa: PT017  # NaN and Infinity are refused as JSON
        return
    refused = [one.line for one in found.findings if one.severity is Severity.REFUSED]
    assert (found.features[0].geometry is None) == (refused == [1])
