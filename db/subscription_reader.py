"""Reading what residents asked to be told, and what was changed that they could be told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.columns import microseconds
from db.decoding import Decoder
from portal.model.subscription import Subscription

if TYPE_CHECKING:
    from datetime import datetime

    from portal.store import Record


class SubscriptionReader(Decoder):
    """The part of :class:`portal.store.Reader` about subscriptions. Moments are aware."""

    def subscription(self, subscription_id: str) -> Subscription | None:
        """One subscription."""
        return self._one(Subscription, "subscription", subscription_id)

    def subscription_to_confirm(self, digest: str) -> Subscription | None:
        """The one that waits for the link whose token has this digest; nothing has the empty one."""
        return self._one(Subscription, "subscription_to_confirm", digest)

    def subscriptions_of(self, email: str) -> list[Subscription]:
        """Those of an address, in small letters."""
        return self._decoded(Subscription, "subscriptions_of", email)

    def subscriptions_due(self, now: datetime, limit: int) -> list[Subscription]:
        """Those for which there is something to do, the longest due first."""
        return self._decoded(Subscription, "subscriptions_due", microseconds(now), limit)

    def touched(self, wanted: type[Record], since: datetime, until: datetime) -> dict[str, str]:
        """Ids of the records changed from ``since`` on and before ``until``, each with its text from before."""
        values = [wanted.__name__, microseconds(since), microseconds(until)]
        return {str(key): str(before) for key, before in self._engine.rows("touched", values)}
