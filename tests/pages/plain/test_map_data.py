"""The small map's files: outlines with counts, points that lead to pages, nothing that is not public."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pages.plain import map_data, paths, sorts
from portal.errors import UnknownThingError
from portal.importing.places import plan_places
from portal.importing.plan import carry_out
from portal.model.post import PostKind, PostState, Where, WhereKind
from portal.store import Put
from tests import town
from tests.portal import people

ID = "d1"


@pytest.fixture
def told(here, store):
    """A file of map data as JSON: ``told("map_town", code=…)``, of a town with a salon and a shelter."""
    district = replace(town.district("西小", town.square(0, 0)), id=ID, layer="west", name_en="West")
    rows = (town.row(2, "ひだまり"), town.row(3, "小学校", 1.5, kind="shelter"), town.row(4, "位置なし", None))
    store.apply([Put(replace(layer, key="west")) for layer in store.layers(town.CODE)[:1]] + [Put(district)])
    carry_out(store, plan_places(store, town.intake(*rows), town.order()))

    def read(name: str, **keys: str):
        return json.loads(sorts.make(here, paths.path(name, **{"code": town.CODE, **keys})).content)

    return read


def names(found) -> list[str]:
    """The names of the points."""
    return sorted(one["properties"]["name"] for one in found["features"] if one["geometry"]["type"] == "Point")


def test_a_town_has_all_points_with_their_pages_and_signs(told, store):
    """What has a position is a point; its page is a path after the language, and its kind's sign is told."""
    found = told("map_town")
    assert names(found) == ["ひだまり", "小学校"]
    first = next(one for one in found["features"] if one["properties"]["name"] == "ひだまり")
    assert paths.read(f"ja/{first['properties']['page']}") == (
        "place",
        {"lang": "ja", "code": town.CODE, "id": first["properties"]["id"]},
    )
    assert first["geometry"]["coordinates"] == [135.005, 34.005]
    assert set(found["kinds"]) == {"elderly_salon", "shelter"}
    assert found["tiles"] is None


def test_a_district_has_its_outline_and_what_lies_in_it(told):
    """The outline bears name and count; the point of another district is not among its points."""
    found = told("map_district", id=ID)
    assert names(found) == ["ひだまり"]
    assert found["features"][0]["geometry"]["type"] == "MultiPolygon"
    assert (found["features"][0]["properties"]["name_en"], found["features"][0]["properties"]["count"]) == ("West", 1)
    assert found["credits"] == []


@pytest.mark.parametrize("zoom", map_data.ZOOMS)
def test_a_layer_has_its_outlines_with_counts_in_each_step(told, zoom):
    """Every district of the layer with how many lie in it, and the steps that there are."""
    found = told("map_outlines", layer="west", zoom=str(zoom))
    assert [(one["properties"]["name"], one["properties"]["count"]) for one in found["features"]] == [("西小", 1)]
    assert found["zooms"] == list(map_data.ZOOMS)
    assert paths.read(f"en/{found['features'][0]['properties']['page']}") is not None


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("map_town", {"code": "12345"}),
        ("map_outlines", {"layer": "west", "zoom": "12"}),
        ("map_outlines", {"layer": "nowhere", "zoom": "13"}),
        ("map_district", {"id": "d9"}),
        ("map_district", {"id": ID, "code": people.ELSEWHERE}),
    ],
)
def test_what_there_is_not_is_not_there(told, name, keys):
    """Another town's district, a step between and an unknown layer are 404."""
    with pytest.raises(UnknownThingError):
        told(name, **keys)


def test_only_what_everybody_sees_is_on_the_map(told, store):
    """A draft, a waiting and a hidden post are no points; help between residents shows no pin; a live event does."""
    for state in PostState:
        people.kept(store, state, facts=people.facts(f"催し{state}", where=people.pin()))
    help_wanted = people.facts("手伝って", kind=PostKind.HELP_WANTED, where=people.pin())
    people.kept(store, PostState.LIVE, facts=help_wanted)
    online = people.facts("オンライン", where=Where(WhereKind.ONLINE, url="https://example.jp/"))
    people.kept(store, PostState.LIVE, facts=online)
    for found in (told("map_town"), told("map_district", id=ID)):
        assert {name for name in names(found) if name.startswith("催し")} == {"催しlive", "催しcancelled"}
        assert not {"手伝って", "オンライン"} & set(names(found))


def test_every_file_that_is_named_can_be_made(here, told):
    """``every`` names exactly what ``make`` makes."""
    for sort in map_data.SORTS:
        named = [keys for keys in sort.every(here) if paths.read(paths.path(sort.name, **keys))]
        assert named
        assert all(json.loads(sort.make(here, keys).content)["type"] == "FeatureCollection" for keys in named)
