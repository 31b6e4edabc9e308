"""How often records were changed can be asked of many at once."""

from __future__ import annotations

from dataclasses import replace

from portal.model.mark import Mark
from portal.model.place import Place
from portal.store import Put
from tests import town


def test_each_change_counts_one_and_the_last_says_when(store):
    """The number and the moment are those of the history, for each record that has any; others are left out."""
    first, second = town.place("p1"), town.place("p2")
    store.apply([Put(first), Put(second)], Mark(town.NOW, "test"))
    later = town.NOW.replace(hour=12)
    store.apply([Put(replace(first, verified_by="職員"))], Mark(later, "test"))
    found = store.revised(Place, ["p1", "p2", "none"])
    assert {key: (one.number, one.at) for key, one in found.items()} == {"p1": (2, later), "p2": (1, town.NOW)}
    assert found["p1"].number == len(store.history(Place, ("p1",)))
    assert store.revised(Place, []) == {}
