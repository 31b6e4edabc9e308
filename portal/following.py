"""A calendar or news feed of a group's own (カレンダー・新着情報の取り込み), followed so that nobody posts twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.errors import ForbiddenError, InvalidRecordError
from portal.model.group import FollowedFeed, GroupState
from portal.model.mark import PORTAL, Mark
from portal.model.post import POST_TEXT_MAX, WEB_ADDRESS, PostFacts, PostKind, PostState, Where, WhereKind
from portal.permissions import Action
from portal.posts.checks import checked
from portal.posts.keeping import keep_all
from portal.posts.opening import opened_group, retried
from portal.posts.sources import Coming, Source, Spots, Taken, known, steps
from portal.posts.writing import trusted
from portal.schedules.ending import endless, last_date
from portal.store import Put, expected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from portal.model.feed import FeedItem
    from portal.model.group import FeedKind, Group
    from portal.model.post import Post
    from portal.model.schedule import Schedule
    from portal.permissions import Actor
    from portal.store import Change, Store

__all__ = ["Taken", "failed", "follow", "take", "unfollow"]

FEED: Final = "feed"
NEW_MOST: Final = 200
"""New posts of one feed at a time; the rest comes the next time."""
WEBCAL: Final = "webcal://"


@retried
def follow(  # noqa: PLR0913, PLR0917  # who follows what for whom
    store: Store, actor: Actor, group_id: str, url: str, kind: FeedKind, now: datetime
) -> Group:
    """Follow a feed from now on; ``webcal://`` stands for https. One that is followed already stays as it is.

    Raises InvalidRecordError for what is no web address and for more feeds than a group has.
    """
    group = opened_group(store, actor, Action.GROUP_FOLLOW, group_id)
    url = url.strip()
    if url[: len(WEBCAL)].lower() == WEBCAL:
        url = f"https://{url[len(WEBCAL) :]}"
    if not WEB_ADDRESS.fullmatch(url):
        raise InvalidRecordError("post.bad_url")
    if any(feed.url == url for feed in group.feeds):
        return group
    return _with_feeds(store, group, (*group.feeds, FollowedFeed(url, kind)), Mark(now, actor.id, Action.GROUP_FOLLOW))


@retried
def unfollow(store: Store, actor: Actor, group_id: str, url: str, now: datetime) -> Group:
    """Follow a feed no longer; its posts stay."""
    group = opened_group(store, actor, Action.GROUP_FOLLOW, group_id)
    left = tuple(feed for feed in group.feeds if feed.url != url)
    return _with_feeds(store, group, left, Mark(now, actor.id, Action.GROUP_FOLLOW))


@retried
def failed(store: Store, group_id: str, url: str, problem: str, now: datetime) -> None:
    """Note why a feed could not be taken this time: ``problem`` is the key of the sentence."""
    group = store.group(group_id)
    if group:
        mark = Mark(now, PORTAL, Action.GROUP_FOLLOW)
        store.apply(_noted(group, url, problem, now), mark, [expected(group)])


def take(  # noqa: PLR0913, PLR0917  # who takes what for whom
    store: Store, actor: Actor | None, group: Group, feed: FollowedFeed, items: Sequence[FeedItem], now: datetime
) -> Taken:
    """Make posts of the items, drafts or live by trust, and bring those up to date that came before (by UID).

    ``actor`` None is the portal itself, by the clock; nothing is taken for a group that is suspended or closed. What
    somebody wrote by hand since is not overwritten. Raises ForbiddenError, NotSignedInError.
    """
    return _take(store, actor, group.id, feed.url, tuple(items), now)


@retried
def _take(  # noqa: PLR0913, PLR0917  # as above, with the group as it is kept now
    store: Store, actor: Actor | None, group_id: str, url: str, items: Sequence[FeedItem], now: datetime
) -> Taken:
    group = _of_portal(store, group_id) if actor is None else opened_group(store, actor, Action.GROUP_FOLLOW, group_id)
    mark = Mark(now, actor.id if actor else PORTAL, Action.GROUP_FOLLOW)
    source = Source(FEED, url, group, mark, trusted(store, group))
    there = known(store, source)
    spots = Spots(store, group)
    wanted = [item for item in items if item.uid in there or not _over(item, now.date())]
    coming = [_coming(store, group, item, spots) for item in _first(wanted, there)]
    found, taken = steps(source, there, coming)
    keep_all(store, found, group, mark, _noted(group, url, "", now))
    gone = _gone(there, {item.uid for item in items}, now.date())
    return replace(taken, past=len(items) - len(wanted), gone=gone)


def _of_portal(store: Store, group_id: str) -> Group:
    group = store.group(group_id)
    if group is None:
        raise ForbiddenError("permissions.forbidden")
    if group.state is not GroupState.ACTIVE:
        raise ForbiddenError(f"permissions.group_{group.state}")  # noqa: EM102  # a key of words
    return group


def _first(items: Sequence[FeedItem], there: Mapping[str, Post]) -> list[FeedItem]:
    """Those that came before, and as many new ones as are taken at a time."""
    new = [item.uid for item in items if item.uid not in there]
    taken = frozenset(new[:NEW_MOST])
    return [item for item in items if item.uid in there or item.uid in taken]


def _coming(store: Store, group: Group, item: FeedItem, spots: Spots) -> Coming:
    where = Where(name=item.place_text)
    if item.position:
        where = Where(WhereKind.PIN, position=item.position, name=item.place_text)
    facts = PostFacts(_kind(item.schedule), item.title, _text(item), schedule=item.schedule, where=spots.settle(where))
    return Coming(item.uid, checked(store, group.municipality, facts), item.cancelled)


def _kind(schedule: Schedule | None) -> PostKind:
    if schedule is None:
        return PostKind.NEWS
    return PostKind.SERIES if any(rule.rrule for rule in schedule.rules) else PostKind.EVENT


def _text(item: FeedItem) -> str:
    """The item's text with the address of its own page below, where that is not in it and still fits."""
    longer = f"{item.text}\n\n{item.url}".strip()
    return item.text if not item.url or item.url in item.text or len(longer) > POST_TEXT_MAX else longer


def _over(item: FeedItem, today: date) -> bool:
    """Whether all its dates are over."""
    return item.schedule is not None and not _ahead(item.schedule, today)


def _ahead(schedule: Schedule, today: date) -> bool:
    if endless(schedule):
        return True
    last = last_date(schedule)
    return last is not None and last >= today


def _gone(there: Mapping[str, Post], uids: set[str], today: date) -> int:
    """How many posts are shown, lie ahead, and stand no longer in the feed."""
    return sum(
        uid not in uids
        and post.state is PostState.LIVE
        and post.facts.schedule is not None
        and _ahead(post.facts.schedule, today)
        for uid, post in there.items()
    )


def _noted(group: Group, url: str, problem: str, now: datetime) -> list[Change]:
    """The feed's day and problem, where they are others than the last time: the hour is not worth a version."""
    feeds = tuple(_fetched(feed, problem, now) if feed.url == url else feed for feed in group.feeds)
    return [Put(replace(group, feeds=feeds))] if feeds != group.feeds else []


def _fetched(feed: FollowedFeed, problem: str, now: datetime) -> FollowedFeed:
    same_day = feed.fetched_at is not None and feed.fetched_at.astimezone(now.tzinfo).date() == now.date()
    if same_day and feed.problem == problem:
        return feed
    return replace(feed, problem=problem, fetched_at=feed.fetched_at if problem else now)


def _with_feeds(store: Store, group: Group, feeds: tuple[FollowedFeed, ...], mark: Mark) -> Group:
    new = replace(group, feeds=feeds)
    if new != group:
        store.apply([Put(new)], mark, [expected(group)])
    return new
