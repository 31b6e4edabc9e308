"""A place set by hand: who may, what is noted, and what follows from it."""

from __future__ import annotations

import pytest

from portal import editing
from portal.errors import ForbiddenError, NotSignedInError, StaleEditError
from portal.model.mark import Mark
from portal.model.place import Place
from portal.model.position import Precision
from portal.model.post import PostState, Where, WhereKind
from portal.permissions import ANYBODY
from portal.query import Query
from portal.store import Put, expected
from tests import town
from tests.portal import people
from tests.town import CODE, NOW, TODAY

SAID = Mark(NOW, "account-staff", "place:edit", "電話で確かめた")


@pytest.fixture
def peopled(store):
    """The town with its people, a salon and a post there."""
    people.settle(store)
    store.apply([Put(town.place("salon"))])
    people.kept(store, PostState.LIVE, facts=people.facts(where=Where(WhereKind.PLACE, place="salon")))
    return store


@pytest.mark.parametrize("who", [people.OWNER, people.VISITOR_STAFF, people.NEIGHBOUR])
def test_only_the_office_edits_a_place(peopled, who):
    """Staff of the municipality edit it; members, other staff and visitors do not, and nothing changes."""
    before = peopled.data_version()
    with pytest.raises(ForbiddenError):
        editing.edit_as(peopled, who, "salon", {"name": "別のサロン"}, NOW)
    with pytest.raises(NotSignedInError):
        editing.edit_as(peopled, ANYBODY, "salon", {"name": "別のサロン"}, NOW)
    assert peopled.data_version() == before
    assert editing.edit_as(peopled, people.STAFF, "salon", {"name": "別のサロン"}, NOW).facts.name == "別のサロン"


def test_every_change_by_hand_bears_its_mark(peopled):
    """Who edited, gave back and verified, and why, stands in the place's history."""
    editing.edit(peopled, "salon", {"description": "お茶"}, TODAY, SAID)
    editing.take_source(peopled, "salon", frozenset({"description"}), TODAY, SAID)
    editing.verify(peopled, "salon", "係", TODAY, SAID)
    versions = peopled.history(Place, ("salon",))
    assert [(item.who, item.action, item.reason) for item in versions[:3]] == [
        ("account-staff", "place:edit", "電話で確かめた")
    ] * 3


def test_posts_follow_a_place_that_moved_or_has_another_name(peopled):
    """A post at the place is found in its new district and by its new name, in the same transaction."""
    editing.edit(peopled, "salon", {"name": "ゆうやけサロン", "position": town.spot(1.5, 1.5)}, TODAY)
    query = Query(CODE, layer="elementary", districts=(f"{CODE}-elementary-北東小",), text="ゆうやけ")
    assert {item.place for item in peopled.find(query, TODAY, 10)} >= {peopled.posts_of(CODE)[0].id, "salon"}


def test_the_changes_of_an_edit_can_stand_in_a_larger_transaction(peopled):
    """An edit is had without being made, and made by whoever applies it."""
    before = peopled.place("salon")
    new, changes = editing.edit_changes(peopled, "salon", {"position": None}, TODAY)
    assert peopled.place("salon") == before
    peopled.apply(changes, SAID, [expected(before)])
    assert peopled.place("salon") == new
    assert {item.district for item in peopled.memberships("salon")} == {None}
    with pytest.raises(StaleEditError):
        peopled.apply(changes, SAID, [expected(before)])


def test_a_pin_set_by_hand_is_exact(store):
    """A place without a position gets one; a precision that is said is kept."""
    store.apply([Put(town.place("nowhere", column=None))])
    assert editing.edit(store, "nowhere", {"position": town.spot(1, 1)}, TODAY).facts.precision is Precision.EXACT
    values = {"position": town.spot(1, 1), "precision": Precision.BLOCK}
    assert editing.edit(store, "nowhere", values, TODAY).facts.precision is Precision.BLOCK
