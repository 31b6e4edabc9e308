"""The order of an answer is total, so that its pages fit together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import open_store
from portal.model.membership import Membership
from portal.model.position import Point, distance_m
from portal.query import Query
from portal.store import Occurring, Put
from tests.db.records import TODAY, TOWN, make_district, make_place

STATION = Point(135.4797, 34.6658)


def lay_out(store, *occurrences):
    """Lay occurrences out, each a place, days from today and a minute."""
    laid = [Occurring(place, TODAY + timedelta(days=days), minute) for place, days, minute in occurrences]
    store.lay_out(laid, TODAY, TODAY + timedelta(days=62), None)


def test_the_next_to_take_place_comes_first(store):
    """By day, then by minute, a day without an hour before its hours; then what never takes place, by reading."""
    store.apply(Put(make_place(place)) for place in ("late", "early", "past", "all_day", "today"))
    store.apply([Put(make_place("never2", name="漢字", name_kana="イ")), Put(make_place("never1", name="あ"))])
    lay_out(store, ("late", 1, 900), ("early", 1, 600), ("early", 0, 1300), ("past", -1, 600), ("past", 9, 60))
    store.lay_out([Occurring("all_day", TODAY, None)], TODAY, TODAY, ["all_day"])
    store.lay_out([Occurring("today", TODAY, 600)], TODAY, TODAY, ["today"])
    found = store.find(Query(TOWN), TODAY, 10)
    assert [one.place for one in found] == ["all_day", "today", "early", "late", "past", "never1", "never2"]
    days = [one.next_day and (one.next_day - TODAY).days for one in found]
    assert days == [0, 0, 0, 1, 9, None, None]
    assert {one.distance_m for one in found} == {None}


def test_the_nearest_comes_first_where_a_point_is_given(store):
    """Distances are the great-circle metres of the model; what has no position comes last and has no distance."""
    places = [make_place("far", 135.9), make_place("near", 135.481, 34.666), make_place("none", None)]
    store.apply(map(Put, [*places, make_place("here", STATION.lon, STATION.lat)]))
    lay_out(store, ("far", 0, 600), ("none", 0, 600))
    found = store.find(Query(TOWN, near=STATION), TODAY, 10)
    assert [one.place for one in found] == ["here", "near", "far", "none"]
    assert [one.distance_m for one in found[:3]] == pytest.approx(
        [0.0, distance_m(Point(135.481, 34.666), STATION), distance_m(Point(135.9, 34.65), STATION)], abs=0.01
    )
    assert found[3].distance_m is None
    assert found[2].next_day == TODAY


def test_a_found_place_bears_its_district_in_the_layer(store):
    """The district's name is that of the query's layer; outside, and without a layer, there is none."""
    store.apply(map(Put, [make_place("a"), make_place("b"), make_district("d1", "平尾")]))
    store.apply([Put(Membership("a", "elementary", "d1")), Put(Membership("b", "elementary", None))])
    assert [one.district for one in store.find(Query(TOWN, layer="elementary"), TODAY, 9)] == ["平尾", None]
    assert [one.district for one in store.find(Query(TOWN), TODAY, 9)] == [None, None]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.none() | st.sampled_from([135.1, 135.2]), st.none() | st.integers(0, 2))
    ),
    st.sampled_from([None, STATION]),
    st.integers(1, 4),
)
def test_pages_together_are_the_whole_answer(town, near, size):
    """However alike the places are, no page repeats a place of another or leaves one out."""
    store = open_store(":memory:")
    store.apply(Put(make_place(f"p{number}", lon, name=name)) for number, (name, lon, _) in enumerate(town))
    lay_out(store, *((f"p{number}", days, 600) for number, (_, _, days) in enumerate(town) if days is not None))
    query = Query(TOWN, near=near)
    whole = store.find(query, TODAY, 1000)
    pages = [store.find(query, TODAY, size, start) for start in range(0, len(town) + 1, size)]
    assert [one for page in pages for one in page] == whole
    assert len({one.place for one in whole}) == len(town)
    store.close()
