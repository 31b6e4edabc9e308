"""Staff looking at the numbers as they are: each look stands in the journal before anything is seen."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from portal import permissions
from portal.model.mark import Mark
from portal.model.need import NeedLook
from portal.permissions import Action
from portal.store import Put

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.need import NeedCount
    from portal.permissions import Actor
    from portal.store import Store


def raw(store: Store, actor: Actor, municipality: str, why: str, now: datetime) -> list[NeedCount]:
    """All numbers as they are, the newest day first, for staff who say ``why`` they need them.

    Raises NotSignedInError, ForbiddenError, InvalidRecordError without a reason or with an over-long one.
    """
    permissions.require(actor, Action.NEEDS_SEE, municipality)
    look = NeedLook(f"look-{secrets.token_hex(8)}", municipality, actor.id, now, why.strip())
    store.apply([Put(look)], Mark(now, actor.id, Action.NEEDS_SEE, look.why))
    return store.need_counts(municipality)
