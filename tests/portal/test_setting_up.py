"""A store set up with the built-in things: new, older, with samples and without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.built_in import built_in, init_store
from portal import setting_up
from portal.model.account import GroupMember
from portal.model.message import Enquiry
from portal.model.post import Outside, Post, PostFacts, PostKind, PostState, Where, WhereKind
from portal.query import Query
from portal.settings import Settings
from portal.store import Put
from tests.town import CODE, NOW, TODAY

COMES = built_in(TODAY)
ONE = "27108"


@pytest.fixture
def portal(empty_store):
    """A store with everything that comes with the portal, but samples of one municipality only, which is enough."""
    setting_up.set_up(empty_store, _of(ONE), TODAY, sample=True)
    return empty_store


def _of(code):
    """What comes with the portal, of one municipality."""
    fields = ("layers", "districts", "samples", "goals", "groups", "posts", "gazetteer")
    kept = {name: tuple(one for one in getattr(COMES, name) if one.municipality == code) for name in fields}
    return replace(COMES, municipalities=tuple(one for one in COMES.municipalities if one.code == code), **kept)


def test_a_new_store_has_goals_groups_and_posts_that_are_found(portal):
    """After a set-up with samples, goals, groups and posts are there, and a sample place leads to its posts."""
    comes = _of(ONE)
    assert tuple(portal.goals(ONE)) == comes.goals
    assert {group.id for group in portal.groups(ONE)} == {group.id for group in comes.groups}
    assert {post.id for post in portal.posts_of(ONE)} == {post.id for post in comes.posts}
    assert [post.id for post in portal.posts_at(f"sample-{ONE}-17")] == [f"post-sample-{ONE}-02"]


def test_posts_are_laid_out_with_their_cancelled_dates(portal):
    """The calendar has every sample that has dates, a cancelled one as such, in its district."""
    query = Query(ONE, layer="elementary")
    first = [item for item in portal.happening(query, TODAY, TODAY.replace(month=12)) if item.id.startswith("post-")]
    series = [item for item in first if item.id == f"post-sample-{ONE}-01"]
    days = [("2026-11-24", False), ("2026-12-08", True), ("2026-12-22", False)]
    assert [(item.day.isoformat(), item.cancelled) for item in series] == days
    assert {item.district for item in series} == {"中泉尾"}
    assert {item.cancelled for item in first if item.id == f"post-sample-{ONE}-05"} == {True}


def test_what_was_added_is_counted(empty_store):
    """The set-up says how many samples it put in: places, groups and posts."""
    comes = _of(ONE)
    ready = setting_up.set_up(empty_store, comes, TODAY, sample=True)
    assert ready == setting_up.Ready(1, len(comes.samples) + len(comes.groups) + len(comes.posts))


def test_an_older_store_gets_kinds_and_goals_but_no_samples(empty_store):
    """A store made before there were groups gains the kinds of posts and the goals; samples do not come back to it."""
    older = replace(COMES, kinds=tuple(kind for kind in COMES.kinds if not kind.post), goals=(), groups=(), posts=())
    setting_up.set_up(empty_store, older, TODAY, sample=False)
    assert init_store(empty_store, Settings(), TODAY) == setting_up.Ready(0, 0)
    assert {kind.key for kind in empty_store.kinds()} == {kind.key for kind in COMES.kinds}
    for code in (item.code for item in COMES.municipalities):
        assert tuple(empty_store.goals(code)) == tuple(goal for goal in COMES.goals if goal.municipality == code)
        assert empty_store.groups(code) == empty_store.posts_of(code) == []


def test_a_goal_that_was_changed_stays(portal):
    """A municipality's own wording of a goal outlives the next set-up, and nothing is written then."""
    goal = replace(portal.goals(ONE)[0], name="ふだんから声をかけあう")
    portal.apply([Put(goal)])
    before = portal.data_version()
    setting_up.set_up(portal, _of(ONE), TODAY, sample=True)
    assert portal.goals(ONE)[0] == goal
    assert portal.data_version() == before


def test_goals_of_a_municipality_that_is_not_there_stay_away(store):
    """A store of other municipalities gets no goals of the built-in ones."""
    setting_up.set_up(store, COMES, TODAY, sample=True)
    assert [store.goals(code) for code in (ONE, CODE)] == [[], []]


def test_all_sample_content_goes(portal):
    """Removing samples leaves no place, group, post, listing, member or question of theirs."""
    group = portal.groups(ONE)[0].id
    question = Enquiry("q1", f"post-sample-{ONE}-01", group, ONE, "山", "yama@example.jp", "行けますか", NOW)
    own = Post("own", ONE, group, PostFacts(PostKind.NEWS, "お知らせ"), PostState.LIVE, live_at=NOW)
    portal.apply([Put(GroupMember(group, "someone", owner=True)), Put(question), Put(own)])
    comes = _of(ONE)
    assert setting_up.remove_samples(portal) == len(comes.samples) + len(comes.groups) + len(comes.posts) + 1
    left = [portal.places_of(ONE), portal.posts_of(ONE), portal.groups(ONE), portal.members(group)]
    assert left == [[], [], [], []]
    assert portal.enquiries(ONE) == []
    assert portal.count(Query(ONE), TODAY) == 0
    assert len(portal.goals(ONE)) == 3


def test_a_real_post_at_a_sample_place_stays_without_a_position(portal):
    """What a real group posted at a sample place is found after the samples went, in no district any more."""
    sample = portal.posts_of(ONE)[0]
    where = Where(WhereKind.PLACE, place=f"sample-{ONE}-13")
    facts = PostFacts(PostKind.NEWS, "本物のお知らせ", where=where)
    real = replace(sample, id="real", group="real", facts=facts, outside=Outside("workbook"), places_taken={})
    setting_up.add_sample_posts(portal, [], [real], TODAY)
    assert any(item.district for item in portal.memberships("real"))
    setting_up.remove_samples(portal)
    assert portal.count(Query(ONE), TODAY) == 1
    assert {item.district for item in portal.memberships("real")} == {None}
