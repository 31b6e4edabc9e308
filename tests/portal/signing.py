"""People with passwords, for the tests of signing in."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from portal import identity, passwords
from portal.store import Put
from tests.portal import people

if TYPE_CHECKING:
    from portal.model.account import Account
    from portal.permissions import Actor
    from portal.store import Store

PASSWORD: Final = "ひだまりで お茶を 飲みましょう"  # noqa: S105  # the invented people's
OTHER: Final = "correct horse battery staple"
BASE: Final = "https://ibasho.example"
HERE: Final = "192.0.2.7"


@cache
def kept_password(password: str = PASSWORD) -> str:
    """The password as it is kept; hashed once for all tests."""
    return passwords.hashed(password)


def with_passwords(store: Store) -> Store:
    """The town's people, each with :data:`PASSWORD`."""
    people.settle(store)
    store.apply([Put(replace(account, password=kept_password())) for account in store.accounts()])
    return store


def sign_in(store: Store, who: Actor, now=people.NOW) -> str:
    """The token of a new sign-in."""
    assert who.account
    return identity.sign_in(store, who.account.email, PASSWORD, HERE, now).token


def kept(store: Store, who: Actor) -> Account:
    """Somebody's account as it is kept."""
    found = store.account(who.id)
    assert found
    return found


def token_in(text: str) -> str:
    """The token of the one link in a mail or an address."""
    found = re.findall(r"[?&]t=([\w-]{43})\b", text)
    assert len(found) == 1
    return found[0]
