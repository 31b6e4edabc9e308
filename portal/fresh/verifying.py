"""A place made sure of by somebody who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal import editing, locate, permissions
from portal.model.mark import Mark
from portal.permissions import Action, Role

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.place import Place
    from portal.permissions import Actor
    from portal.store import Store


def verify(store: Store, actor: Actor, place_id: str, now: datetime) -> Place:
    """Note that staff, or a member of the group that runs it, made sure of a place.

    Raises UnknownThingError, ForbiddenError and NotSignedInError.
    """
    place = editing.wanted(store, place_id)
    its_groups = [item for item in store.groups(place.municipality) if place_id in item.places]
    group = next((item for item in its_groups if item.id in actor.groups), None)
    role = permissions.require(actor, Action.PLACE_VERIFY, municipality=place.municipality, group=group)
    by_group = group is not None and role in {Role.MEMBER, Role.OWNER}
    # Readers see who it was: the group or the office, never a person.
    who = group.name if group and by_group else locate.municipality(store, place.municipality).name
    return editing.verify(store, place_id, who, now.date(), Mark(now, actor.id, Action.PLACE_VERIFY))
