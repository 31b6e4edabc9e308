"""Asking those who run a place whether it still runs: by mail, and by a link on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal import editing, links, permissions
from portal.errors import ConflictError
from portal.fresh.due import due, due_of, is_asked, who_runs
from portal.groups import letters
from portal.groups.letters import Letter
from portal.model.account import Purpose
from portal.model.mark import PORTAL, Mark
from portal.model.message import Message
from portal.permissions import Action
from portal.store import Put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from portal.fresh.due import Due
    from portal.model.account import OneTimeLink
    from portal.model.group import Group
    from portal.model.place import Place
    from portal.permissions import Actor
    from portal.store import Change, Reader, Store

PAUSE: Final = timedelta(days=30)
"""The portal asks about one place by itself no more often than this."""
MOST_OF_AN_ADDRESS: Final = 5
"""Places that one address is asked about in one round; the others come with the next."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A group was asked whether a place still runs."""

    link: OneTimeLink
    address: str
    """The link's address, for the printed page and its QR code: it can be had this once only."""
    messages: tuple[Message, ...] = ()
    """To everybody who owns the group; none where no address is known."""
    asked_before: datetime | None = None
    """When a link that is still good was made last."""

    @property
    def message(self) -> Message | None:
        """The first of the messages."""
        return self.messages[0] if self.messages else None


@dataclass(frozen=True, slots=True)
class Rounds:
    """What one daily round did."""

    asked: tuple[Asked, ...] = ()
    unreachable: tuple[Due, ...] = ()
    """Without a mail address: staff print a page."""


def ask(store: Store, actor: Actor, place_id: str, now: datetime, base: str) -> Asked:
    """Ask the group that runs a place, by mail and by the link to print; staff may do so at any time.

    Raises UnknownThingError, ForbiddenError, NotSignedInError; ConflictError for what is not asked about.
    """
    place = editing.wanted(store, place_id)
    permissions.require(actor, Action.PLACE_ASK, municipality=place.municipality)
    if not is_asked(place):
        raise ConflictError("freshness.not_asked", name=place.facts.name)
    group = who_runs(store.groups(place.municipality)).get(place.id)
    return _ask(store, due_of(store, place, group), actor.id, now, base)


def rounds(store: Store, now: datetime, base: str, limit_days: int) -> Rounds:
    """What the portal asks by itself once a day, in every municipality; nothing without the portal's own address."""
    asked: list[Asked] = []
    unreachable: list[Due] = []
    told: dict[str, int] = {}
    for item in _all_due(store, now.date(), limit_days) if base else ():
        if not item.email:
            unreachable.append(item)
        elif told.get(item.email, 0) < MOST_OF_AN_ADDRESS and not _asked_lately(store, item.place, now):
            told[item.email] = told.get(item.email, 0) + 1
            asked.append(_ask(store, item, PORTAL, now, base))
    return Rounds(tuple(asked), tuple(unreachable))


def _all_due(store: Reader, today: date, limit_days: int) -> Iterator[Due]:
    for municipality in store.municipalities():
        yield from due(store, municipality.code, today, limit_days)


def _ask(store: Store, wanted: Due, who: str, now: datetime, base: str) -> Asked:
    place, group = wanted.place, wanted.group
    before = _last_good(store, place.id, now)
    token, link = links.make(
        Purpose.FRESHNESS, now, place=place.id, group=group.id if group else "", email=wanted.email, made_by=who
    )
    address = letters.link_address(base, letters.PAGES[Purpose.FRESHNESS], token)
    letter = Letter("freshness", now, base, address, about=place.id, thing=place.facts.name)
    written = _written(store, group, wanted.email, letter) if group else []
    store.apply([Put(link), *written], Mark(now, who, Action.PLACE_ASK))
    messages = tuple(item.record for item in written if isinstance(item, Put) and isinstance(item.record, Message))
    return Asked(link, address, messages, before.made_at if before else None)


def _written(store: Reader, group: Group, email: str, letter: Letter) -> list[Change]:
    return letters.to_owners(store, group, letter) or letters.to_address(group, email, letter)


def _last_good(store: Reader, place_id: str, now: datetime) -> OneTimeLink | None:
    """The newest link about a place that still waits for its answer."""
    made = (item for item in store.links_about(place_id) if item.purpose is Purpose.FRESHNESS)
    return next((item for item in made if item.used_at is None and item.expires_at > now), None)


def _asked_lately(store: Reader, place: Place, now: datetime) -> bool:
    made = [item.made_at for item in store.links_about(place.id) if item.purpose is Purpose.FRESHNESS]
    return any(moment > now - PAUSE for moment in made)
