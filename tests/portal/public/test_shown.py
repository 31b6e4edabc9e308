"""What is public of a municipality."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.errors import GoneError, UnknownThingError
from portal.model.group import GroupState
from portal.model.place import Contact, ContactKind
from portal.model.post import PUBLIC, PostState
from portal.public import shown
from portal.store import Put
from tests import town
from tests.portal import people

PRIVATE = Contact(ContactKind.PHONE, "06-9999-9999")


@pytest.fixture
def store(empty_store):
    """The invented town with its people."""
    return people.settle(town.settle(empty_store))


@pytest.mark.parametrize("state", PostState)
def test_posts_are_those_that_everybody_sees(store, state):
    """Of all states only live and cancelled posts are public; by its id one that was public once is gone."""
    post = people.kept(store, state, live_at=people.NOW)
    assert [item.id for item in shown.posts(store, town.CODE)] == ([post.id] if state in PUBLIC else [])
    if state in PUBLIC:
        assert shown.post(store, post.id, people.NOW).post == post
    else:
        with pytest.raises(GoneError):
            shown.post(store, post.id, people.NOW)


def test_a_post_that_never_was_public_is_as_if_there_was_none(store):
    """A draft's id answers in the words of an id that there is not."""
    draft = people.kept(store, PostState.DRAFT)
    for wanted in (draft.id, "post-none"):
        with pytest.raises(UnknownThingError) as told:
            shown.post(store, wanted, people.NOW)
        assert told.value.key == "looking.no_such_post"


def test_places_come_without_what_is_kept_for_staff(store):
    """A contact that is not public leaves neither with the list nor with the one place."""
    place = town.place("p1", contacts=(PRIVATE, people.phone()))
    store.apply([Put(place)])
    for found in (*shown.places(store, town.CODE), shown.place(store, place.id, people.NOW, 365).place):
        assert found.facts.contacts == (people.phone(),)


def test_a_place_that_is_gone_is_gone(store):
    """A place that its source no longer holds is in no list, and its address says that it is gone."""
    place = replace(town.place("p1"), gone_on=people.NOW.date())
    store.apply([Put(place)])
    assert shown.places(store, town.CODE) == []
    with pytest.raises(GoneError):
        shown.place(store, place.id, people.NOW, 365)


@pytest.mark.parametrize("state", GroupState)
def test_groups_are_those_that_were_registered(store, state):
    """An application and one that was declined are not public; who is suspended or has closed stays to be seen."""
    people.state_of(store, state)
    known = "group-hidamari" in {item.id for item in shown.groups(store, town.CODE)}
    assert known is (state in {GroupState.ACTIVE, GroupState.SUSPENDED, GroupState.CLOSED})
