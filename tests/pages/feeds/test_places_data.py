"""Open data of the invented town: what is in it, what is not, and what an import makes of it again."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from geodata import events, places
from geodata.places import PlaceOptions
from pages.plain import paths, sorts
from portal.errors import InvalidRecordError, UnknownThingError
from portal.importing.places import plan_places
from portal.importing.plan import Order, carry_out
from portal.model.batch import ImportKind
from portal.model.membership import Membership
from portal.model.place import Contact, ContactKind
from portal.model.post import HELP, PUBLIC, PostKind, PostState, Where, WhereKind
from portal.model.shelter import ShelterFacts
from portal.normalise import fold
from portal.store import Put
from tests import town
from tests.portal import people

FILES = ("geojson", "facilities_csv", "events_csv", "shelters_csv", "stays_csv")
WEST = f"{town.CODE}-elementary-西小"
SECRET = Contact(ContactKind.PHONE, "090-1111-2222")


@pytest.fixture
def town_store(store):
    """Places of each sort, an event and a series."""
    salon = town.place("p1", address="みなも町東1", schedule=people.tuesdays(), contacts=(SECRET,))
    store.apply(
        [
            Put(salon),
            Put(Membership("p1", "elementary", WEST)),
            Put(town.place("p2", "東公園", kind="emergency_site")),
            Put(town.place("p3", "支援学校", kind="welfare_shelter", shelter=ShelterFacts(accepts="要配慮者"))),
            Put(town.place("p4", "広場", 1.5, 1.5, kind="ibasho")),
        ]
    )
    at_place = Where(WhereKind.PLACE, place="p1")
    people.kept(store, PostState.LIVE, id="post-1", facts=people.facts(where=at_place), live_at=people.NOW)
    series = people.facts("第一公園の体操", kind=PostKind.SERIES, schedule=people.tuesdays(), where=people.pin())
    people.kept(store, PostState.LIVE, id="post-2", facts=series, live_at=people.NOW)
    return store


@pytest.fixture
def get(town_store, here):
    """A file's text, narrowed by parameters."""

    def made(name, **params):
        sort = sorts.SORTS[name]
        return sort.filtered(here, {"code": town.CODE}, params).content.decode("utf-8-sig")

    return made


def names(text):
    """The names in a list or a collection."""
    if text.startswith("{"):
        return [one["properties"]["name"] for one in json.loads(text)["features"]]
    headers = ("名称", "イベント名", "施設・場所名")
    return [row[name] for row in csv.DictReader(io.StringIO(text)) for name in headers if name in row]


def imported(store, intake):
    """The places that an import makes, which goes in without a row refused."""
    order = Order(ImportKind.PLACES, ("a.csv",), ("0",), people.NOW, municipality=town.CODE)
    plan = plan_places(store, intake, order)
    assert plan.tally.refused == 0
    carry_out(store, plan)
    return {item.facts.name: item for item in store.places_of(town.CODE) if item.origin.batch == plan.batch}


def test_each_list_holds_what_is_of_it(get):
    """Facilities, events, sites and shelters each stand in their own list; GeoJSON has all places."""
    assert names(get("facilities_csv")) == ["ひだまりサロン", "広場"]
    assert names(get("events_csv")) == ["もちつき大会", *["第一公園の体操"] * 4]
    assert names(get("shelters_csv")) == ["東公園"]
    assert names(get("stays_csv")) == ["支援学校"]
    assert names(get("geojson")) == ["ひだまりサロン", "東公園", "支援学校", "広場"]
    assert names(get("geojson", show="dates")) == ["もちつき大会", "第一公園の体操"]


def test_the_filters_of_find_narrow_each_list(get):
    """District, kind, words and group narrow what is written; a filter that cannot be read is refused."""
    assert names(get("facilities_csv", kind="ibasho")) == ["広場"]
    assert names(get("facilities_csv", q="ひだまり")) == ["ひだまりサロン"]
    in_west = {"layer": "elementary", "district": WEST}
    assert names(get("geojson", **in_west, evacuation="0")) == ["ひだまりサロン"]
    assert names(get("geojson", group="group-hidamari")) == ["もちつき大会", "第一公園の体操"]
    assert names(get("events_csv", group="group-tonari")) == []
    for wrong in ({"kind": "none"}, {"day": "someday"}, {"columns": "mine"}, {"audience": "x"}):
        with pytest.raises(InvalidRecordError):
            get("facilities_csv", **wrong)


def test_the_layout_is_chosen(get):
    """``columns=standard`` writes 自治体標準オープンデータセット, without it the list is 推奨データセット."""
    assert get("facilities_csv").startswith("都道府県コード又は市区町村コード,NO,")
    assert get("facilities_csv", columns="standard").startswith("全国地方公共団体コード,ID,")


def test_nothing_but_what_is_public_is_written(get, town_store):
    """A post that is not public, a contact for staff and a place that is gone stand in no file."""
    for state in set(PostState) - PUBLIC:
        people.kept(town_store, state, facts=people.facts("しるしの会"), live_at=people.NOW)
    town_store.apply([Put(replace(town.place("p9", "なくなった所"), gone_on=town.TODAY))])
    for name in FILES:
        for params in ({}, *({"show": show} for show in ("dates", "wanted", "news"))):
            text = get(name, **params)
            assert not [secret for secret in ("しるしの会", SECRET.value, "なくなった所") if secret in text]


def test_help_between_residents_names_and_locates_nobody(get, town_store):
    """A wish for help has no group, no place and no way to get in touch, wherever it is written."""
    for kind in HELP:
        facts = people.facts("庭の手入れ", kind=kind, where=people.pin(1.234, 1.234))
        kept = people.kept(town_store, PostState.LIVE, facts=facts, live_at=people.NOW)
        town_store.apply([Put(Membership(kept.id, "elementary", WEST))])
    features = json.loads(get("geojson", show="wanted"))["features"]
    assert [one["geometry"] for one in features] == [None, None]
    told = json.dumps(features, ensure_ascii=False)
    assert not [secret for secret in ("ひだまりの会", "group-hidamari", "第一公園", "districts") if secret in told]
    assert names(get("events_csv", show="wanted")) == []


def test_what_is_called_off_says_so_or_is_left_out(get, town_store):
    """A cancelled event is marked in GeoJSON and stands in no list of events that would be taken for held."""
    kept = town_store.post("post-1")
    people.put(town_store, replace(kept, state=PostState.CANCELLED, reason="雨のため"))
    assert "もちつき大会" not in names(get("events_csv"))
    (marked,) = (
        one["properties"] for one in json.loads(get("geojson", show="dates"))["features"] if one["id"] == "post-1"
    )
    assert (marked["cancelled"], marked["cancelled_because"]) == (True, "雨のため")


def test_an_import_makes_the_same_places_of_the_list(get, town_store, tmp_path):
    """What 公共施設一覧 says goes in again through the import, as the same places."""
    path = tmp_path / "salons.csv"
    path.write_bytes(get("facilities_csv").encode("utf-8-sig"))
    kinds = {fold(name): kind.key for kind in town.KINDS for name in (kind.key, kind.ja)}
    found = imported(town_store, places.read([path], PlaceOptions(town.TODAY, kind_names=kinds)))
    for name, before in (("ひだまりサロン", "p1"), ("広場", "p4")):
        was = town_store.place(before).facts
        assert replace(found[name].facts, schedule=None, extra={}) == replace(was, schedule=None, contacts=())


def test_an_import_makes_the_same_events_of_the_list(get, town_store, tmp_path):
    """What groups hold goes in as events, each with all of its dates."""
    path = tmp_path / "events.csv"
    path.write_bytes(get("events_csv").encode("utf-8-sig"))
    found = imported(town_store, events.read([path], today=town.TODAY))
    assert [rule.start.day for rule in found["第一公園の体操"].facts.schedule.rules] == [24, 8, 22, 12]
    assert found["もちつき大会"].facts.schedule == people.on(6)
    assert found["もちつき大会"].facts.position == town.spot(0.5, 0.5)


def test_the_files_are_found_by_their_addresses(town_store, visit):
    """Each file has a lasting address, its media type and CORS, and takes filters; a wrong one is a 400."""
    browser = visit().browser
    for name in FILES:
        answer = browser.get(f"/{paths.path(name, code=town.CODE)}")
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["content-type"].startswith("application/geo+json" if name == "geojson" else "text/csv")
    assert browser.get(f"/feeds/{town.CODE}/facilities.csv?kind=none").status_code == 400


def test_a_municipality_that_there_is_not_has_no_files(here):
    """A file of a municipality that the portal does not have is none."""
    for name in FILES:
        with pytest.raises(UnknownThingError):
            sorts.make(here, paths.path(name, code="00000"))
