"""Sign-ins that go on: begun, looked up at each action, renewed, and ended.

A token of 256 bits stands in the cookie, its SHA-256 in the store. 30 minutes without an action end a sign-in, and so
do 12 hours, a new password and a suspension (OWASP Session Management Cheat Sheet).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal.errors import StaleEditError
from portal.links import TOKEN_MAX, id_of, new_token
from portal.model.account import Account, AccountState, Session, SignInTry
from portal.model.mark import PORTAL, Mark
from portal.permissions import ANYBODY, Actor
from portal.store import Change, Drop, Put, expected

if TYPE_CHECKING:
    from datetime import datetime

    from portal.store import Reader, Store

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
RENEWED_AFTER: Final = timedelta(minutes=1)
TRIES_KEPT: Final = timedelta(hours=1)
"""Longer than any limit counts."""


def begin(account: Account, now: datetime) -> tuple[str, Session]:
    """A new token, and the session to be kept for it: never one that was there before the sign-in."""
    token = new_token()
    return token, Session(id_of(token), account.id, now, now)


def actor(store: Store, token: str, now: datetime) -> Actor:
    """Who acts with this token, as they are at this moment; :data:`ANYBODY` for one that has ended or never was.

    That it was used is noted once a minute.
    """
    session = store.session(id_of(token)) if 0 < len(token) <= TOKEN_MAX else None
    account = store.account(session.account) if session else None
    if session is None or account is None or not _lasts(session, account, now):
        return ANYBODY
    if now - session.seen_at >= RENEWED_AFTER:
        # A sign-out in between stays one: the session is not put back.
        with suppress(StaleEditError):
            store.apply(
                [Put(replace(session, seen_at=now))], Mark(now, account.id, "session.renew"), [expected(session)]
            )
    return Actor(account, {member.group: member.owner for member in store.groups_of(account.id)})


def _lasts(session: Session, account: Account, now: datetime) -> bool:
    if account.state is not AccountState.ACTIVE:
        return False
    if account.password_at is not None and session.made_at < account.password_at:
        return False
    return now - session.seen_at < IDLE and now - session.made_at < LONGEST


def sign_out(store: Store, token: str, now: datetime) -> None:
    """End one sign-in; nothing happens where there is none."""
    if 0 < len(token) <= TOKEN_MAX:
        store.apply([Drop(Session, (id_of(token),))], Mark(now, PORTAL, "session.end"))


def endings(store: Reader, account_id: str) -> list[Change]:
    """What ends every sign-in of an account, to be put beside the change that is the reason."""
    return [Drop(Session, (session.id,)) for session in store.sessions_of(account_id)]


def end_sessions(store: Store, account_id: str, now: datetime) -> None:
    """End every sign-in of an account, on all its devices."""
    store.apply(endings(store, account_id), Mark(now, account_id, "session.end_all"))


def forget(store: Store, now: datetime) -> int:
    """Drop sign-ins that are over and tries that no longer count; how many."""
    over: list[Change] = [Drop(Session, (item.id,)) for item in store.sessions_before(now - IDLE, now - LONGEST)]
    over += [Drop(SignInTry, (item.id,)) for item in store.tries_before(now - TRIES_KEPT)]
    if over:
        store.apply(over, Mark(now, PORTAL, "session.forget"))
    return len(over)
