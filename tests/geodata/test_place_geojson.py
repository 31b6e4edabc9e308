"""Places as GeoJSON: valid by RFC 7946, with terms and credit, and read again as the same places."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from geodata import place_geojson
from geodata.geojson import read_features
from portal.model.position import Point
from portal.model.source import Source
from tests import town
from tests.geodata.open_entries import entry, put
from tests.geodata.test_standard_lists_writing import SALON, SITE, WELFARE, differing, read_places, same_dates

SOURCE = Source("町の一覧", "CC BY 4.0", town.TODAY, "みなも町の一覧を加工", "https://example.jp/list")
ABOUT = {"title": "みなも町の場所", "licence": "CC BY 4.0", "credit": "みなも町の一覧を加工"}


def written(*entries, districts=None):
    """The collection as it is written."""
    return place_geojson.write(entries, town.TODAY, ABOUT, districts or {})


def told(*entries):
    """The properties of the first."""
    return json.loads(written(*entries))["features"][0]["properties"]


def test_a_place_comes_back_the_same(tmp_path):
    """Every field of a salon is read again from its properties; an extension of the telephone is not in them."""
    path = put(tmp_path, "places.geojson", written(entry(SALON, verified_on=date(2026, 10, 1))))
    (row,) = read_places(path)
    assert differing(row.facts, SALON, "schedule", "extra", "contacts") == set()
    assert same_dates(row.facts.schedule, SALON.schedule)
    plain = {(one.kind, one.value) for one in SALON.contacts}
    assert {(one.kind, one.value) for one in row.facts.contacts if one.public} == plain
    assert (row.record, row.verified_on) == ("p1", date(2026, 10, 1))


def test_the_collection_says_its_terms():
    """Licence, credit and every source stand beside the features, and each feature names its own."""
    whole = json.loads(written(entry(SALON, source=SOURCE), entry(SITE, "p2", source=SOURCE), entry(WELFARE, "p3")))
    assert {name: whole[name] for name in ABOUT} == ABOUT
    assert whole["sources"] == [
        {
            "name": "町の一覧",
            "licence": "CC BY 4.0",
            "credit": "みなも町の一覧を加工",
            "url": "https://example.jp/list",
            "as_of": "2026-11-22",
        }
    ]
    assert [one["properties"].get("licence") for one in whole["features"]] == ["CC BY 4.0", "CC BY 4.0", None]


def test_a_position_has_six_decimals_longitude_first(tmp_path):
    """A point is written to a decimetre, longitude first; what has no position has none, and is in the file."""
    fine = replace(SALON, position=Point(135.12345678, 34.98765432))
    nowhere = town.facts("どこかの会", None)
    path = put(tmp_path, "a.geojson", written(entry(fine), entry(nowhere, "p2")))
    first, second = json.loads(path.read_bytes())["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [135.123457, 34.987654]}
    assert second["geometry"] is None
    assert len(read_features(path).features) == 2


def test_a_welfare_shelter_says_whom_it_accepts():
    """Whom a welfare shelter accepts is verbatim, and whether it is open is told as not known."""
    properties = told(entry(WELFARE))
    assert properties["accepts"] == "要配慮者（事前に登録した人）"
    assert (properties["opening"], properties["kind"]) == ("unknown", "welfare_shelter")


def test_marks_are_told():
    """Sample content and what is called off say so, with the reason and the page of the record."""
    properties = told(entry(SALON, sample=True, cancelled=True, reason="雨のため"))
    assert (properties["sample"], properties["cancelled"], properties["cancelled_because"]) == (True, True, "雨のため")
    assert properties["page"].startswith("https://ibasho.example/")


def test_districts_are_told_by_layer():
    """Each layer's district stands by its name."""
    whole = json.loads(written(entry(SALON), districts={"p1": {"elementary": "西小"}}))
    assert whole["features"][0]["properties"]["districts"] == {"elementary": "西小"}
