"""A look at what a workbook or a feed would bring keeps nothing, and says what taking it does."""

from __future__ import annotations

from portal import following, posting
from portal.model.feed import FeedItem
from portal.model.group import FeedKind, FollowedFeed
from portal.model.post import PostState
from portal.post_rows import PostRow
from portal.posts.foreseeing import foresee, outcome
from tests.portal import people
from tests.portal.people import NOW, OWNER

ROWS = [PostRow(3, "R8-001", people.facts("もちつき大会")), PostRow(4, "R8-002", people.facts("書き初め"))]
FEED = FollowedFeed("", FeedKind.ICALENDAR)


def settled(store):
    """The town with its people."""
    return people.settle(store)


def test_a_look_keeps_nothing_and_says_what_taking_does(store):
    """Counts and posts are those of the taking, whether they are new, the same or changed."""
    settled(store)
    version = store.data_version()
    seen = foresee(store, lambda there: posting.take_rows(there, OWNER, "group-hidamari", ROWS, NOW))
    assert store.data_version() == version
    assert [outcome(step) for step in seen.steps] == ["new", "new"]
    assert posting.take_rows(store, OWNER, "group-hidamari", ROWS, NOW) == seen.taken
    changed = [ROWS[0], PostRow(4, "R8-002", people.facts("書き初め大会"))]
    again = foresee(store, lambda there: posting.take_rows(there, OWNER, "group-hidamari", changed, NOW))
    assert (again.taken.same, again.taken.changed) == (1, 1)
    assert [(outcome(step), step.old.facts.title, step.new.facts.title) for step in again.steps] == [
        ("changed", "書き初め", "書き初め大会")
    ]


def test_what_is_called_off_in_a_feed_is_foreseen_as_such(store):
    """A live event whose calendar cancels it would be cancelled; nothing is until the feed is taken."""
    settled(store)
    people.trust(store)
    group = store.group("group-hidamari")
    item = FeedItem("uid-1", "もちつき大会", schedule=people.on(6))
    following.take(store, OWNER, group, FEED, [item], NOW)
    off = [FeedItem("uid-1", "もちつき大会", schedule=people.on(6), cancelled=True)]
    seen = foresee(store, lambda there: following.take(there, OWNER, group, FEED, off, NOW))
    assert [outcome(step) for step in seen.steps] == ["cancelled"]
    assert [post.state for post in store.posts_of_group(group.id)] == [PostState.LIVE]
