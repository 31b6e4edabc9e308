"""What may be asked of the store about what residents asked to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.subscription import Subscription


class SubscriptionReader(Protocol):
    """The part of :class:`portal.store.Reader` that knows subscriptions."""

    def subscription(self, subscription_id: str) -> Subscription | None:
        """One subscription."""

    def subscription_to_confirm(self, digest: str) -> Subscription | None:
        """The one that waits for the link whose token has this SHA-256 in hex."""

    def subscriptions_of(self, email: str) -> list[Subscription]:
        """Those of a mail address, in small letters."""

    def subscriptions_due(self, now: datetime, limit: int) -> list[Subscription]:
        """Those for which there is something to do, the longest due first."""
