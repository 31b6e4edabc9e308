"""The table of what residents asked to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.columns import LONG, TEXT, Table, microseconds
from portal.model.subscription import Subscription
from portal.records import to_text

if TYPE_CHECKING:
    from portal.store import Record

SUBSCRIPTIONS: Final[dict[type[Record], Table]] = {
    Subscription: Table(
        "subscription",
        {"id": TEXT, "email": TEXT, "token": TEXT, "due_us": LONG, "data": TEXT},
        lambda it: (it.id, it.email, it.token, microseconds(it.due_at), to_text(it)),
    ),
}
