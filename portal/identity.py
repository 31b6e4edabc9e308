"""Who somebody is: signing in with a password, or as somebody whom an OpenID provider vouches for.

Nobody has an account without an invitation, whatever list is empty. A wrong address and a wrong password take the
same time and give the same sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portal import passwords, sessions
from portal.errors import ForbiddenError, InvalidRecordError
from portal.inviting import Invitation, accept, invite, invite_administrator
from portal.model.account import Account, AccountState, read_email
from portal.model.mark import Mark
from portal.resetting import ask_reset, confirm, reset
from portal.sessions import actor, end_sessions, sign_out
from portal.store import Change, Put, expected
from portal.tries import Tried

if TYPE_CHECKING:
    from datetime import datetime

    from portal.store import Reader, Store

__all__ = [
    "Invitation",
    "SignedIn",
    "Vouched",
    "accept",
    "actor",
    "ask_reset",
    "confirm",
    "end_sessions",
    "invite",
    "invite_administrator",
    "reset",
    "sign_in",
    "sign_in_vouched",
    "sign_out",
]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that has just begun."""

    account: Account
    token: str
    """For the cookie; kept nowhere else."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom an OpenID provider vouches for, its answer already checked."""

    issuer: str
    subject: str
    email: str = ""
    email_verified: bool = False


def sign_in(store: Store, email: str, password: str, origin: str, now: datetime) -> SignedIn:
    """Sign in with address and password from the network address ``origin``.

    Raises InvalidRecordError ("identity.wrong") for a wrong pair after ten of them in five
    minutes for one account or from one origin, ForbiddenError for a suspended account with its right password.
    """
    attempt = Tried.write(store, email, origin, now)
    account = _account_of(store, email)
    if not passwords.matches(account.password if account else "", password) or account is None:
        raise InvalidRecordError("identity.wrong")
    return _begin(store, account, now, [attempt.forgotten()])


def sign_in_vouched(store: Store, vouched: Vouched, now: datetime) -> SignedIn:
    """Sign in staff or an administrator whom the provider vouches for.

    The account is the one that signed in so before, else the one with the verified address. Raises ForbiddenError
    where there is none, it is no staff's, the address is not verified, or it belongs to another identity there.
    """
    subject = f"{vouched.issuer}|{vouched.subject}"
    account = store.account_of_subject(subject)
    if account is None and vouched.email and vouched.email_verified:
        account = _account_of(store, vouched.email)
    if account is None or account.subject not in ("", subject) or not (account.staff_of or account.administrator):
        raise ForbiddenError("identity.not_vouched")
    return _begin(store, replace(account, subject=subject), now, [])


def _account_of(store: Reader, email: str) -> Account | None:
    try:
        return store.account_of(read_email(email))
    except InvalidRecordError:
        return None


def _begin(store: Store, account: Account, now: datetime, beside: list[Change]) -> SignedIn:
    if account.state is not AccountState.ACTIVE:
        raise ForbiddenError("identity.suspended")
    kept = store.account(account.id)
    if kept is not None and kept != account:
        store.apply([Put(account)], Mark(now, account.id, "person.vouch"), [expected(kept)])
    token, session = sessions.begin(account, now)
    store.apply([Put(session), *beside], Mark(now, account.id, "session.begin"), [expected(account)])
    return SignedIn(account, token)
