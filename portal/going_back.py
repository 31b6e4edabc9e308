"""An earlier version of a post, a group or a place, kept again by staff: what it said, not how far it had come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from portal import history, listing, permissions
from portal.errors import UnknownThingError
from portal.model.group import Group
from portal.model.mark import Mark
from portal.model.place import Place
from portal.model.post import Post
from portal.permissions import Action
from portal.posts.keeping import Step, changed, keep
from portal.posts.opening import opened, opened_group, retried
from portal.store import Put, expected

if TYPE_CHECKING:
    from datetime import datetime

    from portal.permissions import Actor
    from portal.store import Reader, Store

T = TypeVar("T", Post, Group)
SAID: Final = ("name", "name_kana", "about", "district", "contacts", "places")
"""What a group says of itself; its state, its trust and who decided stay as they are now."""


@retried
def post(  # noqa: PLR0913, PLR0917  # who goes back to what, why and when
    store: Store, actor: Actor, post_id: str, entry: int, reason: str, now: datetime
) -> Post:
    """A post says again what it said after the journal's entry ``entry``; what waits beside it goes on waiting.

    Raises UnknownThingError where there is no such version; ForbiddenError and NotSignedInError.
    """
    current, group = opened(store, actor, Action.POST_GO_BACK, post_id)
    before = _version(store, Post, post_id, entry)
    new = changed(current, now, facts=before.facts, decided_at=now, decided_by=actor.id)
    return keep(store, Step(current, new), group, Mark(now, actor.id, Action.POST_GO_BACK, reason))


@retried
def group(  # noqa: PLR0913, PLR0917  # as above
    store: Store, actor: Actor, group_id: str, entry: int, reason: str, now: datetime
) -> Group:
    """A group says of itself again what it said after that entry. Raises as for a post."""
    current = opened_group(store, actor, Action.GROUP_GO_BACK, group_id)
    before = _version(store, Group, group_id, entry)
    new = replace(current, number=current.number + 1, **{name: getattr(before, name) for name in SAID})
    mark = Mark(now, actor.id, Action.GROUP_GO_BACK, reason)
    store.apply([Put(new), *listing.follow_group(store, new, now.date())], mark, [expected(current)])
    return new


@retried
def place(  # noqa: PLR0913, PLR0917  # as above
    store: Store, actor: Actor, place_id: str, entry: int, reason: str, now: datetime
) -> Place:
    """A place is again as it was after that entry, with its districts and dates. Raises as for a post."""
    current = store.place(place_id)
    permissions.require(actor, Action.PLACE_GO_BACK, current.municipality if current else "")
    if current is None:
        raise UnknownThingError("looking.no_such_place", id=place_id)
    return history.go_back(store, Place, (place_id,), entry, Mark(now, actor.id, Action.PLACE_GO_BACK, reason))


def _version(store: Reader, wanted: type[T], key: str, entry: int) -> T:
    chosen = next((one for one in store.history(wanted, (key,)) if one.entry == entry), None)
    record = history.record_of(wanted, chosen) if chosen else None
    if record is None:
        raise UnknownThingError("history.no_such_version", entry=entry)
    return record
