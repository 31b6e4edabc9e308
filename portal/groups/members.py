"""Who acts for a group: handing it over when its owner is gone, and taking somebody out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal import links
from portal.errors import ConflictError, UnknownThingError
from portal.groups import letters, seeing
from portal.groups.letters import Letter
from portal.model.account import AccountState, GroupMember, Purpose, read_email
from portal.model.mark import Mark
from portal.permissions import Action
from portal.store import Drop, Put, expected, key_of, unused

if TYPE_CHECKING:
    from datetime import datetime

    from portal.model.group import Group
    from portal.permissions import Actor
    from portal.store import Change, Expected, Reader, Store


def hand_over(store: Store, actor: Actor, group_id: str, email: str, now: datetime, base: str) -> None:  # noqa: PLR0913, PLR0917  # to whom, when, from where links begin
    """Make the person with this address the owner of a group whose owner is gone (引き継ぎ).

    Who has an account owns it at once, anybody else with the invitation that is sent. Earlier owners stay members,
    so that nothing which they know of the group is lost; taking them out is :func:`remove_member`. Raises
    ConflictError where the person owns it already, InvalidRecordError for an address that is none.
    """
    group = seeing.wanted(store, actor, group_id, Action.GROUP_HAND_OVER)
    address = read_email(email)
    members = store.members(group_id)
    account = store.account_of(address)
    if account and any(item.owner and item.account == account.id for item in members):
        raise ConflictError("grouping.owns_it_already")
    demoted = [item for item in members if item.owner]
    changes: list[Change] = [Put(replace(item, owner=False)) for item in demoted]
    added, expect = ownership(store, group, address, Letter("group_handed_over", now, base), actor.id)
    store.apply(
        [*changes, *added],
        Mark(now, actor.id, Action.GROUP_HAND_OVER),
        [*map(expected, demoted), *expect, expected(group)],
    )


def remove_member(store: Store, actor: Actor, group_id: str, account_id: str, now: datetime) -> None:
    """Take somebody out of a group; they can do nothing for it from their next action on.

    Raises UnknownThingError for nobody's account, ConflictError where a group would be left without an owner by
    itself; the office may do that and hand it over.
    """
    group = seeing.wanted(store, actor, group_id, Action.GROUP_REMOVE_MEMBER)
    members = store.members(group_id)
    leaving = next((item for item in members if item.account == account_id), None)
    if leaving is None:
        raise UnknownThingError("grouping.no_such_member")
    owners = [item for item in members if item.owner]
    if owners == [leaving] and actor.groups.get(group.id):
        raise ConflictError("grouping.last_owner")
    # The other owners are expected, too: of two who take each other out at once, one stays.
    store.apply(
        [Drop(GroupMember, key_of(leaving))],
        Mark(now, actor.id, Action.GROUP_REMOVE_MEMBER),
        [*map(expected, owners), *([] if leaving.owner else [expected(leaving)])],
    )


def ownership(
    store: Reader, group: Group, email: str, letter: Letter, made_by: str
) -> tuple[list[Change], list[Expected]]:
    """What makes the person with this address an owner: a membership for an account, else an invitation.

    With the letter that tells them so; without the portal's own address there is no invitation.
    """
    account = store.account_of(email) if email else None
    if account and account.state is AccountState.ACTIVE:
        return _account_owns(store, group, account.id, letter)
    if not email or not letter.base:
        return [], []
    token, link = links.make(Purpose.INVITE, letter.now, email=email, group=group.id, owner=True, made_by=made_by)
    address = letters.link_address(letter.base, letters.PAGES[Purpose.INVITE], token)
    return [Put(link), *letters.to_address(group, email, replace(letter, address=address))], []


def _account_owns(store: Reader, group: Group, account_id: str, letter: Letter) -> tuple[list[Change], list[Expected]]:
    known = next((item for item in store.members(group.id) if item.account == account_id), None)
    member = replace(known, owner=True) if known else GroupMember(group.id, account_id, True, letter.now)  # noqa: FBT003  # the field's place
    letter = replace(letter, address=letters.my_group_address(letter.base, group.id))
    account = store.account(account_id)
    written = letters.to_address(group, account.email, letter, account.language) if account else []
    before = expected(known) if known else unused(GroupMember, group.id, account_id)
    return [Put(member), *written], [before]
