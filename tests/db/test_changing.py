"""Changes are made in their order, all of them or none."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import open_store
from portal.errors import InvalidRecordError
from portal.model.membership import Membership
from portal.model.place import Place
from portal.model.report_note import ErrorNote
from portal.query import Query
from portal.store import Drop, Occurring, Put
from tests.db.records import NOON, TODAY, TOWN, make_item, make_municipality, make_place

TOMORROW = TODAY + timedelta(days=1)
LAST = TODAY + timedelta(days=62)
PLACE_CHANGES = st.one_of(
    st.builds(lambda key, name: Put(make_place(key, name=name)), st.sampled_from("ab"), st.sampled_from("xyz")),
    st.builds(lambda key: Drop(Place, (key,)), st.sampled_from("ab")),
)
MEMBERSHIP_CHANGES = st.one_of(
    st.builds(
        lambda *row: Put(Membership(*row)), st.sampled_from("ab"), st.sampled_from("lm"), st.sampled_from(["d", None])
    ),
    st.builds(lambda *key: Drop(Membership, key), st.sampled_from("ab"), st.sampled_from("lm")),
)


def everything(store):
    """What the store holds of the two places."""
    return store.places_of(TOWN), [store.memberships(place) for place in "ab"]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(PLACE_CHANGES | MEMBERSHIP_CHANGES, max_size=6), st.lists(PLACE_CHANGES | MEMBERSHIP_CHANGES, max_size=8)
)
def test_changes_at_once_are_changes_one_by_one(before, changes):
    """Whatever the order of puts and drops in one apply, the end is that of making them one after the other."""
    at_once, one_by_one = open_store(":memory:"), open_store(":memory:")
    for store in (at_once, one_by_one):
        store.apply(before)
    at_once.apply(changes)
    for change in changes:
        one_by_one.apply([change])
    assert everything(at_once) == everything(one_by_one)
    at_once.close()
    one_by_one.close()


def test_a_dropped_place_takes_what_hangs_on_it_along(store):
    """Memberships and occurrences go with their place, even where it is put again at once; others stay."""
    for place in "ab":
        store.apply([Put(make_place(place)), Put(Membership(place, "elementary", "d1"))])
    store.lay_out([Occurring(place, TODAY, 600) for place in "ab"], TODAY, LAST, None)
    store.apply([Drop(Place, ("a",)), Put(make_place("a"))])
    assert store.memberships("a") == []
    assert [one.place for one in store.find(Query(TOWN, day="today"), TODAY, 9)] == ["b"]
    assert store.memberships("b") == [Membership("b", "elementary", "d1")]
    store.apply([Drop(Place, ("b",)), Drop(Place, ("nobody",))])
    assert [place.id for place in store.places_of(TOWN)] == ["a"]


def test_a_change_that_fails_leaves_nothing(store):
    """Where the last of many changes cannot be written, none was, and the store goes on."""
    store.apply([Put(make_municipality())])
    version = store.data_version()
    too_large = make_item("20261122-1", 2**40, "p1")
    with pytest.raises(duckdb.Error):
        store.apply([Drop(type(make_municipality()), (TOWN,)), Put(make_place()), Put(too_large)])
    assert store.municipalities() == [make_municipality()]
    assert store.places_of(TOWN) == []
    assert store.data_version() == version
    store.apply([Put(make_place())])
    assert store.places_of(TOWN) == [make_place()]


def test_a_list_of_changes_that_breaks_off_leaves_nothing(store):
    """Where the changes themselves cannot be told to their end, none of them was made."""

    def changes():
        yield Put(make_place())
        raise LookupError

    with pytest.raises(LookupError):
        store.apply(changes())
    assert store.places_of(TOWN) == []


def test_half_a_sign_is_refused_with_a_sentence(store):
    """A lone surrogate is no text and cannot be kept."""
    with pytest.raises(InvalidRecordError, match=r"store\.not_text"):
        store.apply([Put(ErrorNote("e1", "p1", "wrong", "\ud800", NOON))])
    assert store.error_notes() == []


def test_the_version_differs_after_every_change(store):
    """Records and laid-out occurrences both change the version; reading, and changing nothing, do not."""
    seen = [store.data_version()]
    store.apply([Put(make_place())])
    seen.append(store.data_version())
    store.apply([Put(make_place())])
    seen.append(store.data_version())
    store.lay_out([], TODAY, LAST, None)
    seen.append(store.data_version())
    store.lay_out([], TODAY, LAST, ["p1"])
    seen.append(store.data_version())
    assert len(set(seen)) == len(seen)
    store.apply([])
    store.municipalities()
    assert store.data_version() == seen[-1]


def test_laying_out_replaces_what_was_laid_out(store):
    """Laying out some places leaves the others as they are; laying out all leaves nothing from before."""
    store.apply(Put(make_place(place)) for place in "abc")
    assert store.occurrences_until() is None
    store.lay_out([Occurring(place, TODAY, None) for place in "ab"], TODAY, LAST, None)
    store.lay_out([Occurring("a", TOMORROW, 600)], TODAY, date(2027, 3, 1), ["a", "c", "a"])
    days = {one.place: one.next_day for one in store.find(Query(TOWN), TODAY, 9)}
    assert days == {"a": TOMORROW, "b": TODAY, "c": None}
    assert store.occurrences_until() == LAST
    store.lay_out([Occurring("c", TODAY, None)], TODAY, date(2027, 3, 1), None)
    days = {one.place: one.next_day for one in store.find(Query(TOWN), TODAY, 9)}
    assert days == {"a": None, "b": None, "c": TODAY}
    assert store.occurrences_until() == date(2027, 3, 1)


def test_many_changes_are_made_at_once():
    """Thousands of places with their memberships and items, in any order among the types, are one quick apply."""
    store = open_store(":memory:")
    places = [make_place(f"p{number:05}") for number in range(3000)]
    changes = [
        change
        for number, place in enumerate(places)
        for change in (
            Put(make_item("b", number, place.id)),
            Put(place),
            Put(Membership(place.id, "city", None)),
            Put(Membership(place.id, "elementary", f"d{number % 7}")),
        )
    ]
    store.apply(changes)
    store.apply(changes)
    assert store.places_of(TOWN) == places
    assert len(store.memberships_of(TOWN)) == 6000
    assert [item.number for item in store.batch_items("b")] == list(range(3000))
    store.apply(Drop(Place, (place.id,)) for place in places[1:])
    assert store.places_of(TOWN) == places[:1]
    assert len(store.memberships_of(TOWN)) == 2
    store.close()
