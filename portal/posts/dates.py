"""A post that does not take place, or does again after all, is taken back, or has its people counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError
from portal.model.mark import Mark
from portal.model.post import COUNTED, PostState
from portal.permissions import Action
from portal.posts.keeping import Step, changed, content, keep
from portal.posts.opening import opened, retried
from portal.schedules.occurrences import occurrences

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from portal.model.post import Post, PostFacts
    from portal.permissions import Actor
    from portal.store import Store


@retried
def cancel_dates(  # noqa: PLR0913, PLR0917  # who calls off what, why and when
    store: Store, actor: Actor, post_id: str, dates: Collection[date], reason: str, now: datetime
) -> Post:
    """Call off some dates (中止): they stay in sight as cancelled, approved or not, and in what waits beside it.

    Raises InvalidRecordError for none, or a date on which it does not take place.
    """
    post, group = opened(store, actor, Action.POST_CANCEL, post_id)
    if not dates:
        raise InvalidRecordError("posting.no_date_chosen")
    for day in dates:
        _check_day(post.facts, day)
    off = frozenset(dates)
    new = changed(_with_dates(post, off, frozenset()), now, changed_by=actor.id, reason=reason.strip())
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_CANCEL, reason))


@retried
def cancel(store: Store, actor: Actor, post_id: str, reason: str, now: datetime) -> Post:
    """Call off all of it: it stays in sight as cancelled. What nobody has seen yet is taken back instead."""
    post, group = opened(store, actor, Action.POST_CANCEL, post_id)
    state = PostState.WITHDRAWN if post.state is PostState.SCHEDULED else PostState.CANCELLED
    said = "" if state is PostState.WITHDRAWN else reason.strip()
    new = changed(post, now, state=state, changed_by=actor.id, reason=said)
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_CANCEL, reason))


@retried
def reinstate(store: Store, actor: Actor, post_id: str, now: datetime, dates: Collection[date] | None = None) -> Post:
    """It does take place: a cancelled post as a whole, else these dates of it (None: all that lie ahead)."""
    post, group = opened(store, actor, Action.POST_REINSTATE, post_id)
    if post.state is PostState.CANCELLED:
        new = changed(post, now, state=PostState.LIVE, changed_by=actor.id, reason="")
    else:
        off = post.facts.schedule.cancelled if post.facts.schedule else frozenset()
        back = frozenset(dates) & off if dates is not None else frozenset(day for day in off if day >= now.date())
        if not back:
            raise InvalidRecordError("posting.nothing_cancelled")
        new = changed(_with_dates(post, frozenset(), back), now, changed_by=actor.id, reason="")
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_REINSTATE))


@retried
def withdraw(store: Store, actor: Actor, post_id: str, now: datetime) -> Post:
    """Take a post back: nobody sees it any more, and it can be handed in again with what was written last.

    What staff said stays with it, so that it comes before them again.
    """
    post, group = opened(store, actor, Action.POST_WITHDRAW, post_id)
    said = post.reason if post.state in {PostState.RETURNED, PostState.HIDDEN} else ""
    said = said or (post.revision.returned if post.revision else "")
    new = changed(post, now, state=PostState.WITHDRAWN, facts=content(post), revision=None, reason=said)
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_WITHDRAW))


@retried
def count_places(  # noqa: PLR0913, PLR0917  # how many, of which session
    store: Store, actor: Actor, post_id: str, day: date, count: int, now: datetime
) -> Post:
    """Note how many people booked, or came, on one day of a course or a consultation (見守り講座の人数).

    No new version of what is said: whoever is writing it meanwhile goes on. Raises InvalidRecordError for another
    kind of post, a day on which it does not take place and a number that cannot be.
    """
    post, group = opened(store, actor, Action.POST_COUNT, post_id)
    if post.facts.kind not in COUNTED:
        raise InvalidRecordError("posting.not_counted")
    _check_day(post.facts, day)
    new = replace(post, places_taken={**post.places_taken, day.isoformat(): count})
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_COUNT))


def _check_day(facts: PostFacts, day: date) -> None:
    if facts.schedule is None or not occurrences(facts.schedule, day, day):
        raise InvalidRecordError("posting.no_such_date", day=day.isoformat())


def _with_dates(post: Post, off: frozenset[date], back: frozenset[date]) -> Post:
    """The post, and what waits beside it, with dates called off and others back."""
    revision = post.revision
    if revision:
        revision = replace(revision, facts=_schedule_with(revision.facts, off, back))
    return replace(post, facts=_schedule_with(post.facts, off, back), revision=revision)


def _schedule_with(facts: PostFacts, off: frozenset[date], back: frozenset[date]) -> PostFacts:
    if facts.schedule is None:
        return facts
    return replace(facts, schedule=replace(facts.schedule, cancelled=(facts.schedule.cancelled | off) - back))
