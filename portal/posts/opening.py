"""One post or group for whoever wants to do something with it, as both are kept now, and doing it again in a race."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Final, NamedTuple, ParamSpec, TypeVar

from portal import permissions
from portal.errors import ForbiddenError, NotSignedInError, StaleEditError, UnknownThingError
from portal.permissions import Action, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.model.group import Group
    from portal.model.post import Post
    from portal.permissions import Actor
    from portal.store import Reader

P = ParamSpec("P")
T = TypeVar("T")
TRIES: Final = 5
RACE: Final = "store.changed"
NOT_NOW: Final = "posting.not_now"


class Opened(NamedTuple):
    """A post with its group."""

    post: Post
    group: Group


def retried(work: Callable[P, T]) -> Callable[P, T]:
    """Do ``work`` anew from what is kept now, where somebody else wrote between its reading and its writing.

    What the other did decides then: whoever approves a post that was approved a moment ago is told so.
    """

    @wraps(work)
    def tried(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(TRIES - 1):
            try:
                return work(*args, **kwargs)
            except StaleEditError as error:
                if error.key != RACE:
                    raise
        return work(*args, **kwargs)

    return tried


def opened(store: Reader, actor: Actor, action: Action, post_id: str) -> Opened:
    """The post and its group, for somebody who may do ``action`` to the post in its present state.

    Raises NotSignedInError; ForbiddenError, for a guessed id, too; UnknownThingError to administrators. Whoever may
    see the post and could do it in another state is told that (``posting.not_now``).
    """
    post = store.post(post_id)
    group = store.group(post.group) if post else None
    if post is None or group is None:
        raise _nothing(actor, "posting.no_such_post")
    try:
        permissions.require(actor, action, group=group, post=post)
    except ForbiddenError as error:
        if error.key == "permissions.forbidden" and _in_another_state(actor, action, post, group):
            raise ForbiddenError(NOT_NOW) from None
        raise
    return Opened(post, group)


def opened_group(store: Reader, actor: Actor, action: Action, group_id: str) -> Group:
    """The group, for somebody who may do ``action`` to it; raises as :func:`opened` does."""
    group = store.group(group_id)
    if group is None:
        raise _nothing(actor, "posting.no_such_group")
    permissions.require(actor, action, group=group)
    return group


def types_in(actor: Actor, group: Group) -> bool:
    """Whether somebody of the office writes for a group that is not their own (代行入力)."""
    return group.id not in actor.groups


def _nothing(actor: Actor, key: str) -> ForbiddenError | NotSignedInError | UnknownThingError:
    role = permissions.role_of(actor)
    if role is Role.ANONYMOUS:
        return NotSignedInError("permissions.sign_in")
    return UnknownThingError(key) if role is Role.ADMINISTRATOR else ForbiddenError("permissions.forbidden")


def _in_another_state(actor: Actor, action: Action, post: Post, group: Group) -> bool:
    role = permissions.role_of(actor, group=group, post=post)
    sees = permissions.may(Action.POST_SEE, role, post.state)
    return sees and any(role in roles for roles in permissions.TABLE[action].values())
