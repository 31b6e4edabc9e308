"""The one next thing for a group to do, the most urgent first, as a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal.model.group import GroupState
from portal.model.post import PostKind, PostState
from portal.schedules.ending import endless, last_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from portal.model.group import Group
    from portal.model.message import Enquiry
    from portal.model.place import Place
    from portal.model.post import Post

ENDS_SOON: Final = timedelta(days=31)
"""The next term of a series is thought of a month before the last date: its post may have to be approved."""
QUIET_AFTER: Final = timedelta(days=60)
"""Readers take a group that says nothing for so long for one that has ended."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next: a phrase with its values, and the post, place or question that it is about."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the next step is made of."""

    group: Group
    posts: Sequence[Post]
    """All of the group's."""
    live: Sequence[Post]
    """Those of them that everybody sees and that are not over."""
    enquiries: Sequence[Enquiry]
    late: Sequence[Place]
    """The group's places that nobody made sure of for too long."""


def next_step(now_so: Situation, now: datetime) -> NextStep:
    """The most urgent thing, or that all is well.

    In this order: a group not registered (any more), a returned post, a question, a place to make sure of, a series
    that ends, a draft, nothing live, nothing new for 60 days.
    """
    found = (step for look in _LOOKS if (step := look(now_so, now)) is not None)
    return next(found, NextStep("my_group.next_nothing", {"name": now_so.group.name}))


def is_returned(post: Post) -> bool:
    """Whether staff handed back a post, or the new content of one that is shown."""
    return post.state is PostState.RETURNED or (post.revision is not None and bool(post.revision.returned))


def _not_active(now_so: Situation, _now: datetime) -> NextStep | None:
    group = now_so.group
    if group.state is GroupState.ACTIVE:
        return None
    return NextStep(f"my_group.next_{group.state}", {"name": group.name, "reason": group.reason})


def _mend(now_so: Situation, _now: datetime) -> NextStep | None:
    return _about_post("my_group.next_mend", filter(is_returned, now_so.posts))


def _answer(now_so: Situation, _now: datetime) -> NextStep | None:
    if not now_so.enquiries:
        return None
    first = now_so.enquiries[0]
    return NextStep("my_group.next_answer", {"count": len(now_so.enquiries)}, first.post)


def _make_sure(now_so: Situation, _now: datetime) -> NextStep | None:
    if not now_so.late:
        return None
    place = now_so.late[0]
    return NextStep("my_group.next_make_sure", {"name": place.facts.name}, place.id)


def _next_term(now_so: Situation, now: datetime) -> NextStep | None:
    """A live series that ends soon; one whose next term is written already is left alone."""
    continued = {post.copied_from for post in now_so.posts if post.state is not PostState.WITHDRAWN}
    for post in now_so.live:
        last = _end_of_series(post)
        if last is not None and last <= now.date() + ENDS_SOON and post.id not in continued:
            return NextStep("my_group.next_term", {"title": post.facts.title, "day": f"{last:%Y-%m-%d}"}, post.id)
    return None


def _end_of_series(post: Post) -> date | None:
    schedule = post.facts.schedule
    series = post.facts.kind is PostKind.SERIES and post.state is PostState.LIVE
    return last_date(schedule) if schedule and series and not endless(schedule) else None


def _finish(now_so: Situation, _now: datetime) -> NextStep | None:
    return _about_post("my_group.next_finish", (post for post in now_so.posts if post.state is PostState.DRAFT))


def _first_post(now_so: Situation, _now: datetime) -> NextStep | None:
    coming = {PostState.WAITING, PostState.SCHEDULED}
    if now_so.live or any(post.state in coming for post in now_so.posts):
        return None
    posted = any(post.live_at for post in now_so.posts)
    return NextStep("my_group.next_new_post" if posted else "my_group.next_first_post")


def _say_something(now_so: Situation, now: datetime) -> NextStep | None:
    moments = [moment for post in now_so.posts for moment in (post.made_at, post.changed_at) if moment]
    if not moments or max(moments) > now - QUIET_AFTER:
        return None
    return NextStep("my_group.next_quiet", {"days": (now - max(moments)).days})


def _about_post(key: str, posts: Iterable[Post]) -> NextStep | None:
    post = next(iter(posts), None)
    return None if post is None else NextStep(key, {"title": post.facts.title}, post.id)


_LOOKS: Final[tuple[Callable[[Situation, datetime], NextStep | None], ...]] = (
    _not_active,
    _mend,
    _answer,
    _make_sure,
    _next_term,
    _finish,
    _first_post,
    _say_something,
)
