"""A group's own calendar or news, followed, so that nobody posts twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portal import following, moderation, posting
from portal.errors import ForbiddenError, InvalidRecordError
from portal.following import Taken
from portal.model.feed import FeedItem
from portal.model.group import FEEDS_MAX, FeedKind, FollowedFeed, GroupState
from portal.model.post import PostKind, PostState, WhereKind
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, NOW, OWNER, on
from tests.portal.test_posting import at_once

URL = "https://hidamari.example.jp/basic.ics"
FEED = FollowedFeed(URL, FeedKind.ICALENDAR)
GROUP = "group-hidamari"
ITEM = FeedItem("uid-1", "もちつき大会", "杵と臼でつきます。", place_text="ひだまりサロン", schedule=on(6))


@pytest.fixture
def town_store(store):
    """The town with its people, whose first group has a calendar and runs a salon."""
    people.settle(store)
    its = replace(people.group(), feeds=(FEED,), places=("place-salon",))
    store.apply([Put(town.place("place-salon")), Put(its)], people.SAID)
    return store


def take(store, *items, actor=None, at=NOW):
    """Take the items over, by the clock."""
    return following.take(store, actor, store.group(GROUP), FEED, items, at)


def only(store):
    """The group's one post."""
    (post,) = store.posts_of_group(GROUP)
    return post


def test_a_new_item_is_a_draft_with_its_place(town_store):
    """An untrusted group's item is a draft that knows its feed, its place by name and its dates."""
    assert take(town_store, ITEM) == Taken(new=1)
    post = only(town_store)
    assert (post.state, post.facts.kind, post.facts.title) == (PostState.DRAFT, PostKind.EVENT, "もちつき大会")
    assert (post.outside.source, post.outside.record, post.outside.address) == ("feed", "uid-1", URL)
    assert (post.facts.where.kind, post.facts.where.place) == (WhereKind.PLACE, "place-salon")
    assert town_store.group(GROUP).feeds[0].fetched_at == NOW


def test_a_trusted_groups_item_is_live(town_store):
    """A trusted group's item is shown at once; one without dates is news, with the address of its page below."""
    people.trust(town_store)
    take(town_store, FeedItem("uid-2", "通信を出しました", "第3号です。", url="https://hidamari.example.jp/3"))
    post = only(town_store)
    assert (post.state, post.facts.kind) == (PostState.LIVE, PostKind.NEWS)
    assert post.facts.text == "第3号です。\n\nhttps://hidamari.example.jp/3"


def test_the_same_again_changes_nothing(town_store):
    """Taking the same items twice writes nothing, and two at once make one post."""
    at_once(*[lambda: take(town_store, ITEM)] * 2)
    version = town_store.data_version()
    assert take(town_store, ITEM, at=NOW + timedelta(hours=1)) == Taken(same=1)
    assert town_store.data_version() == version
    assert only(town_store).facts.title == "もちつき大会"


def test_a_changed_item_changes_its_post(town_store):
    """By its UID an item is found again: a draft is rewritten, shown content of a new group waits for approval."""
    take(town_store, ITEM)
    assert take(town_store, replace(ITEM, title="餅つき")) == Taken(changed=1)
    post = only(town_store)
    assert (post.facts.title, post.number) == ("餅つき", 2)
    waiting = posting.submit(town_store, MEMBER, post.id, NOW)
    moderation.approve(town_store, people.STAFF, post.id, waiting.number, "", NOW)
    take(town_store, replace(ITEM, title="餅つき大会"))
    assert (only(town_store).facts.title, only(town_store).revision.facts.title) == ("餅つき", "餅つき大会")


def test_what_somebody_wrote_by_hand_stays(town_store):
    """A post that was edited by hand is not overwritten by its feed; that is said as long as both differ anew."""
    take(town_store, ITEM)
    post = only(town_store)
    edited = posting.save(town_store, MEMBER, post.id, 1, replace(post.facts, text="持ち物: エプロン"), NOW)
    assert take(town_store, ITEM) == Taken(same=1)
    assert take(town_store, replace(ITEM, title="餅つき")) == Taken(kept=1)
    assert only(town_store).facts == edited.facts


def test_a_cancelled_item_is_cancelled_here_and_comes_back(town_store):
    """STATUS:CANCELLED calls a live post off, takes a draft back, and is undone when the feed says so."""
    people.trust(town_store)
    take(town_store, ITEM)
    assert take(town_store, replace(ITEM, cancelled=True)) == Taken(cancelled=1)
    assert only(town_store).state is PostState.CANCELLED
    assert take(town_store, replace(ITEM, cancelled=True)) == Taken(same=1)
    assert take(town_store, ITEM) == Taken(changed=1)
    assert only(town_store).state is PostState.LIVE


def test_what_the_group_called_off_here_stays_off(town_store):
    """A post that the group itself cancelled is not brought back by its feed."""
    people.trust(town_store)
    take(town_store, ITEM)
    posting.cancel(town_store, MEMBER, only(town_store).id, "雨", NOW)
    assert take(town_store, replace(ITEM, title="餅つき")) == Taken(kept=1)
    assert only(town_store).state is PostState.CANCELLED


@pytest.mark.parametrize("hide", [True, False])
def test_what_was_hidden_or_taken_back_stays_so(town_store, hide):
    """A feed does not show again what staff hid or the group took back."""
    people.trust(town_store)
    take(town_store, ITEM)
    post = only(town_store)
    if hide:
        moderation.hide(town_store, people.STAFF, post.id, post.number, "宣伝", NOW)
    else:
        posting.withdraw(town_store, MEMBER, post.id, NOW)
    before = only(town_store)
    assert take(town_store, replace(ITEM, title="餅つき")) == Taken(kept=1)
    assert only(town_store) == before


def test_what_is_gone_from_the_feed_is_left_and_counted(town_store):
    """An item that is no longer in the feed while its date lies ahead is left as it is, and said."""
    people.trust(town_store)
    take(town_store, ITEM)
    assert take(town_store) == Taken(gone=1)
    assert only(town_store).state is PostState.LIVE
    assert take(town_store, at=people.later(days=60)) == Taken()


def test_the_past_is_not_taken(town_store):
    """A calendar's years of past events do not become posts; neither does what is new and called off."""
    assert take(town_store, replace(ITEM, schedule=on(6, month=1))) == Taken(past=1)
    assert take(town_store, replace(ITEM, cancelled=True)) == Taken(same=1)
    assert town_store.posts_of_group(GROUP) == []


def test_a_suspended_groups_feed_is_not_taken(town_store):
    """By the clock or by hand, nothing is taken over for a group that is suspended."""
    people.state_of(town_store, GroupState.SUSPENDED)
    for actor in (None, OWNER):
        with pytest.raises(ForbiddenError, match="group_suspended"):
            take(town_store, ITEM, actor=actor)
    with pytest.raises(ForbiddenError):
        take(town_store, ITEM, actor=MEMBER)
    assert town_store.posts_of_group(GROUP) == []


def test_following_and_no_longer(town_store):
    """An owner follows a feed, webcal too, once, up to the number that a group has, and stops following."""
    group = following.follow(town_store, OWNER, GROUP, "webcal://hidamari.example.jp/2.ics", FeedKind.ICALENDAR, NOW)
    assert [feed.url for feed in group.feeds] == [URL, "https://hidamari.example.jp/2.ics"]
    assert following.follow(town_store, OWNER, GROUP, URL, FeedKind.ICALENDAR, NOW) == group
    for number in range(2, FEEDS_MAX):
        following.follow(town_store, OWNER, GROUP, f"https://example.jp/{number}", FeedKind.RSS, NOW)
    with pytest.raises(InvalidRecordError, match="too_many"):
        following.follow(town_store, OWNER, GROUP, "https://example.jp/more", FeedKind.RSS, NOW)
    assert URL not in {feed.url for feed in following.unfollow(town_store, OWNER, GROUP, URL, NOW).feeds}


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "//evil.example/a.ics", "ftp://a.example/"]
)
def test_only_web_addresses_are_followed(town_store, url):
    """Anything but http, https and webcal is refused."""
    with pytest.raises(InvalidRecordError, match="bad_url"):
        following.follow(town_store, OWNER, GROUP, url, FeedKind.ICALENDAR, NOW)


def test_a_failure_is_noted_once(town_store):
    """Why a feed could not be taken stands with it until it works again, without a version an hour."""
    following.failed(town_store, GROUP, URL, "fetching.timed_out", NOW)
    assert town_store.group(GROUP).feeds[0].problem == "fetching.timed_out"
    version = town_store.data_version()
    following.failed(town_store, GROUP, URL, "fetching.timed_out", people.later(hours=1))
    take(town_store, at=people.later(hours=2))
    assert town_store.data_version() != version
    assert town_store.group(GROUP).feeds[0].problem == ""
