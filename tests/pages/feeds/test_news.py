"""News to subscribe to: the latest posts, as RSS and as Atom."""

from __future__ import annotations

import feedparser
import pytest

from pages.feeds import news
from pages.plain import paths, sorts
from portal import listing
from portal.model.post import Post, PostState
from portal.store import Put
from tests import town
from tests.pages.feeds.showing import feed_of, inside
from tests.portal import people

FORMATS = pytest.mark.parametrize(("name", "media"), [("rss", news.RSS), ("atom", news.ATOM)])


@FORMATS
def test_news_are_the_latest_and_say_how_many_there_are(store, here, name, media):
    """The 100 that went live last, the newest first, each with its group; the feed says how many are public."""
    posts = [
        Post(
            f"post-{number}",
            town.CODE,
            "group-hidamari",
            people.facts(f"{number}番"),
            PostState.LIVE,
            live_at=people.later(minutes=-number),
        )
        for number in range(103)
    ]
    store.apply(map(Put, posts))
    store.apply([change for post in posts for change in listing.changes(store, post, people.NOW.date())])
    made = sorts.make(here, paths.path(name, code=town.CODE))
    feed = feedparser.parse(made.content)
    assert made.media == media
    assert [entry.title for entry in feed.entries] == [f"{number}番" for number in range(100)]
    assert {entry.author for entry in feed.entries} == {"ひだまりの会"}
    assert "103件" in feed.feed.subtitle


@FORMATS
def test_news_of_a_district_and_of_a_group(store, here, name, media):
    """A feed of a part holds what is in that part alone."""
    west, east = people.facts("西の会", where=people.pin()), people.facts("東の会", where=people.pin(1.5))
    near = people.kept(store, PostState.LIVE, facts=west, live_at=people.NOW)
    far = people.kept(store, PostState.LIVE, facts=east, group="group-tonari", live_at=people.NOW)
    store.apply([*inside(near.id, "西小"), *inside(far.id, "東小")])
    district = feedparser.parse(feed_of(here, f"{name}_district", f"{town.CODE}-elementary-西小").encode())
    assert [entry.title for entry in district.entries] == ["西の会"]
    group = feedparser.parse(feed_of(here, f"{name}_group", "group-tonari").encode())
    assert [entry.title for entry in group.entries] == ["東の会"]


@FORMATS
def test_what_is_called_off_says_so_in_the_title(store, page, name, media):
    """A cancelled post bears it in its title and the reason in its text; its id stays the same."""
    live = people.kept(store, PostState.LIVE, live_at=people.NOW)
    before = feedparser.parse(page(name, code=town.CODE).encode()).entries[0]
    people.kept(store, PostState.CANCELLED, id=live.id, live_at=people.NOW, reason="台風のため")
    after = feedparser.parse(page(name, code=town.CODE).encode()).entries[0]
    assert (before.title, after.title) == ("もちつき大会", "【中止】もちつき大会")
    assert "台風のため" in str(after)
    assert after.id == before.id
