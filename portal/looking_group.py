"""One group as its page shows it to everybody: what it does, its public contacts and its places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal import locate, permissions
from portal.errors import UnknownThingError
from portal.model.group import GroupState
from portal.permissions import ANYBODY, Action

if TYPE_CHECKING:
    from portal.model.district import District
    from portal.model.group import Group
    from portal.model.municipality import Municipality
    from portal.model.place import Contact, Place
    from portal.permissions import Actor
    from portal.store import Reader

SHOWN: Final = frozenset({GroupState.ACTIVE, GroupState.SUSPENDED, GroupState.CLOSED})
"""Whoever was registered stays to be seen: a suspension hides nothing by itself, and what is over says so."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group as its page shows it."""

    group: Group
    municipality: Municipality
    district: District | None
    """Where it is active; None is the whole municipality."""
    contacts: tuple[Contact, ...]
    """Only those that are public."""
    places: tuple[Place, ...]
    """Those that it runs and that are still there."""


def group(store: Reader, group_id: str, actor: Actor = ANYBODY) -> GroupView:
    """The group of that id.

    Raises UnknownThingError where there is none, and in the same words for an application that ``actor`` may not see.
    """
    found = store.group(group_id)
    if found is None or not (found.state in SHOWN or _may_see(actor, found)):
        raise UnknownThingError("looking.no_such_group")
    return GroupView(
        group=found,
        municipality=locate.municipality(store, found.municipality),
        district=store.district(found.district) if found.district else None,
        contacts=tuple(contact for contact in found.contacts if contact.public),
        places=tuple(place for place in store.places(found.places) if place.gone_on is None),
    )


def _may_see(actor: Actor, found: Group) -> bool:
    return permissions.may(Action.GROUP_SEE, permissions.role_of(actor, group=found), found.state)
