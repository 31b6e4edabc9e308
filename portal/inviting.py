"""Invitations: the only way to an account, and to another role for one that there is."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from portal import links, outbox, passwords
from portal.errors import ForbiddenError, InvalidRecordError, PortalError, UnknownThingError
from portal.model.account import Account, AccountState, GroupMember, OneTimeLink, Purpose, read_email
from portal.model.mark import CONSOLE, Mark
from portal.permissions import Action, Actor, may, require, role_of
from portal.store import Change, Put, expected, unused

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.group import Group
    from portal.store import Expected, Reader, Store

PATH: Final = "/invitation?t="
INTO_A_GROUP: Final = (Action.GROUP_INVITE, Action.GROUP_HAND_OVER)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is invited, and to what."""

    email: str
    group: str = ""
    owner: bool = False
    municipality: str = ""
    """To be staff of."""
    administrator: bool = False


def invite(store: Store, actor: Actor, invitation: Invitation, now: datetime, base: str) -> str:
    """Invite somebody by mail; the token that the link holds.

    Raises ForbiddenError or NotSignedInError for who may not, InvalidRecordError for what is no address or an
    invitation to nothing, UnknownThingError for an unknown group or municipality.
    """
    email = read_email(invitation.email)
    group = _require(store, actor, invitation)
    token, link = _link(invitation, email, actor.id, now)
    message = outbox.write(
        "mail.invite_group" if group else "mail.invite_office",
        language_for(store, email),
        email,
        base,
        now=now,
        link=f"{base}{PATH}{token}",
        name=group.name if group else "",
        by=actor.account.name if actor.account else "",
        municipality=_seen_by(group, invitation),
        group=group.id if group else "",
    )
    store.apply([Put(link), Put(message)], Mark(now, actor.id, _action(invitation)))
    return token


def invite_administrator(store: Store, email: str, now: datetime, base: str) -> str:
    """The address by which somebody becomes an administrator; for the one who has the machine, so nothing is sent."""
    token, link = _link(Invitation(email, administrator=True), read_email(email), CONSOLE, now)
    store.apply([Put(link)], Mark(now, CONSOLE, Action.ADMINISTRATOR_INVITE))
    return f"{base}{PATH}{token}"


def look(store: Reader, token: str, now: datetime) -> OneTimeLink:
    """The invitation of this token, if it is still good and its inviter could still give it; nothing changes.

    Raises UnknownThingError with the reason.
    """
    link = links.look(store, token, Purpose.INVITE, now)
    inviter = store.account(link.made_by)
    if inviter is not None and not _still(store, inviter, link):
        raise UnknownThingError("identity.link_withdrawn")
    return link


def accept(store: Store, token: str, name: str, password: str, now: datetime) -> Account:
    """Take an invitation up: a new account, or another role for the one that has the address.

    ``name`` and ``password`` count for a new account only: an invitation never changes a password. Raises
    UnknownThingError for a link that is not good, InvalidRecordError for an unfit password or name, ForbiddenError
    for a suspended account, StaleEditError when it was taken up at the same moment.
    """
    link = look(store, token, now)
    known = store.account_of(link.email)
    if known is not None and known.state is not AccountState.ACTIVE:
        raise ForbiddenError("identity.suspended")
    account = _with_role(known or _new(link, name, password, now), link)
    changes: list[Change] = [Put(account), Put(links.used(link, now)), *_membership(store, account, link, now)]
    expect: list[Expected] = [expected(link), expected(known) if known else unused(Account, account.id)]
    store.apply(changes, Mark(now, account.id, "person.accept"), expect)
    return account


def language_for(store: Reader, email: str) -> str:
    """The language to write to an address in: its account's."""
    account = store.account_of(email)
    return account.language if account else "ja"


def _link(invitation: Invitation, email: str, made_by: str, now: datetime) -> tuple[str, OneTimeLink]:
    return links.make(
        Purpose.INVITE,
        now,
        email=email,
        group=invitation.group,
        owner=invitation.owner,
        municipality=invitation.municipality,
        administrator=invitation.administrator,
        made_by=made_by,
    )


def _require(store: Reader, actor: Actor, invitation: Invitation) -> Group | None:
    """The group that is invited into, once it is certain that ``actor`` may do all that is asked for."""
    if not (invitation.group or invitation.municipality or invitation.administrator):
        raise InvalidRecordError("identity.invited_to_nothing")
    if invitation.administrator:
        require(actor, Action.ADMINISTRATOR_INVITE)
    if invitation.municipality:
        require(actor, Action.STAFF_INVITE, invitation.municipality)
        if invitation.municipality not in {item.code for item in store.municipalities()}:
            raise UnknownThingError("identity.unknown_municipality")
    if not invitation.group:
        return None
    group = store.group(invitation.group)
    if group is None:
        # A guessed id is answered as another's group is.
        raise ForbiddenError("permissions.forbidden")
    require(actor, Action.GROUP_INVITE, group=group)
    return group


def _still(store: Reader, inviter: Account, link: OneTimeLink) -> bool:
    """Whether who invited may still do so: a suspended account's invitations are worth nothing."""
    actor = Actor(inviter, {member.group: member.owner for member in store.groups_of(inviter.id)})
    try:
        _require(store, actor, Invitation(link.email, "", link.owner, link.municipality, link.administrator))
    except InvalidRecordError:
        pass  # into a group only
    except PortalError:
        return False
    group = store.group(link.group) if link.group else None
    if group is None:
        return not link.group
    role = role_of(actor, group=group)
    return any(may(action, role, group.state) for action in INTO_A_GROUP)


def _new(link: OneTimeLink, name: str, password: str, now: datetime) -> Account:
    passwords.check(password, link.email)
    account_id = f"account-{secrets.token_hex(8)}"
    # Checked before the password is hashed, which takes its time.
    account = Account(account_id, link.email, name.strip(), made_at=now, password_at=now)
    return replace(account, password=passwords.hashed(password))


def _with_role(account: Account, link: OneTimeLink) -> Account:
    offices = account.staff_of | ({link.municipality} if link.municipality else frozenset())
    return replace(account, staff_of=offices, administrator=account.administrator or link.administrator)


def _membership(store: Reader, account: Account, link: OneTimeLink, now: datetime) -> list[Change]:
    if not link.group:
        return []
    before = next((item for item in store.groups_of(account.id) if item.group == link.group), None)
    owner = link.owner or (before is not None and before.owner)
    return [Put(GroupMember(link.group, account.id, owner, before.since if before else now))]


def _seen_by(group: Group | None, invitation: Invitation) -> str:
    """Whose staff may see the message: a link that makes staff or administrators is for administrators' eyes."""
    if group is None or invitation.municipality or invitation.administrator:
        return ""
    return group.municipality


def _action(invitation: Invitation) -> str:
    if invitation.administrator:
        return Action.ADMINISTRATOR_INVITE
    return Action.STAFF_INVITE if invitation.municipality else Action.GROUP_INVITE
