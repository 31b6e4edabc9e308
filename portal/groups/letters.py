"""What the portal writes to a group, to who applied or to who owns it; it is put into the outbox with what it tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from portal import outbox
from portal.model.account import AccountState, Purpose
from portal.store import Put
from portal.words import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from portal.model.account import Account
    from portal.model.group import Group
    from portal.model.message import Message
    from portal.store import Change, Reader

PAGES: Final[Mapping[Purpose, str]] = {
    Purpose.INVITE: "invitation",
    Purpose.CONFIRM: "confirm",
    Purpose.FRESHNESS: "still",
    Purpose.CHANGE: "changed",
}
"""Where a link leads to."""
MEND_PAGE: Final = "join"
"""Where a link to mend a returned application leads to."""
MY_GROUP: Final = "my"


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written, and when."""

    kind: str
    """Of the words ``letters.<kind>_subject`` and ``letters.<kind>_body``."""
    now: datetime
    base: str
    """The portal's own address; without one nothing is written, as a link could lead nowhere."""
    address: str = ""
    """The link in it."""
    reason: str = ""
    about: str = ""
    """Id of the post or place that it is about; empty where it is the group itself."""
    thing: str = ""
    """The name of that post or place."""


def link_address(base: str, page: str, token: str) -> str:
    """The address that a link leads to."""
    return f"{base}/{page}?t={token}"


def my_group_address(base: str, group_id: str) -> str:
    """The address of *My group*."""
    return f"{base}/{MY_GROUP}?group={group_id}"


def to_address(group: Group, to: str, letter: Letter, language: str = DEFAULT_LANGUAGE) -> list[Change]:
    """The letter to one mail address; none without an address or without the portal's own."""
    if not to or not letter.base:
        return []
    return [Put(replace(written(letter, group.municipality, to, language, group.name), group=group.id))]


def written(letter: Letter, municipality: str, to: str, language: str, name: str = "") -> Message:
    """The letter in words, for the outbox: whose staff may see it, to whom, and in which language."""
    said = {"name": name, "reason": letter.reason, "thing": letter.thing, "link": letter.address}
    kept = {"municipality": municipality, "about": letter.about}
    return outbox.write(f"letters.{letter.kind}", language, to, letter.base, now=letter.now, **said, **kept)


def to_owners(store: Reader, group: Group, letter: Letter) -> list[Change]:
    """The letter to everybody who owns the group, each in their language."""
    return [
        change
        for account in owners(store, group.id)
        for change in to_address(group, account.email, letter, account.language)
    ]


def owners(store: Reader, group_id: str) -> list[Account]:
    """The accounts that own a group and are not suspended."""
    return active(store, (member.account for member in store.members(group_id) if member.owner))


def active(store: Reader, account_ids: Iterable[str]) -> list[Account]:
    """The accounts of these ids that are not suspended."""
    found = [store.account(account_id) for account_id in account_ids]
    return [item for item in found if item is not None and item.state is AccountState.ACTIVE]
