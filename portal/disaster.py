"""The disaster switch (災害対応への切替): a municipality's office puts its pages into their form for a disaster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from portal import history, permissions
from portal.locate import municipality
from portal.model.mark import Mark
from portal.model.municipality import Municipality
from portal.permissions import Action
from portal.posts.opening import retried
from portal.store import Put, expected

if TYPE_CHECKING:
    from datetime import datetime

    from portal.permissions import Actor
    from portal.store import Reader, Store


class Switched(NamedTuple):
    """The last time that it was switched."""

    on: bool
    at: datetime
    who: str
    """Id of an account."""


@retried
def switch(store: Store, actor: Actor, code: str, now: datetime, *, on: bool) -> Municipality:
    """Put a municipality's pages into their form for a disaster, or back into that of daily life.

    Where they are so already nothing is changed: of two who press the button at once the first one's moment stands.
    Raises NotSignedInError, ForbiddenError, UnknownThingError.
    """
    permissions.require(actor, Action.DISASTER_SWITCH, code)
    old = municipality(store, code)
    if on is (old.disaster_since is not None):
        return old
    new = replace(old, disaster_since=now if on else None)
    store.apply([Put(new)], Mark(now, actor.id, Action.DISASTER_SWITCH), [expected(old)])
    return new


def last(store: Reader, code: str) -> Switched | None:
    """When a municipality was last switched and by whom; None where it never was."""
    versions = history.versions(store, Municipality, (code,))
    switched = next((item for item in versions if item.action == Action.DISASTER_SWITCH), None)
    if switched is None:
        return None
    town = history.record_of(Municipality, switched)
    return Switched(town is not None and town.disaster_since is not None, switched.at, switched.who)
