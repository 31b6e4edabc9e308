"""The ways to the plain pages that stand in every page's head, by what one may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.model.account import AccountState

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.permissions import Actor


@dataclass(frozen=True, slots=True)
class Way:
    """A link in the head; it is a convenience: the page itself asks :mod:`portal.permissions`."""

    path: str
    key: str
    for_whom: Callable[[Actor], bool]


def anybody_signed_in(actor: Actor) -> bool:
    """Whoever has an account."""
    return actor.account is not None and actor.account.state is AccountState.ACTIVE


def staff(actor: Actor) -> bool:
    """Staff of a municipality, and administrators."""
    return actor.account is not None and (bool(actor.account.staff_of) or actor.account.administrator)


def administrators(actor: Actor) -> bool:
    """Administrators."""
    return actor.account is not None and actor.account.administrator


def members(actor: Actor) -> bool:
    """Whoever acts for a group."""
    return anybody_signed_in(actor) and bool(actor.groups)


def asked(actor: Actor) -> bool:
    """Whoever reads residents' questions."""
    return members(actor) or staff(actor)


WAYS: Final = (
    Way("/my", "my.title", members),
    Way("/enquiries", "enquiries.way", asked),
    Way("/queue", "queue.title", staff),
    Way("/groups", "groups_page.title", staff),
    Way("/review-coverage", "review_page.way", staff),
    Way("/disaster", "disaster.way", staff),
    Way("/outbox", "forms.way_outbox", staff),
    Way("/people", "forms.way_people", administrators),
    Way("/account", "forms.way_account", anybody_signed_in),
)


def shown(actor: Actor) -> list[Way]:
    """The ways of this person, in order."""
    return [way for way in WAYS if way.for_whom(actor)]
