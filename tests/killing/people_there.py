"""The town that the writers write in, and the eight of them."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from portal.model.account import GroupMember
from portal.model.municipality import TRUST_MAX
from portal.model.post import PostState
from portal.store import Put
from tests import town
from tests.killing.desk import Desk, Shelf
from tests.killing.group_writers import GroupWriter, PostWriter
from tests.killing.office_writers import Approver, Asker, Clerk, Inviter
from tests.killing.visitor import Visitor
from tests.portal import people
from tests.portal.signing import kept_password

if TYPE_CHECKING:
    from portal.model.account import Account
    from portal.store import Store
    from tests.killing.sent import Sent

GROUPS = {"hidamari": "ひだまりの会", "tonari": "となりの会", "kawabe": "かわべの会", "yamate": "やまての会"}
TO_ASK_ABOUT = 10
NOBODY = ""


class Writer(Protocol):
    """One of the eight."""

    def begin(self) -> None:
        """The server runs again: look how things stand."""

    def step(self) -> None:
        """Make one change; raises httpx.TransportError when the server is gone."""


def settle(store: Store) -> Shelf:
    """Put the town, its people and their groups into a new store, with some posts to ask about."""
    town.settle(store)
    store.apply([Put(replace(town.municipality(), trust_after=TRUST_MAX))], people.SAID)
    office = frozenset({town.CODE})
    accounts = [people.account(short) for short in GROUPS]
    accounts += [people.account("staff", staff_of=office), people.account("clerk", staff_of=office)]
    accounts += [people.account("admin", administrator=True)]
    store.apply([Put(replace(account, password=kept_password())) for account in accounts], people.SAID)
    store.apply([Put(people.group(short, name=name)) for short, name in GROUPS.items()], people.SAID)
    store.apply([Put(GroupMember(f"group-{short}", f"account-{short}", owner=True)) for short in GROUPS])
    facts = people.facts(relayed=True, schedule=people.on(6, year=2099))
    named = [replace(facts, title=f"前からの行事{number}") for number in range(TO_ASK_ABOUT)]
    posts = [people.kept(store, PostState.LIVE, facts=one) for one in named]
    return Shelf(live=deque((post.id, post.facts.title) for post in posts))


def eight(url: str, sent: Sent, shelf: Shelf) -> list[tuple[Desk, Writer, str]]:
    """The writers, with their browsers and the addresses that they sign in with."""

    def desk(short: str) -> Desk:
        return Desk(short, Visitor(url, f"192.0.2.{len(desks)}"), sent, shelf)

    desks: list[tuple[Desk, Writer, str]] = []
    for short in ("hidamari", "tonari", "kawabe"):
        mine = desk(short)
        desks.append((mine, PostWriter(mine, f"group-{short}"), email(short)))
    mine = desk("yamate")
    desks.append((mine, GroupWriter(mine, "group-yamate", GROUPS["yamate"]), email("yamate")))
    mine = desk("staff")
    desks.append((mine, Approver(mine), email("staff")))
    mine = desk("clerk")
    desks.append((mine, Clerk(mine, "account-clerk", email("clerk")), email("clerk")))
    mine = desk("admin")
    desks.append((mine, Inviter(mine), email("admin")))
    mine = desk("resident")
    desks.append((mine, Asker(mine), NOBODY))
    return desks


def email(short: str) -> str:
    """The address of somebody of the invented town."""
    found: Account = people.account(short)
    return found.email
