"""The history of a record, what changed, and going back."""

from __future__ import annotations

import pytest

from portal import editing, history, laying_out
from portal.errors import UnknownThingError
from portal.history import Difference
from portal.model.mark import Mark
from portal.model.municipality import Municipality
from portal.model.place import Place
from portal.model.position import Precision
from portal.query import Query
from portal.schedules.reading import read_schedule
from portal.store import Drop, Put
from tests import town

MARK = Mark(town.NOW, "a1", "place.go_back", "まちがいでした")


def test_going_back_brings_the_record_and_all_that_hangs_on_it(store):
    """Name, district and dates are those of the chosen version, and the history says who went back and why."""
    schedule = read_schedule("毎週火曜日 10:00~12:00", town.TODAY).schedule
    store.apply([Put(town.place("p1"))])
    editing.edit(store, "p1", {"schedule": schedule}, town.TODAY)
    laying_out.lay_out_all(store, town.TODAY)
    wanted = store.history(Place, ("p1",))[0].entry
    before, districts = store.place("p1"), store.memberships("p1")
    editing.edit(store, "p1", {"position": town.spot(1.5, 1.5), "name": "別の名", "schedule": None}, town.TODAY)
    assert store.memberships("p1") != districts
    assert history.go_back(store, Place, ("p1",), wanted, MARK) == before
    assert store.place("p1") == before
    assert store.memberships("p1") == districts
    assert [found.place for found in store.find(Query(town.CODE, day="tue"), town.TODAY, 5)] == ["p1"]
    newest = history.versions(store, Place, ("p1",))[0]
    assert (newest.who, newest.action, newest.reason) == ("a1", "place.go_back", "まちがいでした")
    assert history.record_of(Place, newest) == before


def test_what_was_removed_can_be_brought_back(store):
    """A removal is a version without a record: one can go back to the one before it, not to the removal."""
    store.apply([Put(town.place("p1"))])
    store.apply([Drop(Place, ("p1",))])
    removed, there = history.versions(store, Place, ("p1",))
    assert history.record_of(Place, removed) is None
    with pytest.raises(UnknownThingError, match=r"history\.no_such_version"):
        history.go_back(store, Place, ("p1",), removed.entry, MARK)
    history.go_back(store, Place, ("p1",), there.entry, MARK)
    assert store.place("p1") == town.place("p1")
    assert len(store.memberships("p1")) == 3


def test_a_version_that_is_not_there_is_said(store):
    """Another record's version, or a made-up number, changes nothing."""
    store.apply([Put(town.place("p1"))])
    with pytest.raises(UnknownThingError, match=r"history\.no_such_version"):
        history.go_back(store, Place, ("p1",), 99, MARK)
    with pytest.raises(UnknownThingError, match=r"history\.no_such_version"):
        history.go_back(store, Place, ("nobody",), 1, MARK)


def test_a_municipality_goes_back_too(store):
    """Records on which nothing hangs are simply kept again."""
    entry = history.versions(store, Municipality, (town.CODE,))[0].entry
    store.apply([Put(town.municipality(name="みなと町"))])
    history.go_back(store, Municipality, (town.CODE,), entry, MARK)
    assert [item.name for item in store.municipalities()] == ["みなも町"]


def test_differences_name_the_fields_of_facts():
    """Each field that differs is named with both values; facts are compared one by one; the same has none."""
    old = town.place("p1")
    new = town.place("p1", "別の名", None)
    found = history.differences(old, new)
    assert Difference("facts.name", "ひだまりサロン", "別の名") in found
    assert Difference("facts.precision", Precision.EXACT, Precision.NONE) in found
    assert {item.field.partition(".")[0] for item in found} == {"facts", "source_facts"}
    assert history.differences(old, old) == []


def test_differences_from_nothing_name_all_that_is_there():
    """A record that was not there before differs in whatever it says."""
    found = {item.field: (item.before, item.after) for item in history.differences(None, town.municipality())}
    assert found["name"] == (None, "みなも町")
    assert {item.field for item in history.differences(town.municipality(), None)} == set(found)
