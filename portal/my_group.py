"""My group: what is live, what waits, what runs out, how often it was used, and the one next thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from portal import enquiring, freshness, next_steps, usage
from portal.errors import ForbiddenError
from portal.groups import seeing
from portal.model.post import PostState
from portal.schedules.ending import last_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from portal.model.account import Account
    from portal.model.group import Group
    from portal.model.message import Enquiry
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.model.usage import Use
    from portal.next_steps import NextStep
    from portal.permissions import Actor
    from portal.store import Reader

USED_FOR: Final = timedelta(days=90)
"""How far back uses are counted."""
RUNS_OUT_IN: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acts for the group."""

    account: Account
    owner: bool


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A place that the group runs."""

    place: Place
    past_limit: bool
    """Whether nobody made sure of it for too long."""


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that *My group* shows; posts are the last changed first, each in one of the lists by its state."""

    group: Group
    live: tuple[Post, ...]
    """What everybody sees and is not over; with what runs out and what is cancelled."""
    waiting: tuple[Post, ...]
    """For approval: posts and new content of posts that are live."""
    returned: tuple[Post, ...]
    """Handed back by staff with a sentence: posts and new content of posts that are live."""
    drafts: tuple[Post, ...]
    scheduled: tuple[Post, ...]
    hidden: tuple[Post, ...]
    withdrawn: tuple[Post, ...]
    running_out: tuple[Post, ...]
    """Live posts whose last date is within 14 days."""
    over: tuple[Post, ...]
    """Everybody sees them still, and their last date has passed."""
    uses: Mapping[str, Mapping[Use, int]]
    """By post id, over the last 90 days."""
    members: tuple[Member, ...]
    places: tuple[OwnPlace, ...]
    enquiries: tuple[Enquiry, ...]
    """Questions that wait for the group's answer; empty for who may not answer them."""
    next_step: NextStep


def overview(store: Reader, actor: Actor, group_id: str, now: datetime, freshness_days: int = 365) -> Overview:
    """The group as its members and the office see it.

    Raises NotSignedInError and ForbiddenError, for a guessed id, too.
    """
    group = seeing.see(store, actor, group_id)
    posts, today = store.posts_of_group(group.id), now.date()
    public = [post for post in posts if post.public]
    live, over = _parted(public, lambda post: not _is_over(post, today))
    running_out = _only(live, lambda post: (last := _last(post)) is not None and last <= today + RUNS_OUT_IN)
    places = _places(store, group, today, freshness_days)
    enquiries = _enquiries(store, actor, group)
    late = [item.place for item in places if item.past_limit]
    state = next_steps.Situation(group, posts, live, enquiries, late)
    return Overview(
        group=group,
        live=live,
        waiting=_only(posts, lambda post: post.state is PostState.WAITING or _revision_waits(post)),
        returned=_only(posts, next_steps.is_returned),
        drafts=_only(posts, lambda post: post.state is PostState.DRAFT),
        scheduled=_only(posts, lambda post: post.state is PostState.SCHEDULED),
        hidden=_only(posts, lambda post: post.state is PostState.HIDDEN),
        withdrawn=_only(posts, lambda post: post.state is PostState.WITHDRAWN),
        running_out=running_out,
        over=over,
        uses=usage.of(store, [post.id for post in posts], today - USED_FOR + timedelta(days=1), today),
        members=_members(store, group),
        places=places,
        enquiries=enquiries,
        next_step=next_steps.next_step(state, now),
    )


def _only(posts: Sequence[Post], wanted: Callable[[Post], bool]) -> tuple[Post, ...]:
    return tuple(post for post in posts if wanted(post))


def _parted(posts: Sequence[Post], wanted: Callable[[Post], bool]) -> tuple[tuple[Post, ...], tuple[Post, ...]]:
    return _only(posts, wanted), _only(posts, lambda post: not wanted(post))


def _last(post: Post) -> date | None:
    """The last date of a post; None where it goes on for ever or has no date."""
    return last_date(post.facts.schedule) if post.facts.schedule else None


def _is_over(post: Post, today: date) -> bool:
    last = _last(post)
    return last is not None and last < today


def _revision_waits(post: Post) -> bool:
    return post.revision is not None and not post.revision.returned


def _members(store: Reader, group: Group) -> tuple[Member, ...]:
    found = ((store.account(item.account), item.owner) for item in store.members(group.id))
    return tuple(Member(account, owner) for account, owner in found if account is not None)


def _places(store: Reader, group: Group, today: date, limit_days: int) -> tuple[OwnPlace, ...]:
    imported = freshness.import_days(store)
    places = (place for place in store.places(group.places) if place.gone_on is None)
    return tuple(
        OwnPlace(place, freshness.is_asked(place) and freshness.past_limit(place, imported, today, limit_days))
        for place in places
    )


def _enquiries(store: Reader, actor: Actor, group: Group) -> tuple[Enquiry, ...]:
    """A suspended group reads nobody's question any more."""
    try:
        return tuple(enquiring.of_group(store, actor, group))
    except ForbiddenError:
        return ()
