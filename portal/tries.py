"""Tries to get in, counted: ten in five minutes for one account, and ten from one network address (SAFETY)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal.errors import TooManyTriesError
from portal.model.account import SignInTry
from portal.model.mark import Mark
from portal.store import Drop, Put

if TYPE_CHECKING:
    from datetime import datetime

    from portal.store import Reader, Store

MOST: Final = 10
COUNT_FOR: Final = timedelta(minutes=5)
ACTION: Final = "session.try"


@dataclass(frozen=True, slots=True)
class Tried:
    """A try that counts until it is forgotten."""

    record: SignInTry

    @classmethod
    def write(cls, store: Store, email: str, origin: str, now: datetime) -> Tried:
        """Note a try before it is made, so that a hundred at once do not pass the count together.

        Raises TooManyTriesError, which says from when one can try again; such a try is not counted.
        """
        record = SignInTry(f"try-{secrets.token_hex(16)}", digest(email.strip().lower()), digest(origin), now)
        store.apply([Put(record)], Mark(now, action=ACTION))
        if _count(store, record, now - COUNT_FOR) > MOST:
            again = _again_at(store, record)
            store.apply([Drop(SignInTry, (record.id,))], Mark(now, action=ACTION))
            raise TooManyTriesError("identity.too_many", at=again.strftime("%H:%M"))
        return cls(record)

    def forgotten(self) -> Drop:
        """The change that takes it back, once it was right."""
        return Drop(SignInTry, (self.record.id,))


def digest(text: str) -> str:
    """What an address is counted under: no address stands in the table; nothing at all counts apart each time."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() if text else f"none-{secrets.token_hex(8)}"


def _count(store: Reader, record: SignInTry, since: datetime) -> int:
    return max(store.tries(record.account, record.origin, since))


def _again_at(store: Reader, record: SignInTry) -> datetime:
    """The first whole minute at which another try is let through; ``record`` itself is counted, and goes."""
    minute = record.at.replace(second=0, microsecond=0)
    while _count(store, record, minute - COUNT_FOR) > MOST:
        minute += timedelta(minutes=1)
    return minute
