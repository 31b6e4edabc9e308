"""What residents asked to be told, sent when it is due: the links that confirm, digests by mail, and push messages.

Nothing of it goes through the outbox, which the journal holds for good: a message is made, sent and forgotten. What
could not be sent is made anew the next time, of what is public then.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from pages import wiring
from pages.forms import signing
from pages.forms.going import public_base
from pages.outside import digest_letter, mail, push
from pages.outside.digest_letter import Office
from portal import digest, subscribing
from portal.errors import OutsideError, StaleEditError
from portal.model.mark import PORTAL, Mark
from portal.model.place import Place
from portal.model.post import Post
from portal.model.subscription import CONFIRM_WITHIN, SETTLED, Pace
from portal.store import Put, expected

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from portal.digest import Digest
    from portal.model.message import Message
    from portal.model.subscription import Browser, Choice, Subscription
    from portal.settings import Settings
    from portal.store import Store

DUE_MAX: Final = 20_000
TURN_S: Final = 20.0
"""Nothing further is sent after so many seconds: other chores wait behind it."""
PAUSES_S: Final = (60.0, 300.0, 900.0, 3600.0, 4 * 3600.0, 24 * 3600.0)
"""Before what could not be sent is tried again, each time longer."""
LEAVE: Final = "leave"
FOREVER_S: Final = 100 * 365 * 24 * 60 * 60
"""The link that stops it works in the oldest mail."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Senders:
    """The ways out, as the settings allow them."""

    mail: Callable[[Message], None] | None = None
    push: Callable[[Browser, str, str], bool] | None = None

    @classmethod
    def of(cls, settings: Settings) -> Senders:
        """Those of the settings."""
        return cls(mail.sender(settings), push.sender(settings))


@dataclass(slots=True)
class _Round:
    """One round: what it sends by, and what was asked already."""

    store: Store
    senders: Senders
    office: Office
    freshness_days: int
    asked: dict[datetime, bool] = field(default_factory=dict)

    @property
    def until(self) -> datetime:
        """Before when changes are told."""
        return self.office.now - SETTLED

    def anything(self, since: datetime) -> bool:
        """Whether any place or post was changed since, whoever wants to know."""
        if since not in self.asked:
            touched = (self.store.touched(kind, since, self.until) for kind in (Post, Place))
            self.asked[since] = since < self.until and any(touched)
        return self.asked[since]


@dataclass(slots=True)
class _Memory:
    """What is known of one subscription until the portal is started anew."""

    looked_until: datetime | None = None
    """Nothing new was found up to then."""
    failed: int = 0
    again: float = 0.0
    """By the monotonic clock: not tried before."""


_memories: WeakKeyDictionary[Store, dict[str, _Memory]] = WeakKeyDictionary()


def rounds(store: Store, now: datetime) -> None:
    """Send what is due by the ways that the settings name."""
    settings = wiring.settings()
    turn(store, Senders.of(settings), Office(public_base(), now), settings.freshness_days)


def turn(store: Store, senders: Senders, office: Office, freshness_days: int) -> int:
    """Do what is due, the longest due first, and say how many messages were sent."""
    memories = _memories.setdefault(store, {})
    this = _Round(store, senders, office, freshness_days)
    begun, sent = time.monotonic(), 0
    due = store.subscriptions_due(office.now, DUE_MAX)
    for gone in memories.keys() - {item.id for item in due}:
        del memories[gone]
    for item in due:
        memory = memories.setdefault(item.id, _Memory())
        moment = time.monotonic()
        if moment - begun > TURN_S:
            break
        if moment < memory.again:
            continue
        try:
            sent += _digest(this, item, memory) if item.confirmed else _confirmation(this, item)
        except OutsideError as error:
            memory.again = moment + PAUSES_S[min(memory.failed, len(PAUSES_S) - 1)]
            memory.failed += 1
            log.info("a digest was not sent: %s", error.key)
        except Exception:  # whatever one choice can do, the others are told
            memory.again = moment + PAUSES_S[-1]
            log.exception("a digest could not be made")
    return sent


def leave_token(subscription_id: str) -> str:
    """What stands in the link that stops a subscription: its id, signed, so that nobody makes one up."""
    return signing.sign(LEAVE, subscription_id)


def leaving(token: str) -> str:
    """The id of the subscription that a link stops; empty for a link that is none."""
    found = signing.read(LEAVE, token, FOREVER_S)
    return found if isinstance(found, str) else ""


def _digest(this: _Round, item: Subscription, memory: _Memory) -> bool:
    """Tell what is new, if anything is; whether a message was sent."""
    if (this.senders.mail if item.email else this.senders.push) is None:
        return False
    since = max(item.knows_until, memory.looked_until or item.knows_until)
    found = _found(this, item.choice, since)
    told = replace(item, told_at=max(since, this.until))
    if found and this.store.subscription(item.id) == item:
        if not _tell(this, item, found):
            subscribing.forget(this.store, item, this.office.now)
            return False
        _note(this, item, told)
        return True
    memory.looked_until = told.told_at
    if item.choice.pace is Pace.WEEKLY:
        _note(this, item, told)
    return False


def _found(this: _Round, choice: Choice, since: datetime) -> Digest:
    found = digest.Digest()
    if this.anything(since):
        span = digest.Span(since, this.until, this.office.now)
        found = digest.news(this.store, choice, span, this.freshness_days)
    if choice.pace is Pace.WEEKLY:
        week = digest.coming(this.store, choice, this.office.now)
        found = replace(found, coming=week.coming, more_coming=week.more_coming)
    return found


def _confirmation(this: _Round, item: Subscription) -> bool:
    """Mail the link that confirms, once; delete what nobody confirmed in time."""
    if this.office.now - item.since >= CONFIRM_WITHIN:
        subscribing.forget(this.store, item, this.office.now)
    elif this.senders.mail and not item.token and this.store.subscription(item.id) == item:
        token, waiting = subscribing.with_link(item)
        told = digest_letter.choice_told(this.store, item.choice)
        this.senders.mail(digest_letter.confirmation(this.office, item, token, told))
        _note(this, item, waiting)
        return True
    return False


def _tell(this: _Round, item: Subscription, found: Digest) -> bool:
    """Send it; False where the browser is gone. Raises OutsideError when it was not taken."""
    if item.browser and this.senders.push:
        return this.senders.push(item.browser, *digest_letter.notice(this.office, item.choice, found))
    if this.senders.mail:
        leave = f"{this.office.base}/unsubscribe?t={leave_token(item.id)}"
        told = digest_letter.choice_told(this.store, item.choice)
        this.senders.mail(digest_letter.letter(this.office, item, found, told, leave))
    return True


def _note(this: _Round, before: Subscription, after: Subscription) -> None:
    """Keep how far it was told; who stopped it meanwhile is not put back."""
    with suppress(StaleEditError):
        this.store.apply([Put(after)], Mark(this.office.now, PORTAL, "subscription:told"), [expected(before)])
