"""The outbox (送信箱): what the portal writes to people, sent by and by, or kept for staff to hand over.

A message is put into the store with what it tells of, in one transaction; it is sent afterwards, so that a mail
server that is down keeps nobody from anything.
"""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from portal.errors import OutsideError, StaleEditError
from portal.model.mark import PORTAL, Mark
from portal.model.message import Delivery, Message
from portal.permissions import Action, require
from portal.store import Put, expected
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from portal.permissions import Actor
    from portal.store import Reader, Store

TRIES_MAX: Final = 8
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (0, 1, 5, 15, 60, 240, 720, 1440))
"""Before the first try, the second, and so on: a mail server that is down for two days still gets everything."""
AT_A_TIME: Final = 500
SHOWN: Final = 200
FIELDS: Final = ("municipality", "group", "about")
TOKEN: Final = re.compile(r"([?&]t=)[\w-]{20,}")
"""A link's secret part, as :mod:`portal.links` makes it."""


def write(words: str, language: str, to: str, base: str, *, now: datetime, **values: Any) -> Message:  # noqa: ANN401  # what stands in gaps
    """A message of the phrases ``<words>_subject`` and ``<words>_body``, waiting to be sent.

    ``base`` is the portal's own address, as its operator set it, without a slash at the end. Of ``values``,
    ``municipality``, ``group`` and ``about`` are kept with the message (whose staff may see it, what it is about);
    all of them, ``base`` too, fill the gaps. ``kept=True`` keeps it from being sent.
    Raises KeyError for words that are none.
    """
    tongue = language if language in LANGUAGES else LANGUAGES[0]
    kept = values.pop("kept", False)
    fields = {name: values[name] for name in FIELDS if name in values}
    subject, body = (say(f"{words}_{part}", tongue, base=base, **values) for part in ("subject", "body"))
    state = Delivery.KEPT if kept else Delivery.WAITING
    return Message(f"message-{secrets.token_hex(8)}", to, _one_line(subject), body, now, state=state, **fields)


def deliver(store: Store, send: Callable[[Message], None] | None, now: datetime) -> int:
    """Send what waits and is due; how many were sent.

    Without ``send`` (no mail server is set) what waits is kept for staff to hand over. A try is noted before it
    is made: of two who deliver at once only one sends. ``send`` raises OutsideError when it did not work.
    """
    sent = 0
    for message in store.messages_waiting(AT_A_TIME):
        if send is None:
            _change(store, message, replace(message, state=Delivery.KEPT), now)
        elif due_at(message) <= now:
            with suppress(StaleEditError):
                sent += _try(store, send, message, now)
    return sent


def due_at(message: Message) -> datetime:
    """When a message is to be tried next: the pauses between tries grow."""
    return message.made_at + sum(PAUSES[: message.tries + 1], timedelta())


def _try(store: Store, send: Callable[[Message], None], message: Message, now: datetime) -> bool:
    tried = replace(message, tries=message.tries + 1)
    _change(store, message, tried, now)
    try:
        send(message)
    except OutsideError as error:
        state = Delivery.FAILED if tried.tries >= TRIES_MAX else Delivery.WAITING
        _change(store, tried, replace(tried, state=state, problem=error.key), now)
        return False
    # Whoever reads the outbox later has no use for a link that went to somebody else.
    done = replace(tried, state=Delivery.SENT, sent_at=now, problem="", body=without_tokens(tried.body))
    _change(store, tried, done, now)
    return True


def without_tokens(body: str) -> str:
    """A message's text with the secret part of its links taken out."""
    return TOKEN.sub(r"\1…", body)


def _change(store: Store, before: Message, after: Message, now: datetime) -> None:
    store.apply([Put(after)], Mark(now, PORTAL, "outbox.deliver"), [expected(before)])


def _one_line(text: str) -> str:
    """A subject: a name with a line break in it cannot begin another header."""
    return " ".join(text.split())


def visible(store: Reader, actor: Actor) -> list[Message]:
    """The newest messages that ``actor`` may see: of the municipalities whose staff they are, administrators all.

    Links for staff and administrators stand in messages of no municipality, which administrators alone see.
    Raises NotSignedInError, ForbiddenError for who is no staff.
    """
    account = actor.account
    if account is None or account.administrator or not account.staff_of:
        require(actor, Action.OUTBOX_SEE)
        return store.messages()
    towns = [code for code in sorted(account.staff_of) if require(actor, Action.OUTBOX_SEE, code)]
    found = [message for code in towns for message in store.messages(code)]
    return sorted(found, key=lambda message: message.made_at, reverse=True)[:SHOWN]
