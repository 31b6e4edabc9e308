"""People who sign in: their account, the groups they act for, their sessions, and links that work once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from datetime import datetime

EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
"""What the mail field of a web page takes (HTML, 4.10.5.1.5), nothing that could begin another header."""
PERSON_NAME_MAX: Final = 100


def read_email(text: str) -> str:
    """The address as accounts are found by it, in small letters; raises InvalidRecordError for what is none."""
    address = text.strip()
    if not EMAIL.fullmatch(address) or ".." in address:
        raise InvalidRecordError("account.bad_email")
    return address.lower()


class AccountState(StrEnum):
    """Whether an account may do anything."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in. Residents need none."""

    id: str
    email: str
    """In small letters; no two accounts have the same."""
    name: str
    """Shown to staff and to the person's own groups only."""
    password: str = ""
    """Argon2id in PHC text form; empty where the person signs in with OpenID Connect only."""
    administrator: bool = False
    staff_of: frozenset[str] = frozenset()
    """Codes of the municipalities whose staff the person belongs to."""
    language: str = "ja"
    subject: str = ""
    """``issuer|sub`` of OpenID Connect, once the person signed in so."""
    state: AccountState = AccountState.ACTIVE
    made_at: datetime | None = None
    password_at: datetime | None = None
    """When the password was last set: sessions from before end."""

    def __post_init__(self) -> None:
        """Refuse an address that is none and a missing or over-long name."""
        if read_email(self.email) != self.email:
            raise InvalidRecordError("account.bad_email")
        if not self.name.strip() or len(self.name) > PERSON_NAME_MAX:
            raise InvalidRecordError("account.bad_name", most=PERSON_NAME_MAX)


@dataclass(frozen=True, slots=True)
class GroupMember:
    """Somebody who acts for a group."""

    group: str
    account: str
    owner: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in that goes on. It is deleted when it ends and never stands in the journal."""

    id: str
    """SHA-256 in hex of the 256-bit token in the cookie: the token itself is kept nowhere."""
    account: str
    made_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SignInTry:
    """A sign-in that failed, so that tries can be counted; forgotten after the time they count for."""

    id: str
    account: str
    """Digest of the address that was tried, whether an account has it or not."""
    origin: str
    """Digest of the network address that it came from."""
    at: datetime


class Purpose(StrEnum):
    """What a link that works once is for."""

    INVITE = "invite"  # an account, with a role: made when the link is used
    RESET = "reset"  # a new password
    CONFIRM = "confirm"  # the address of somebody who applied for a group
    FRESHNESS = "freshness"  # still running, changed, ended
    CHANGE = "change"  # the form to say what changed, without signing in


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """A link that works once and for a while; who has it may do the one thing that it is for."""

    id: str
    """SHA-256 in hex of the 256-bit token in the link."""
    purpose: Purpose
    made_at: datetime
    expires_at: datetime
    email: str = ""
    account: str = ""
    group: str = ""
    owner: bool = False
    """Of an invitation: whether to own the group."""
    place: str = ""
    municipality: str = ""
    """Of an invitation: whose staff to become."""
    administrator: bool = False
    made_by: str = ""
    used_at: datetime | None = None
