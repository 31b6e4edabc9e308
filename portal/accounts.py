"""Accounts as they are looked after: by their people themselves, and by administrators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal import passwords, sessions
from portal.errors import ConflictError, InvalidRecordError, NotSignedInError, UnknownThingError
from portal.model.account import Account, AccountState
from portal.model.mark import Mark
from portal.permissions import Action, require
from portal.store import Put, expected
from portal.tries import Tried
from portal.words import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from datetime import datetime

    from portal.permissions import Actor
    from portal.store import Reader, Store


def rename(store: Store, actor: Actor, name: str, language: str, now: datetime) -> Account:
    """Another name and another language for mails; the language that the portal does not speak is Japanese.

    Raises NotSignedInError, InvalidRecordError for no or an over-long name.
    """
    account = _own(store, actor)
    after = replace(account, name=name.strip(), language=language if language in LANGUAGES else DEFAULT_LANGUAGE)
    if after != account:
        store.apply([Put(after)], Mark(now, account.id, "person.rename"), [expected(account)])
    return after


def change_password(store: Store, actor: Actor, old: str, new: str, now: datetime) -> Account:
    """Another password for who knows the present one; every sign-in ends, on this device too.

    Raises NotSignedInError, InvalidRecordError for a wrong present one and for an unfit new one, TooManyTriesError.
    """
    account = _own(store, actor)
    passwords.check(new, account.email)
    attempt = Tried.write(store, account.email, "", now)
    if not passwords.matches(account.password, old):
        raise InvalidRecordError("identity.wrong_password")
    after = replace(account, password=passwords.hashed(new), password_at=now)
    changes = [Put(after), *sessions.endings(store, account.id), attempt.forgotten()]
    store.apply(changes, Mark(now, account.id, "person.password"), [expected(account)])
    return after


def suspend(store: Store, actor: Actor, account_id: str, reason: str, now: datetime) -> Account:
    """Suspend an account; its sign-ins end at once, and what it made stays as it is.

    Raises ForbiddenError for who is no administrator, ConflictError for one's own, UnknownThingError.
    """
    require(actor, Action.ACCOUNT_SUSPEND)
    account = _known(store, account_id)
    if account.id == actor.id:
        raise ConflictError("people.own_account")
    after = replace(account, state=AccountState.SUSPENDED)
    changes = [Put(after), *sessions.endings(store, account.id)]
    store.apply(changes, Mark(now, actor.id, Action.ACCOUNT_SUSPEND, reason), [expected(account)])
    return after


def resume(store: Store, actor: Actor, account_id: str, reason: str, now: datetime) -> Account:
    """Let a suspended account sign in again. Raises ForbiddenError, UnknownThingError."""
    require(actor, Action.ACCOUNT_RESUME)
    account = _known(store, account_id)
    after = replace(account, state=AccountState.ACTIVE)
    store.apply([Put(after)], Mark(now, actor.id, Action.ACCOUNT_RESUME, reason), [expected(account)])
    return after


def _known(store: Reader, account_id: str) -> Account:
    account = store.account(account_id)
    if account is None:
        raise UnknownThingError("people.unknown")
    return account


def _own(store: Reader, actor: Actor) -> Account:
    """One's account as it is kept now."""
    account = store.account(actor.id) if actor.account else None
    if account is None or account.state is not AccountState.ACTIVE:
        raise NotSignedInError("identity.ended")
    return account
