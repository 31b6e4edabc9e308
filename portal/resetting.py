"""Links by mail for those who forgot their password, and for an applicant's address."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal import links, outbox, passwords, sessions, tries
from portal.errors import UnknownThingError
from portal.model.account import Account, AccountState, OneTimeLink, Purpose, SignInTry, read_email
from portal.model.mark import READER, Mark
from portal.store import Change, Put, expected

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.group import Group
    from portal.store import Reader, Store

PATH: Final = "/reset?t="
ASKED_MAX: Final = 3
ASKED_COUNTS_FOR: Final = timedelta(hours=1)


def ask_reset(store: Store, email: str, now: datetime, base: str) -> None:
    """Write a link for a new password to the account of this address, three times an hour at most.

    Nothing tells whether there is one: an unknown, suspended or only invited address ends the same way, without a
    message. Raises InvalidRecordError for what is no address.
    """
    address = read_email(email)
    digest = tries.digest(f"reset {address}")
    attempt = SignInTry(f"try-{secrets.token_hex(16)}", digest, "", now)
    account = store.account_of(address)
    changes: list[Change] = [Put(attempt)]
    if account and _may_reset(account) and store.tries(digest, "-", now - ASKED_COUNTS_FOR)[0] < ASKED_MAX:
        token, link = links.make(Purpose.RESET, now, email=address, account=account.id)
        values = {"link": f"{base}{PATH}{token}", "name": account.name, "municipality": _seen_by(store, account)}
        changes += [Put(link), Put(outbox.write("mail.reset", account.language, address, base, now=now, **values))]
    store.apply(changes, Mark(now, READER, "person.ask_reset"))


def look(store: Reader, token: str, now: datetime) -> tuple[OneTimeLink, Account]:
    """The link for a new password and its account; nothing changes.

    Raises UnknownThingError for a link that is not good, or older than the password that is set now.
    """
    link = links.look(store, token, Purpose.RESET, now)
    account = store.account(link.account)
    if account is None or account.email != link.email or not _may_reset(account):
        raise UnknownThingError("identity.link_unknown")
    if account.password_at is not None and link.made_at < account.password_at:
        raise UnknownThingError("identity.link_used")
    return link, account


def reset(store: Store, token: str, password: str, now: datetime) -> Account:
    """Set a new password by a link; every sign-in of the account ends.

    Raises UnknownThingError for a link that is not good, InvalidRecordError for an unfit password.
    """
    link, account = look(store, token, now)
    passwords.check(password, account.email)
    after = replace(account, password=passwords.hashed(password), password_at=now)
    changes = [Put(after), Put(links.used(link, now)), *sessions.endings(store, account.id)]
    store.apply(changes, Mark(now, account.id, "person.reset"), [expected(link), expected(account)])
    return after


def confirm(store: Store, token: str, now: datetime) -> Group:
    """Note that the address of a group's applicant is theirs, once; the group.

    Raises UnknownThingError for a link that is not good, or where the group has another address by now.
    """
    link, group = look_confirm(store, token, now)
    confirmed = replace(group, email_confirmed_at=now)
    changes = [Put(confirmed), Put(links.used(link, now))]
    store.apply(changes, Mark(now, READER, "applicant.confirm"), [expected(link), expected(group)])
    return confirmed


def look_confirm(store: Reader, token: str, now: datetime) -> tuple[OneTimeLink, Group]:
    """The link that confirms an address and its group; nothing changes. Raises UnknownThingError as above."""
    link = links.look(store, token, Purpose.CONFIRM, now)
    group = store.group(link.group)
    if group is None or group.applicant_email.strip().lower() != link.email.lower():
        raise UnknownThingError("identity.link_unknown")
    return link, group


def _may_reset(account: Account) -> bool:
    """Whoever signs in with OpenID Connect only has no password to reset."""
    return account.state is AccountState.ACTIVE and bool(account.password)


def _seen_by(store: Reader, account: Account) -> str:
    """Whose staff may see the link: for staff, administrators and members here and there only administrators."""
    if account.administrator or account.staff_of:
        return ""
    groups = [store.group(member.group) for member in store.groups_of(account.id)]
    towns = {group.municipality for group in groups if group}
    return towns.pop() if len(towns) == 1 else ""
