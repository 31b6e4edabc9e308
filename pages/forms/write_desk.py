"""What lies on the desk of whoever writes: the post or the new one, its group, and how it stands with both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal import locate, permissions, posting
from portal.errors import ForbiddenError, UnknownThingError
from portal.model.post import PostState
from portal.permissions import Action
from portal.posts.opening import opened_group, types_in
from portal.schedules.asking import Kept

if TYPE_CHECKING:
    from portal.model.group import Group
    from portal.model.municipality import Municipality
    from portal.model.place import Place
    from portal.model.post import Post, PostFacts
    from portal.permissions import Actor
    from portal.store import Reader

TO_SEND: Final = frozenset({PostState.DRAFT, PostState.RETURNED})
SHOWN: Final = frozenset({PostState.LIVE, PostState.HIDDEN})


@dataclass(frozen=True, slots=True)
class Desk:
    """A post, or none yet, of a group."""

    group: Group
    post: Post | None
    town: Municipality
    places: tuple[Place, ...]
    """Those that the group runs and that are still there."""
    typed_in: bool
    """Whether somebody of the office writes for the group (代行入力)."""
    trusted: bool
    """Whether its posts go live at once."""
    editable: bool

    @property
    def facts(self) -> PostFacts | None:
        """What the post says to whoever goes on writing."""
        return posting.content(self.post) if self.post else None

    @property
    def kept(self) -> Kept:
        """When it is, as it is kept."""
        return Kept(self.facts.schedule, self.facts.schedule_text) if self.facts else Kept()

    @property
    def to_send(self) -> bool:
        """Whether it still has to be handed in."""
        return self.post is None or self.post.state in TO_SEND

    @property
    def asks_first(self) -> bool:
        """Whether saving it is seen by others: what may be a slip is then said before it is saved."""
        return self.post is not None and self.post.state is not PostState.DRAFT

    @property
    def name(self) -> str:
        """The name under which the unsent text is kept on the device."""
        return f"write-{self.post.id}" if self.post else f"write-new-{self.group.id}"

    @property
    def path(self) -> str:
        """The address of the editor."""
        return f"/write?id={self.post.id}" if self.post else f"/write?group={self.group.id}"


def of_post(store: Reader, actor: Actor, post_id: str) -> Desk:
    """The desk with a post on it.

    Raises NotSignedInError, and UnknownThingError where there is none or it is not for this person's eyes: a guessed
    id tells nothing.
    """
    try:
        post = posting.see(store, actor, post_id)
    except ForbiddenError:
        raise UnknownThingError("posting.no_such_post") from None
    group = store.group(post.group)
    if group is None:
        raise UnknownThingError("posting.no_such_post")
    role = permissions.role_of(actor, group=group, post=post)
    return _desk(store, actor, group, post, editable=permissions.may(Action.POST_EDIT, role, post.state))


def of_group(store: Reader, actor: Actor, group_id: str) -> Desk:
    """The desk with an empty sheet; raises as :func:`of_post`, and ForbiddenError where the group may not post now."""
    try:
        group = opened_group(store, actor, Action.POST_CREATE, group_id)
    except ForbiddenError as error:
        if error.key != "permissions.forbidden":
            raise
        raise UnknownThingError("posting.no_such_group") from None
    return _desk(store, actor, group, None, editable=True)


def find(store: Reader, actor: Actor, post_id: str, group_id: str) -> Desk:
    """The post's desk where there is an id, else the group's."""
    return of_post(store, actor, post_id) if post_id else of_group(store, actor, group_id)


def _desk(store: Reader, actor: Actor, group: Group, post: Post | None, *, editable: bool) -> Desk:
    return Desk(
        group=group,
        post=post,
        town=locate.municipality(store, group.municipality),
        places=tuple(place for place in store.places(group.places) if place.gone_on is None),
        typed_in=post.on_paper if post else types_in(actor, group),
        trusted=posting.trusted(store, group) and not (post and post.reason),
        editable=editable,
    )
