"""Who did something, as the office reads it: a person's name, or what acted by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal.model.mark import CONSOLE, PORTAL, READER
from portal.words import say

if TYPE_CHECKING:
    from portal.model.group import Group
    from portal.store import Reader

NOBODY: Final = frozenset({CONSOLE, PORTAL, READER})


def name(store: Reader, who: str, language: str) -> str:
    """The name of an account's person; empty for no account."""
    if who in NOBODY:
        return say(f"history_page.who_{who}", language)
    found = store.account(who) if who else None
    return found.name if found else say("history_page.who_unknown", language) if who else ""


def side(store: Reader, who: str, group: Group, language: str) -> str:
    """The same without a name: somebody of the group, or of the office."""
    if who in NOBODY or not who:
        return name(store, who, language)
    of_group = any(member.account == who for member in store.members(group.id))
    return say(f"history_page.who_{'group' if of_group else 'office'}", language)
