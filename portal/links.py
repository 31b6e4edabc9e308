"""Links that work once and for a while (招待・再設定・確認の連絡): made, looked at, and used up.

The link holds a token of 256 bits; the store holds only its SHA-256. Looking at a link never spends it, as mail
scanners open every link: the service that acts puts :func:`used` in its own transaction, expecting the link as read.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from portal.errors import UnknownThingError
from portal.model.account import OneTimeLink, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from portal.store import Reader

TOKEN_BYTES: Final = 32
TOKEN_MAX: Final = 100
"""Characters; nothing longer is looked up."""
GOOD_FOR: Final[Mapping[Purpose, timedelta]] = {
    Purpose.INVITE: timedelta(days=14),
    Purpose.RESET: timedelta(hours=1),
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.FRESHNESS: timedelta(days=30),
    Purpose.CHANGE: timedelta(days=30),
}


def new_token() -> str:
    """256 random bits as 43 characters that can stand in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def id_of(token: str) -> str:
    """The name that a token is kept under: its SHA-256 in hex."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def make(purpose: Purpose, now: datetime, **fields: Any) -> tuple[str, OneTimeLink]:  # noqa: ANN401  # the link's own
    """A token and the link to be kept for it; ``fields`` are the link's (``email``, ``group``, ``place`` …)."""
    token = new_token()
    return token, OneTimeLink(id_of(token), purpose, now, now + GOOD_FOR[purpose], **fields)


def look(store: Reader, token: str, purpose: Purpose, now: datetime) -> OneTimeLink:
    """The link of this token, still good for ``purpose``; nothing changes.

    Raises UnknownThingError, with the reason, for one that does not exist, is for something else, was used or is
    over.
    """
    link = store.link(id_of(token)) if 0 < len(token) <= TOKEN_MAX else None
    if link is None or link.purpose is not purpose:
        raise UnknownThingError("identity.link_unknown")
    if link.used_at is not None:
        raise UnknownThingError("identity.link_used")
    if now >= link.expires_at:
        raise UnknownThingError("identity.link_expired")
    return link


def used(link: OneTimeLink, now: datetime) -> OneTimeLink:
    """The link as it is kept once it has worked."""
    return replace(link, used_at=now)
