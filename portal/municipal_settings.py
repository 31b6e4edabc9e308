"""What a municipality decides for itself (市区町村の設定): when its groups are trusted, who goes to welfare sites."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal import permissions
from portal.locate import municipality
from portal.model.mark import Mark
from portal.permissions import Action
from portal.posts.opening import retried
from portal.store import Put, expected

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.municipality import Municipality
    from portal.permissions import Actor
    from portal.store import Store


@retried
def edit(  # noqa: PLR0913  # who decides what for which municipality
    store: Store, actor: Actor, code: str, trust_after: int, *, direct_welfare: bool, now: datetime
) -> Municipality:
    """Set after how many approved posts a group is trusted, and whether one may go straight to welfare sites.

    Raises NotSignedInError, ForbiddenError, UnknownThingError, InvalidRecordError for a number that cannot be.
    """
    permissions.require(actor, Action.SETTINGS_EDIT, code)
    old = municipality(store, code)
    new = replace(old, trust_after=trust_after, direct_welfare=direct_welfare)
    if new != old:
        store.apply([Put(new)], Mark(now, actor.id, Action.SETTINGS_EDIT), [expected(old)])
    return new
