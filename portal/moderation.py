"""What staff decide about posts: approve, return with a sentence, hide, show again. Nobody decides on their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.errors import ConflictError, ForbiddenError, InvalidRecordError, StaleEditError
from portal.groups import letters
from portal.groups.letters import Letter
from portal.model.mark import Mark
from portal.model.post import Post, PostState
from portal.permissions import Action
from portal.posts.keeping import Step, changed, keep
from portal.posts.opening import NOT_NOW, Opened, opened, retried
from portal.posts.reports import accept_correction, close_note
from portal.posts.waiting import VERIFY_MOST, QueueItem, QueueKind, queue
from portal.posts.writing import live
from portal.records import from_text
from portal.store import Put

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.group import Group
    from portal.permissions import Actor
    from portal.store import Change, Reader, Store

__all__ = [
    "VERIFY_MOST",
    "QueueItem",
    "QueueKind",
    "accept_correction",
    "approve",
    "close_note",
    "hide",
    "queue",
    "return_",
    "unhide",
    "waits",
]


@retried
def approve(  # noqa: PLR0913, PLR0917  # who decides what about which version
    store: Store, actor: Actor, post_id: str, based_on: int, reason: str, now: datetime, *, base: str = ""
) -> Post:
    """Show what waits: a new post, now or at its time, or the newer content of one that is shown or hidden.

    A post counts towards its group's trust when it is first approved. Raises ConflictError where somebody decided
    in the meantime, StaleEditError where it was changed since it was looked at, ForbiddenError for one's own. The
    group's owners get a mail where ``base``, the portal's own address, is given.
    """
    post, group = _to_decide(store, actor, Action.POST_APPROVE, post_id, based_on)
    new = changed(post, now, decided_at=now, decided_by=actor.id, reason="")
    if post.revision:
        new = replace(new, facts=post.revision.facts, revision=None)
    new = live(new, now)
    grown = [] if _counted(store, post) else [Put(replace(group, approved_posts=group.approved_posts + 1))]
    told = _told(store, group, new, Letter("post_approved", now, base, reason=reason))
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_APPROVE, reason), [*grown, *told])


@retried
def return_(  # noqa: PLR0913, PLR0917  # as above
    store: Store, actor: Actor, post_id: str, based_on: int, reason: str, now: datetime, *, base: str = ""
) -> Post:
    """Give back what waits, with a sentence that the group sees; what is shown stays shown. Raises as approving."""
    post, group = _to_decide(store, actor, Action.POST_RETURN, post_id, based_on)
    said = _said(reason)
    new = changed(post, now, decided_at=now, decided_by=actor.id)
    if post.revision:
        new = replace(new, revision=replace(post.revision, returned=said))
    else:
        new = replace(new, state=PostState.RETURNED, reason=said)
    told = _told(store, group, new, Letter("post_returned", now, base, reason=said))
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_RETURN, reason), told)


@retried
def hide(  # noqa: PLR0913, PLR0917  # as above
    store: Store, actor: Actor, post_id: str, based_on: int, reason: str, now: datetime, *, base: str = ""
) -> Post:
    """Take a post out of sight, with a sentence that the group sees. Raises as approving."""
    post, group = _open(store, actor, Action.POST_HIDE, post_id, based_on)
    _check_version(post, based_on)
    said = _said(reason)
    new = changed(post, now, state=PostState.HIDDEN, reason=said, decided_at=now, decided_by=actor.id)
    told = _told(store, group, new, Letter("post_hidden", now, base, reason=said))
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_HIDE, reason), told)


@retried
def unhide(  # noqa: PLR0913, PLR0917  # as above
    store: Store, actor: Actor, post_id: str, based_on: int, reason: str, now: datetime, *, base: str = ""
) -> Post:
    """Show a post again as it was before it was hidden: live, cancelled, or at the time that was set."""
    post, group = _open(store, actor, Action.POST_UNHIDE, post_id, based_on)
    _check_version(post, based_on)
    new = changed(post, now, decided_at=now, decided_by=actor.id, reason="")
    before = _before_hidden(store, post)
    if before and before.state is PostState.CANCELLED:
        new = replace(new, state=PostState.CANCELLED, reason=before.reason)
    else:
        new = live(new, now)
    told = _told(store, group, new, Letter("post_shown_again", now, base, reason=reason))
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_UNHIDE, reason), told)


def _told(store: Reader, group: Group, post: Post, letter: Letter) -> list[Change]:
    """The mail to the group's owners; none without the portal's own address, as its link could lead nowhere."""
    address = letters.my_group_address(letter.base, group.id)
    return letters.to_owners(store, group, replace(letter, address=address, about=post.id, thing=post.facts.title))


def waits(post: Post) -> bool:
    """Whether staff have something to decide about a post."""
    newer = post.revision is not None and not post.revision.returned
    return post.state is PostState.WAITING or (newer and post.state in {PostState.LIVE, PostState.HIDDEN})


def _to_decide(store: Reader, actor: Actor, action: Action, post_id: str, based_on: int) -> Opened:
    found = _open(store, actor, action, post_id, based_on)
    if not waits(found.post):
        raise ConflictError("moderation.decided")
    _check_version(found.post, based_on)
    return found


def _open(store: Reader, actor: Actor, action: Action, post_id: str, based_on: int) -> Opened:
    """The post; raises ConflictError where another decision, or the group, changed its state in the meantime."""
    try:
        return opened(store, actor, action, post_id)
    except ForbiddenError as error:
        current = store.post(post_id)
        if error.key == NOT_NOW and current and current.number != based_on:
            raise ConflictError("moderation.decided") from None
        raise


def _check_version(post: Post, based_on: int) -> None:
    if post.number != based_on:
        raise StaleEditError("posting.changed", post=post)


def _said(reason: str) -> str:
    if not reason.strip():
        raise InvalidRecordError("moderation.say_why")
    return reason.strip()


def _counted(store: Reader, post: Post) -> bool:
    """Whether a post has counted towards its group's trust already: each does once."""
    approved = (one.action == Action.POST_APPROVE for one in store.history(Post, (post.id,)))
    return post.live_at is not None or any(approved)


def _before_hidden(store: Reader, post: Post) -> Post | None:
    versions = (from_text(Post, one.data) for one in store.history(Post, (post.id,)) if one.data)
    return next((one for one in versions if one.state is not PostState.HIDDEN), None)
