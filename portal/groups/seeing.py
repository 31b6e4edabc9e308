"""One group for those whom it concerns, and the same answer to everybody else whether it exists or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal import permissions
from portal.errors import ForbiddenError, NotSignedInError, UnknownThingError
from portal.permissions import Action, Role

if TYPE_CHECKING:
    from portal.model.group import Group
    from portal.permissions import Actor
    from portal.store import Reader


def wanted(store: Reader, actor: Actor, group_id: str, action: Action) -> Group:
    """The group as it is kept now, for somebody who may do ``action`` to it.

    Raises NotSignedInError, ForbiddenError (for a guessed id, too), UnknownThingError to administrators.
    """
    group = store.group(group_id)
    if group is None:
        role = permissions.role_of(actor)
        if role is Role.ANONYMOUS:
            raise NotSignedInError("permissions.sign_in")
        if role is Role.ADMINISTRATOR:
            raise UnknownThingError("grouping.no_such_group")
        raise ForbiddenError("permissions.forbidden")
    permissions.require(actor, action, group=group)
    return group


def see(store: Reader, actor: Actor, group_id: str) -> Group:
    """The group with everything that is kept of it, for its members and the office."""
    return wanted(store, actor, group_id, Action.GROUP_SEE)
