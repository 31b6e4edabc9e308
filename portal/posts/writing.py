"""A post written, saved, submitted, and published when its time has come."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from portal.errors import ForbiddenError, InvalidRecordError, StaleEditError
from portal.locate import municipality
from portal.model.group import GroupState
from portal.model.mark import PORTAL, Mark
from portal.model.post import Post, PostState, Revision
from portal.permissions import Action
from portal.posts.checks import checked
from portal.posts.keeping import Step, changed, content, keep, new_id
from portal.posts.opening import NOT_NOW, opened, opened_group, retried, types_in

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.group import Group
    from portal.model.post import Outside, PostFacts
    from portal.permissions import Actor
    from portal.store import Reader, Store

SHOWN: Final = frozenset({PostState.LIVE, PostState.HIDDEN, PostState.CANCELLED})
"""States in which new content does not replace at once what was shown."""
PUBLISH_WITHIN: Final = timedelta(days=366)


def trusted(store: Reader, group: Group) -> bool:
    """Whether a group's posts go live at once: enough of them were approved, and it is not suspended or closed."""
    needed = municipality(store, group.municipality).trust_after
    return group.state is GroupState.ACTIVE and group.approved_posts >= needed


def see(store: Reader, actor: Actor, post_id: str) -> Post:
    """The post with everything that is kept of it, for its group and the office: draft, preview, history."""
    return opened(store, actor, Action.POST_SEE, post_id).post


@retried
def create(  # noqa: PLR0913, PLR0917  # what a post is made of
    store: Store,
    actor: Actor,
    group_id: str,
    facts: PostFacts,
    now: datetime,
    outside: Outside | None = None,
    copied_from: str = "",
) -> Post:
    """A new draft of a group; what staff write for it is marked as typed in (代行入力).

    Raises as :func:`portal.posts.opening.opened` and :func:`portal.posts.checks.checked` do.
    """
    group = opened_group(store, actor, Action.POST_CREATE, group_id)
    post = draft(actor, group, checked(store, group.municipality, facts), now, outside=outside, copied_from=copied_from)
    return keep(store, Step(None, post), group, Mark(now, actor.id, Action.POST_CREATE))


def draft(actor: Actor, group: Group, facts: PostFacts, now: datetime, **values: Any) -> Post:  # noqa: ANN401  # fields
    """A draft that is not kept yet; ``values`` are further fields of the post."""
    return Post(
        new_id(),
        group.municipality,
        group.id,
        facts,
        made_at=now,
        made_by=actor.id,
        changed_at=now,
        changed_by=actor.id,
        typed_by=actor.id if types_in(actor, group) else "",
        **values,
    )


@retried
def save(  # noqa: PLR0913, PLR0917  # what was typed, and on what it was based
    store: Store,
    actor: Actor,
    post_id: str,
    based_on: int,
    facts: PostFacts,
    now: datetime,
    publish_at: datetime | None = None,
) -> Post:
    """Keep what was written on top of version ``based_on``; typing the same again changes nothing.

    What is shown stays shown until the new content is approved; a trusted group's is shown at once. Raises
    StaleEditError (``post``: as it is kept now) where somebody else saved since, ForbiddenError, InvalidRecordError.
    """
    try:
        post, group = opened(store, actor, Action.POST_EDIT, post_id)
    except ForbiddenError as error:
        current = store.post(post_id)
        if error.key == NOT_NOW and current and current.number != based_on:
            raise StaleEditError("posting.changed", post=current) from None
        raise
    facts = checked(store, post.municipality, facts)
    at = post.publish_at if post.state in SHOWN else _publish_at(publish_at, now)
    if facts == content(post) and at == post.publish_at:
        return post
    if post.number != based_on:
        raise StaleEditError("posting.changed", post=post)
    new = rewritten(post, facts, Mark(now, actor.id), trust=trusted(store, group))
    new = _due(changed(new, now, number=new.number, publish_at=at), now)
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_EDIT))


def rewritten(post: Post, facts: PostFacts, by: Mark, *, trust: bool) -> Post:
    """The post with new content: at its place, or waiting beside what is shown.

    What staff hid or returned, and what they approved of somebody not yet trusted, is never replaced unseen.
    """
    new = changed(post, by.at, changed_by=by.who)
    if post.state in SHOWN:
        unseen = trust and post.state is not PostState.HIDDEN and not (post.revision and post.revision.returned)
        if facts == post.facts or unseen:
            return changed(new, by.at, number=new.number, facts=facts, revision=None)
        return changed(new, by.at, number=new.number, revision=Revision(facts, by.at, by.who))
    if post.state is PostState.SCHEDULED and not trust and facts != post.facts:
        return changed(new, by.at, number=new.number, facts=facts, state=PostState.WAITING, submitted_at=by.at)
    return changed(new, by.at, number=new.number, facts=facts)


@retried
def submit(store: Store, actor: Actor, post_id: str, now: datetime) -> Post:
    """Hand a draft in: it waits for staff, or goes live (now or at its time) where its group is trusted.

    What staff returned or hid comes before them again, whoever is trusted.
    """
    post, group = opened(store, actor, Action.POST_SUBMIT, post_id)
    if trusted(store, group) and not post.reason:
        new = live(changed(post, now, submitted_at=now), now)
    else:
        new = changed(post, now, submitted_at=now, state=PostState.WAITING, reason="")
    return keep(store, Step(post, new), group, Mark(now, actor.id, Action.POST_SUBMIT))


def live(post: Post, now: datetime) -> Post:
    """The post shown, or waiting for the time that was set for it; the version does not count up."""
    if post.publish_at and post.publish_at > now:
        return changed(post, now, number=post.number, state=PostState.SCHEDULED)
    return changed(post, now, number=post.number, state=PostState.LIVE, live_at=post.live_at or now)


def publish_due(store: Store, now: datetime) -> int:
    """Show the posts whose time has come, and say how many; those of a group that is not active stay where they are."""
    count = 0
    for found in store.posts_in([PostState.SCHEDULED]):
        with suppress(StaleEditError):  # whoever changed it this moment decides
            count += _publish(store, found, now)
    return count


def _publish(store: Store, post: Post, now: datetime) -> bool:
    group = store.group(post.group)
    new = _due(changed(post, now), now)
    if group is None or group.state is not GroupState.ACTIVE or new.state is PostState.SCHEDULED:
        return False
    keep(store, Step(post, new), group, Mark(now, PORTAL, "post:publish"))
    return True


def _due(post: Post, now: datetime) -> Post:
    return live(post, now) if post.state is PostState.SCHEDULED else post


def _publish_at(at: datetime | None, now: datetime) -> datetime | None:
    """The time to publish at; one that is over means at once. Raises InvalidRecordError."""
    if at is None:
        return None
    if at.tzinfo is None or at > now + PUBLISH_WITHIN:
        raise InvalidRecordError("posting.bad_publish_at", days=PUBLISH_WITHIN.days)
    return at if at > now else None
