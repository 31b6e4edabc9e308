"""Posts and what hangs on them come back as they were put."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import open_store
from db.statements import migrations
from portal.model.goal import Goal
from portal.model.listing import Listing
from portal.model.membership import Membership
from portal.model.place import Access, Audience, Booking, Fee
from portal.model.position import Point, Precision
from portal.model.post import Outside, Photo, Post, PostFacts, PostKind, PostState, Revision, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.model.usage import UsageCount, Use
from portal.query import Query
from portal.store import Drop, Occurring, Put, key_of
from tests.db.records import NOON, TODAY, TOWN, make_listing, make_place, make_post

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WHERES = st.sampled_from(
    [
        Where(),
        Where(WhereKind.PLACE, place="p1", name="2階会議室"),
        Where(WhereKind.PIN, position=Point(135.47, 34.65), name="第一公園"),
        Where(WhereKind.DISTRICT, district="d1"),
        Where(WhereKind.ONLINE, url="https://example.jp/あ"),
    ]
)
FACTS = st.builds(
    PostFacts,
    kind=st.sampled_from(PostKind),
    title=TEXTS.map(lambda text: f"{text}催し"),
    text=TEXTS,
    schedule=st.none() | st.just(Schedule((Rule(datetime(2026, 4, 14, 10), 120, "FREQ=WEEKLY"),))),
    where=WHERES,
    audience=st.frozensets(st.sampled_from(Audience)),
    fee=st.sampled_from(Fee),
    booking=st.sampled_from(Booking),
    booking_until=st.none() | st.dates(),
    photos=st.just((Photo("a" * 64 + ".jpg", "庭", 4, 3),)),
    goals=st.frozensets(st.sampled_from(["health", "safety"])),
    languages=st.just(frozenset({"ja", "zh-Hans"})),
    seats=st.none() | st.integers(1, 50),
)
POSTS = st.builds(
    replace,
    st.just(make_post()),
    facts=FACTS,
    state=st.sampled_from(PostState),
    revision=st.none() | st.builds(Revision, FACTS, st.just(NOON), st.just("a1"), TEXTS),
    publish_at=st.none() | st.just(NOON),
    outside=st.none() | st.just(Outside("feed", "uid-1", "https://example.jp/a.ics", 2)),
    places_taken=st.dictionaries(st.dates().map(date.isoformat), st.integers(0, 99), max_size=3),
)
LISTING = make_listing(
    position=Point(135.47, 34.65),
    precision=Precision.BLOCK,
    audience=frozenset({Audience.OLDER}),
    access=frozenset({Access.WIFI}),
    last_day=TODAY,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(POSTS, min_size=1, max_size=3))
def test_every_post_comes_back_as_it_was_put(posts):
    """A post is the same record after it was kept, whatever it says."""
    kept = [replace(post, id=f"post-{number}") for number, post in enumerate(posts)]
    store = open_store(":memory:")
    store.apply(map(Put, kept))
    assert store.posts([post.id for post in kept]) == kept
    assert [store.post(post.id) for post in kept] == kept
    assert {post.id for post in store.posts_revised()} == {post.id for post in kept if post.revision}
    store.close()


EVERYTHING = [
    (make_post(), lambda store: store.posts_of(TOWN)),
    (make_post(), lambda store: store.posts_of_group("g1")),
    (Goal(TOWN, "health", "健康", "Health", "", 3), lambda store: store.goals(TOWN)),
    (UsageCount("post-1", TODAY, Use.CALENDAR, 7), lambda store: store.usage(["post-1"], TODAY, TODAY)),
]


@pytest.mark.parametrize(("record", "read"), EVERYTHING)
def test_every_type_about_posts_is_kept_replaced_and_dropped(store, record, read):
    """A record comes back equal, is there once when put twice, and is gone when dropped."""
    store.apply([Put(record)])
    store.apply([Put(record)])
    assert read(store) == [record]
    store.apply([Drop(type(record), key_of(record))])
    assert read(store) == []


def test_a_listing_is_found_replaced_and_dropped(store):
    """A post is found as its listing says, once, and no more when the listing is dropped."""
    store.apply([Put(LISTING)])
    store.apply([Put(replace(LISTING, name="新しい名前"))])
    (found,) = store.find(Query(TOWN), TODAY, 9)
    assert (found.place, found.name, found.kind) == ("post-1", "新しい名前", "series")
    store.apply([Drop(Listing, ("post-1",))])
    assert store.find(Query(TOWN), TODAY, 9) == []


def test_a_dropped_post_takes_what_hangs_on_it_along(store):
    """Listing, memberships and occurrences go with their post, also when they were put in the same change."""
    hanging = [Put(LISTING), Put(Membership("post-1", "city", "d1"))]
    store.apply([Put(make_post()), *hanging, Put(make_listing("post-2"))])
    store.lay_out([Occurring(post, TODAY, 600) for post in ("post-1", "post-2")], TODAY, TODAY, None)
    store.apply([Drop(Post, ("post-1",))])
    assert store.memberships("post-1") == []
    assert [one.id for one in store.happening(Query(TOWN), TODAY, TODAY)] == ["post-2"]
    store.apply([Put(make_post()), *hanging, Drop(Post, ("post-1",))])
    assert store.memberships("post-1") == []
    assert [one.place for one in store.find(Query(TOWN), TODAY, 9)] == ["post-2"]


def test_posts_are_listed_by_their_last_change(store):
    """A group's posts come the last changed first, a queue the longest unchanged first; states and towns are kept."""
    minute = timedelta(minutes=1)
    posts = [
        make_post("post-1", state=PostState.WAITING, changed_at=NOON + 3 * minute),
        make_post("post-2", state=PostState.LIVE, changed_at=NOON + 2 * minute, group="g2"),
        make_post("post-3", state=PostState.WAITING, changed_at=NOON + minute),
        make_post("post-4", state=PostState.WAITING, municipality="13103"),
    ]
    revision = Revision(posts[1].facts, NOON, "a1")
    posts[1] = replace(posts[1], revision=revision)
    store.apply(map(Put, posts))
    assert [one.id for one in store.posts_of_group("g1")] == ["post-1", "post-3", "post-4"]
    assert [one.id for one in store.posts_of(TOWN)] == ["post-1", "post-2", "post-3"]
    assert [one.id for one in store.posts_in([PostState.WAITING])] == ["post-4", "post-3", "post-1"]
    assert [one.id for one in store.posts_in([PostState.WAITING, PostState.LIVE], TOWN)] == [
        "post-3",
        "post-2",
        "post-1",
    ]
    assert store.posts_in([]) == []
    assert [one.id for one in store.posts_revised(TOWN)] == ["post-2"]
    assert store.posts_revised("13103") == []
    assert [one.id for one in store.posts(["post-3", "nobody", "post-1"])] == ["post-3", "post-1"]


def test_posts_at_a_place_are_those_that_everybody_sees(store):
    """Live and cancelled posts that name the place count; drafts, hidden ones and those elsewhere do not."""
    where = {"where": Where(WhereKind.PLACE, place="p1")}
    states = (PostState.LIVE, PostState.CANCELLED, PostState.HIDDEN, PostState.DRAFT)
    posts = [make_post(f"post-{state}", state=state, facts=where) for state in states]
    store.apply(map(Put, [*posts, make_post("post-else", state=PostState.LIVE)]))
    assert {one.id for one in store.posts_at("p1")} == {"post-live", "post-cancelled"}
    assert store.posts_at("") == []


def test_use_is_counted_by_thing_and_day(store):
    """Only the things and days asked for are given, by thing, day and use."""
    rows = [("a", 0, Use.VIEWED), ("a", 0, Use.ASKED), ("a", 1, Use.VIEWED), ("b", 0, Use.VIEWED), ("a", 9, Use.VIEWED)]
    counts = [UsageCount(about, TODAY + timedelta(days=days), use, 3) for about, days, use in rows]
    store.apply(map(Put, counts))
    found = store.usage(["a"], TODAY, TODAY + timedelta(days=1))
    assert found == [counts[1], counts[0], counts[2]]
    assert store.usage([], TODAY, TODAY) == []
    later = TODAY + timedelta(days=9)
    assert store.usage(["b", "a"], later, later) == counts[4:]


def test_goals_are_in_their_order(store):
    """Goals come by order, then by key, of their municipality alone."""
    goals = [Goal(TOWN, key, "名", "Name", "", order) for key, order in (("a", 2), ("b", 1), ("c", 1))]
    store.apply(map(Put, [*goals, Goal("13103", "d", "名", "Name")]))
    assert [goal.key for goal in store.goals(TOWN)] == ["b", "c", "a"]


def test_an_older_store_finds_what_it_laid_out_and_lays_out_anew(tmp_path):
    """Occurrences from before are not cancelled, places are found by them, and everything is due to be laid out."""
    file = tmp_path / "old.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("CREATE TABLE migration (number INTEGER PRIMARY KEY, name VARCHAR NOT NULL)")
        connection.execute(migrations()[1][1])
        connection.execute("INSERT INTO migration VALUES (1, 'begin')")
        connection.execute("INSERT INTO occurrence VALUES ('p1', $1, 600)", [TODAY])
        connection.execute("INSERT INTO derived VALUES ('occurrences_until', '2030-01-01')")
    for _ in range(2):
        store = open_store(f"duckdb://{file}")
        store.apply([Put(make_place())])
        assert [one.place for one in store.find(Query(TOWN, day="today"), TODAY, 9)] == ["p1"]
        assert store.occurrences_until() is None
        assert not store.happening(Query(TOWN), TODAY, TODAY)[0].cancelled
        store.close()
