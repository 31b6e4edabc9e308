"""Feeds that groups follow: fetched from real servers, once an hour, where the setting allows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages import wiring
from pages.outside import following
from portal import clock
from portal.model.group import FeedKind, FollowedFeed, GroupState
from portal.store import Put
from portal.words import LANGUAGES, say
from tests import town
from tests.pages.outside.conftest import allowing, answer
from tests.portal import people

GROUP = "group-hidamari"


def calendar(title="クリスマス会"):
    """A calendar with one event that lies ahead."""
    lines = (
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "UID:one@example.jp",
        f"SUMMARY:{title}",
        "DTSTART;TZID=Asia/Tokyo:20991224T100000",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines).encode()


@pytest.fixture
def store(empty_store):
    """The invented town with its people."""
    return people.settle(town.settle(empty_store))


def follow(store, *urls, group=GROUP):
    """Have a group follow these addresses."""
    feeds = tuple(FollowedFeed(url, FeedKind.ICALENDAR) for url in urls)
    store.apply([Put(replace(store.group(group), feeds=feeds))], people.SAID)


def problems(store):
    """What is noted at the group's feeds."""
    return [feed.problem for feed in store.group(GROUP).feeds]


def an_hour_later(store):
    """Let the hour of every feed be over."""
    following._tried[store] = {}  # noqa: SLF001  # the clock of the machine cannot be set


def test_a_followed_feed_becomes_posts_once_an_hour(store, serve):
    """It is fetched, taken and not asked again within the hour; then what changed is brought up to date."""
    site = serve(answer(calendar()))
    follow(store, site.url())
    assert following.turn(store, clock.now(), allowing(site)) == 1
    assert [post.facts.title for post in store.posts_of_group(GROUP)] == ["クリスマス会"]
    assert following.turn(store, clock.now(), allowing(site)) == 0
    assert len(site.asked) == 1
    site.answer = lambda _path, write: write(answer(calendar("クリスマスの集い")))
    an_hour_later(store)
    assert following.turn(store, clock.now(), allowing(site)) == 1
    assert [post.facts.title for post in store.posts_of_group(GROUP)] == ["クリスマスの集い"]
    assert problems(store) == [""]


def test_one_bad_feed_keeps_no_other_from_being_fetched(store, serve):
    """What is wrong is noted at its feed as a sentence without gaps, and gone when it works again."""
    bad, good = serve(answer(b"", status="404 Not Found")), serve(answer(calendar()))
    follow(store, bad.url(), good.url())
    assert following.turn(store, clock.now(), allowing(bad, good)) == 2
    assert problems(store) == ["feed_page.problem_not_found", ""]
    assert len(store.posts_of_group(GROUP)) == 1
    bad.answer = lambda _path, write: write(answer(calendar()))
    an_hour_later(store)
    following.turn(store, clock.now(), allowing(bad, good))
    assert problems(store) == ["", ""]


@pytest.mark.parametrize(
    ("reply", "key"),
    [
        (answer(b"<html>", "text/html"), "feed_page.problem_no_feed"),
        (answer(b"<rss>", "text/xml"), "feed_page.problem_no_feed"),
        (answer(b"<html></html>", "text/xml"), "feeds.not_a_feed"),
        (answer(b"x" * (2**21 + 1)), "feed_page.problem_large"),
        (b"nonsense", "feed_page.problem_no_answer"),
    ],
)
def test_what_is_noted_can_be_said(store, serve, reply, key):
    """Every problem is a sentence in both languages that needs nothing beside it."""
    site = serve(reply)
    follow(store, site.url())
    following.turn(store, clock.now(), allowing(site))
    assert problems(store) == [key]
    assert all("{" not in say(key, language) for language in LANGUAGES)


def test_every_noted_problem_has_a_sentence():
    """The sentences that stand for others exist and have no gaps."""
    for key in {*following.PROBLEMS.values(), following.NO_REASON}:
        assert all("{" not in say(key, language) for language in LANGUAGES)


def test_this_machine_is_not_asked_for_a_group(store, serve):
    """An address inside is refused as it is for everybody (SSRF), and nothing is asked there."""
    site = serve(answer(calendar()))
    follow(store, site.url(), "http://169.254.169.254/latest")
    assert following.turn(store, clock.now()) == 2
    assert problems(store) == ["fetching.bad_port", "fetching.not_public"]
    assert site.asked == []


def test_news_are_known_by_what_they_are(store, serve):
    """A feed that was said to be a calendar and is a news feed is taken as what it is."""
    news = b"<rss version='2.0'><channel><item><guid>1</guid><title>News</title></item></channel></rss>"
    site = serve(answer(news, "application/rss+xml"))
    follow(store, site.url("/feed.xml"))
    following.turn(store, clock.now(), allowing(site))
    assert [post.facts.title for post in store.posts_of_group(GROUP)] == ["News"]


def test_nothing_is_fetched_for_a_group_that_is_not_active(store, serve):
    """A suspension works on the next turn."""
    site = serve(answer(calendar()))
    follow(store, site.url())
    people.state_of(store, GroupState.SUSPENDED)
    assert following.turn(store, clock.now(), allowing(site)) == 0
    assert site.asked == []


def test_a_turn_ends_when_its_time_is_over(store, serve, monkeypatch):
    """What was not begun in time is fetched in the next turn, first."""
    site = serve(answer(calendar()))
    follow(store, site.url("/a"), site.url("/b"))
    monkeypatch.setattr(following, "TURN_S", -1.0)
    assert following.turn(store, clock.now(), allowing(site)) == 0
    monkeypatch.setattr(following, "TURN_S", 20.0)
    assert following.turn(store, clock.now(), allowing(site)) == 2


@pytest.mark.parametrize(("setting", "asked"), [("off", 0), ("on", 1)])
def test_without_the_setting_no_request_leaves(store, monkeypatch, setting, asked):
    """The chore does nothing at all while the operator has not allowed it."""
    monkeypatch.setenv("PORTAL_FOLLOW", setting)
    wiring.settings.cache_clear()
    follow(store, "http://127.0.0.1/feed.ics")
    following.rounds(store, clock.now())
    assert problems(store) == ["fetching.not_public"] * asked + [""] * (1 - asked)
    wiring.settings.cache_clear()
