"""What a person accepted of a paper flyer (チラシ), as a draft: nothing that was read goes live by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.place import Booking, Fee
from portal.model.post import Outside, PostFacts, PostKind, Where, WhereKind
from portal.normalise import fold
from portal.permissions import Action
from portal.post_rows import WORDS
from portal.posts.opening import opened_group
from portal.posts.sources import Spots
from portal.posts.writing import create
from portal.words import say

if TYPE_CHECKING:
    from datetime import date, datetime

    from portal.model.group import Group
    from portal.model.place import Audience, Contact, Place
    from portal.model.post import Post
    from portal.model.schedule import Schedule
    from portal.permissions import Actor
    from portal.store import Reader, Store

FLYER: Final = "flyer"
NAME_LEAST: Final = 4
"""Signs of a place's name that is looked for within other words: 集会所 alone would be found everywhere."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The fields as a person accepted or mended them."""

    title: str
    schedule: Schedule | None = None
    schedule_text: str = ""
    place: str = ""
    address: str = ""
    fee: Fee = Fee.UNKNOWN
    fee_note: str = ""
    booking: Booking = Booking.UNKNOWN
    booking_note: str = ""
    booking_until: date | None = None
    audience: frozenset[Audience] = frozenset()
    audience_note: str = ""
    seats: int | None = None
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The draft, and the words for its place that no place or address of the portal goes by."""

    post: Post
    unplaced: str = ""
    """They stand in the draft's text, for whoever goes on writing."""


def take_flyer(store: Store, actor: Actor, group_id: str, accepted: Accepted, now: datetime) -> TakenOver:
    """Make a draft of what was accepted; a place that is only known in words stands in its text.

    Raises as creating a post does.
    """
    group = opened_group(store, actor, Action.POST_CREATE, group_id)
    where = where_of(store, group, accepted.place, accepted.address)
    unplaced = "" if where.kind is not WhereKind.NOWHERE else " ".join(filter(None, (where.name, where.address)))
    facts = PostFacts(
        kind=_kind(accepted),
        title=accepted.title,
        text=say("flyer_page.place_line", where=unplaced) if unplaced else "",
        schedule=accepted.schedule,
        schedule_text=accepted.schedule_text,
        where=Where() if unplaced else where,
        audience=accepted.audience,
        audience_note=accepted.audience_note,
        fee=accepted.fee,
        fee_note=accepted.fee_note,
        booking=accepted.booking,
        booking_note=accepted.booking_note,
        booking_until=accepted.booking_until,
        contacts=accepted.contacts,
        seats=accepted.seats,
    )
    return TakenOver(create(store, actor, group_id, facts, now, Outside(FLYER)), unplaced)


def where_of(store: Reader, group: Group, name: str, address: str) -> Where:
    """The place of the portal whose name is in ``name``, with the room beside it; else the pin of the address."""
    found = named_in(store, group, name)
    if found is None:
        return Spots(store, group).settle(Where(name=name, address=address))
    own = found.facts.name
    room = name[len(own) :] if name.startswith(own) else name if fold(name) != fold(own) else ""
    return Where(WhereKind.PLACE, place=found.id, name=room.strip(" 　、,"))


def named_in(store: Reader, group: Group, text: str) -> Place | None:
    """The place whose name stands in a text, the longest name of several; None where two places share it."""
    written = fold(text).replace(" ", "")
    named = [
        (len(name), place)
        for place in store.places_of(group.municipality)
        if place.gone_on is None
        and len(name := fold(place.facts.name).replace(" ", "")) >= NAME_LEAST
        and name in written
    ]
    longest = max((length for length, _ in named), default=0)
    found = [place for length, place in named if length == longest]
    own = [place for place in found if place.id in group.places]
    chosen = own or found
    return chosen[0] if len(chosen) == 1 else None


def _kind(accepted: Accepted) -> PostKind:
    if not accepted.title.strip():
        raise InvalidRecordError("post.no_title")
    told = fold(accepted.title)
    rules = accepted.schedule.rules if accepted.schedule else ()
    found = next((kind for kind, words in WORDS.items() if words.search(told)), None)
    return found or (PostKind.SERIES if len(rules) > 1 or any(rule.rrule for rule in rules) else PostKind.EVENT)
