"""A post and a group as their pages show them: who sees what, and what nobody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from portal import find, looking
from portal.errors import UnknownThingError
from portal.laying_out import lay_out
from portal.model.group import GroupState
from portal.model.place import Contact, ContactKind
from portal.model.post import PostKind, PostState, Where, WhereKind
from portal.permissions import ANYBODY
from portal.query import Query
from portal.schedules.occurrences import State
from portal.store import Put
from tests import town
from tests.portal import people

NOW = town.NOW
ALLOWED = {
    "account-member",
    "account-owner",
    "account-staff",
    "account-colleague",
    "account-both",
    "account-admin",
}
"""Who sees what is not public of the first group."""


@pytest.fixture
def settled(store):
    """The town with its people and groups."""
    return people.settle(store)


@pytest.mark.parametrize("state", PostState)
def test_what_is_not_public_is_seen_by_those_concerned_alone(settled, state):
    """A post that is not public is to everybody else what an unknown id is, in the same words."""
    post = people.kept(settled, state)
    for actor in (ANYBODY, *people.EVERYBODY):
        if post.public or actor.id in ALLOWED:
            assert looking.post(settled, post.id, NOW, actor).post.id == post.id
        else:
            with pytest.raises(UnknownThingError) as forbidden:
                looking.post(settled, post.id, NOW, actor)
            with pytest.raises(UnknownThingError) as unknown:
                looking.post(settled, "post-0000000000000000", NOW, actor)
            assert (forbidden.value.key, forbidden.value.values) == (unknown.value.key, unknown.value.values)


@pytest.mark.parametrize("kind", [PostKind.HELP_WANTED, PostKind.HELP_OFFERED])
def test_between_residents_nobody_is_named(settled, kind):
    """Help between residents has no group, no contact and no point, on its page and in lists."""
    facts = people.facts("窓ふきを手伝って", kind=kind, schedule=None, where=people.pin(), relayed=True)
    post = people.kept(settled, PostState.LIVE, facts=facts)
    view = looking.post(settled, post.id, NOW)
    assert (view.group, view.contacts, view.position, view.between_residents) == (None, (), None, True)
    assert [layer.key for layer, _ in view.districts] == ["city", "elementary", "junior_high"]
    (card,) = find.activities(settled, Query(town.CODE), NOW).cards
    assert (card.post.id, card.group) == (post.id, None)


def test_only_public_contacts(settled):
    """A contact that is not public is not in the view."""
    hidden = Contact(ContactKind.PERSON, "秘密の名前")
    post = people.kept(settled, PostState.LIVE, facts=people.facts(contacts=(people.phone(), hidden)))
    assert looking.post(settled, post.id, NOW).contacts == (people.phone(),)


def test_seats_are_told_where_somebody_counted(settled):
    """Seats left are those of the date that was counted; a date that nobody counted has none."""
    facts = people.facts(kind=PostKind.COURSE, schedule=people.tuesdays(), seats=10)
    post = people.kept(settled, PostState.LIVE, facts=facts, places_taken={"2026-11-24": 12})
    first, second, *_ = looking.post(settled, post.id, NOW).sessions
    assert (first.taken, first.left) == (12, 0)
    assert (second.taken, second.left) == (None, None)
    (card,) = find.activities(settled, Query(town.CODE), NOW).cards
    assert card.seats_left == 0


def test_cancelled_dates_come_before_the_next(settled):
    """A card tells the dates that were called off and then the one that takes place."""
    schedule = replace(people.tuesdays(), cancelled=frozenset({date(2026, 11, 24)}))
    post = people.kept(settled, PostState.LIVE, facts=people.facts(schedule=schedule))
    (card,) = find.activities(settled, Query(town.CODE), NOW).cards
    assert [item.starts.date() for item in card.off] == [date(2026, 11, 24)]
    assert card.next.starts.date() == date(2026, 12, 8)
    dates = looking.post(settled, post.id, NOW).sessions
    assert date(2026, 11, 24) not in [session.of.starts.date() for session in dates]


def test_a_cancelled_post_has_no_next_date(settled):
    """Of a post that is called off, the date is told as cancelled and never as the next."""
    people.kept(settled, PostState.CANCELLED)
    (card,) = find.activities(settled, Query(town.CODE), NOW).cards
    assert card.next is None
    assert [item.state for item in card.off] == [State.CANCELLED]


def test_what_has_ended_says_so(settled):
    """A post whose last date has passed is over; one with a date to come is not."""
    gone = people.kept(settled, PostState.LIVE, facts=people.facts(schedule=people.on(3, month=11)))
    there = people.kept(settled, PostState.LIVE)
    assert looking.post(settled, gone.id, NOW).over
    assert not looking.post(settled, there.id, NOW).over


def test_a_draft_knows_its_district(settled):
    """The district that a draft names is shown before the post is found anywhere."""
    where = Where(WhereKind.DISTRICT, district=f"{town.CODE}-elementary-西小")
    post = people.kept(settled, facts=people.facts(where=where))
    view = looking.post(settled, post.id, NOW, people.MEMBER)
    assert [(layer.key, district.name) for layer, district in view.districts] == [("elementary", "西小")]


def test_a_place_has_its_coming_posts(settled):
    """A place's posts are those still to come, the next first, and none that is over or not public."""
    settled.apply([Put(town.place("p1"))])
    where = Where(WhereKind.PLACE, place="p1", name="2階")
    for title, schedule, state in (
        ("あと", people.on(20), PostState.LIVE),
        ("さき", people.on(2), PostState.LIVE),
        ("すぎた", people.on(1, month=11), PostState.LIVE),
        ("下書き", people.on(3), PostState.DRAFT),
    ):
        people.kept(settled, state, facts=people.facts(title, where=where, schedule=schedule))
    view = looking.place(settled, "p1", NOW, 365)
    assert [card.post.facts.title for card in view.posts] == ["さき", "あと"]


@pytest.mark.parametrize("state", GroupState)
def test_a_group_is_seen_once_it_was_registered(settled, state):
    """An application is seen by its people and the office alone; who was registered stays to be seen."""
    people.state_of(settled, state)
    shown = {GroupState.ACTIVE, GroupState.SUSPENDED, GroupState.CLOSED}
    for actor in (ANYBODY, *people.EVERYBODY):
        if state in shown or actor.id in ALLOWED:
            assert looking.group(settled, "group-hidamari", actor).group.state is state
        else:
            with pytest.raises(UnknownThingError):
                looking.group(settled, "group-hidamari", actor)


def test_a_group_shows_public_contacts_and_living_places(settled):
    """Of a group's contacts those that are public are shown, of its places those that are still there."""
    settled.apply([Put(town.place("p1")), Put(replace(town.place("p2"), gone_on=town.TODAY))])
    hidden = Contact(ContactKind.EMAIL, "himitsu@example.jp")
    settled.apply([Put(people.group(contacts=(people.phone(), hidden), places=("p1", "p2", "p3")))])
    view = looking.group(settled, "group-hidamari")
    assert view.contacts == (people.phone(),)
    assert [place.id for place in view.places] == ["p1"]


def test_a_list_holds_places_and_posts(settled):
    """Places and posts stand in one list, the next to take place first, each with its own card."""
    place = town.place("p1", schedule=people.on(8))
    settled.apply([Put(place)])
    lay_out(settled, [place], town.TODAY)
    people.kept(settled, PostState.LIVE)
    cards = find.activities(settled, Query(town.CODE), NOW).cards
    assert [type(card) for card in cards] == [find.PostCard, find.Card]
    assert [card.next.starts.date() for card in cards] == [date(2026, 12, 6), date(2026, 12, 8)]
