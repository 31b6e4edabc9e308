"""What is new for a choice: everything that appeared, changed or was called off, and nothing that is not public."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal import digest, laying_out
from portal.digest import Digest, Span, What
from portal.model.mark import Mark
from portal.model.membership import Membership
from portal.model.place import Contact, ContactKind
from portal.model.post import Post, PostKind, PostState, Revision, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.model.subscription import Choice
from portal.posts.keeping import Step, keep
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.people import NOW, later

ALL = Choice(town.CODE)
WEST = Choice(town.CODE, "elementary", (f"{town.CODE}-elementary-西小",))
BEFORE, SINCE, UNTIL = later(days=-9), later(minutes=-30), later(minutes=-1)


@pytest.fixture
def store(store):
    """The town with its people."""
    return people.settle(store)


def put(store, at, post_id="post-1", state=PostState.LIVE, **facts):
    """A post as it is from a moment on."""
    made = Post(post_id, town.CODE, "group-hidamari", people.facts(**facts), state, changed_at=at, live_at=at)
    keep(store, Step(store.post(post_id), made), store.group("group-hidamari"), Mark(at))
    return made


def put_place(store, at, place):
    """A place as it is from a moment on, in the western district."""
    inside = Membership(place.id, "elementary", f"{town.CODE}-elementary-西小")
    store.apply([Put(place), Put(inside)], Mark(at))


def news(store, choice=ALL, since=SINCE):
    """What became of what."""
    return [(item.what, item.name) for item in told(store, choice, since).news]


def told(store, choice=ALL, since=SINCE) -> Digest:
    """All that is new."""
    return digest.news(store, choice, Span(since, UNTIL, NOW), 365)


def test_what_appeared_changed_or_was_called_off_is_told(store):
    """Each once, with what became of it; what nobody touched is not told."""
    for name in ("new", "changed", "off", "same"):
        if name != "new":
            put(store, BEFORE, f"post-{name}", title=name)
    put(store, SINCE, "post-new", title="new")
    put(store, SINCE, "post-changed", title="changed", text="別の文")
    put(store, SINCE, "post-off", PostState.CANCELLED, title="off")
    assert sorted(news(store)) == [(What.CHANGED, "changed"), (What.NEW, "new"), (What.OFF, "off")]
    [off] = [item for item in told(store).news if item.what is What.OFF]
    assert ([day.isoformat() for day in off.off], off.next) == (["2026-12-06"], None)
    assert news(store, since=UNTIL) == []
    assert not told(store, since=UNTIL)


def test_a_single_date_that_was_called_off_is_named(store):
    """With the next date that is held; a date that was called off before is not said again."""
    first = replace(people.tuesdays(), cancelled=frozenset({town.TODAY.replace(day=24)}))
    december = town.TODAY.replace(month=12, day=8)
    put(store, BEFORE, schedule=first, kind=PostKind.SERIES)
    put(store, SINCE, schedule=replace(first, cancelled=first.cancelled | {december}), kind=PostKind.SERIES)
    [item] = told(store).news
    assert (item.what, item.off) == (What.OFF, (december,))
    assert item.next.starts.date() == december.replace(day=22)


@pytest.mark.parametrize("state", [state for state in PostState if state not in {PostState.LIVE, PostState.CANCELLED}])
def test_what_is_not_public_now_is_never_told(store, state):
    """Neither if it never was, nor if it was when it changed."""
    put(store, SINCE, "post-never", state)
    put(store, SINCE, "post-was")
    put(store, later(minutes=-20), "post-was", state)
    assert not told(store)


def test_what_was_shown_again_is_no_news(store):
    """Hidden for a while and shown as before, nothing changed for its readers; back after a withdrawal, it is new."""
    put(store, BEFORE)
    put(store, SINCE, state=PostState.HIDDEN)
    put(store, later(minutes=-20))
    assert news(store) == []
    put(store, BEFORE, "post-2", PostState.WITHDRAWN)
    put(store, SINCE, "post-2", title="また")
    assert news(store) == [(What.NEW, "また")]


def test_what_is_over_is_no_news(store):
    """Its last date has passed."""
    put(store, SINCE, schedule=people.on(20, month=11))
    assert not told(store)


def test_waiting_content_is_not_told(store):
    """A revision that nobody approved changes nothing; the approved text is the one that is told."""
    live = put(store, BEFORE, title="前")
    coming = Revision(people.facts(title="後"), SINCE, "account-member")
    revised = replace(live, revision=coming, number=2)
    keep(store, Step(live, revised), store.group("group-hidamari"), Mark(SINCE))
    assert not told(store)


def test_the_choice_is_kept_to(store):
    """Only its districts and kinds, of places and posts alike; what lies in no district is told to all alone."""
    put(store, SINCE, "post-west", title="西", where=people.pin(0.5, 0.5))
    put(store, SINCE, "post-east", title="東", where=people.pin(1.5, 0.5), activity="elderly_salon")
    put(store, SINCE, "post-nowhere", title="町", kind=PostKind.NEWS, schedule=None)
    put_place(store, SINCE, town.place("p1", "西のサロン"))
    assert {name for _, name in news(store)} == {"西", "東", "町", "西のサロン"}
    assert {name for _, name in news(store, WEST)} == {"西", "西のサロン"}
    assert {name for _, name in news(store, replace(ALL, kinds=("elderly_salon",)))} == {"東", "西のサロン"}
    assert {name for _, name in news(store, replace(ALL, kinds=("news",)))} == {"町"}
    assert news(store, Choice(people.ELSEWHERE)) == []


def test_places_are_told_by_what_readers_see(store):
    """New and changed ones; a staff's contact or a verification is no change, a place that is gone is not told."""
    salon = town.place("p1")
    put_place(store, BEFORE, salon)
    secret = Contact(ContactKind.PHONE, "090-0000-0000", public=False)
    put_place(store, SINCE, replace(salon, facts=replace(salon.facts, contacts=(secret,)), verified_on=town.TODAY))
    assert not told(store)
    put_place(store, SINCE, replace(salon, facts=replace(salon.facts, name="新しい名")))
    put_place(store, SINCE, town.place("p2", "新しい場所"))
    put_place(store, SINCE, replace(town.place("p3", "なくなった"), gone_on=town.TODAY))
    assert sorted(news(store)) == [(What.CHANGED, "新しい名"), (What.NEW, "新しい場所")]
    assert secret.value not in str(told(store))


def test_help_between_residents_tells_no_group_and_no_point(store):
    """Only its title and kind."""
    put(store, SINCE, kind=PostKind.HELP_WANTED, schedule=None, title="電球の交換", where=people.pin())
    [item] = told(store).news
    assert item.name == "電球の交換"
    assert "ひだまり" not in str(item)
    assert "第一公園" not in str(item)


def test_a_long_list_is_cut_and_counted(store):
    """Thirty are told, the rest is a number."""
    for number in range(33):
        put(store, SINCE, f"post-{number:02}", title=f"催し{number:02}")
    found = told(store)
    assert (len(found.news), found.more_news) == (30, 3)


def test_the_coming_week_is_told_by_day(store):
    """From today, seven days; what is called off is marked, what is open nearly every day is left out."""
    put(store, BEFORE, "post-1", title="今週", schedule=people.on(24, month=11))
    put(store, BEFORE, "post-2", title="来週", schedule=people.on(29, month=11))
    put(store, BEFORE, "post-3", PostState.CANCELLED, title="中止", schedule=people.on(25, month=11))
    put(store, BEFORE, "post-4", PostState.HIDDEN, title="隠れた", schedule=people.on(25, month=11))
    daily = Schedule((Rule(NOW.replace(tzinfo=None, hour=9), 60, "FREQ=DAILY"),))
    put_place(store, BEFORE, town.place("p1", "毎日", schedule=daily))
    weekly = Schedule((Rule(NOW.replace(tzinfo=None, hour=13), 60, "FREQ=WEEKLY;BYDAY=MO"),))
    put_place(store, BEFORE, town.place("p2", "毎週", schedule=weekly))
    laying_out.lay_out_all(store, town.TODAY)
    week = digest.coming(store, ALL, NOW)
    assert [(item.day.day, item.of.name, item.of.cancelled) for item in week.coming] == [
        (23, "毎週", False),
        (24, "今週", False),
        (25, "中止", True),
    ]
    assert [item.of.name for item in digest.coming(store, WEST, NOW).coming] == ["毎週"]
    assert not digest.coming(store, Choice(people.ELSEWHERE), NOW)


def test_a_post_at_a_place_counts_where_the_place_is(store):
    """Its district is the place's."""
    put_place(store, BEFORE, town.place("p1"))
    put(store, SINCE, where=Where(WhereKind.PLACE, place="p1"))
    assert news(store, WEST) == [(What.NEW, "もちつき大会")]
