"""What is public of a municipality (公開されているもの): every page, feed and file takes its records from here.

What waits, is hidden, was taken back or is gone from its source is in none of it, nor is a contact that is not public.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from portal import looking
from portal.errors import GoneError, UnknownThingError
from portal.looking_group import SHOWN
from portal.model.post import PUBLIC, Post

if TYPE_CHECKING:
    from datetime import datetime

    from portal.looking import GroupView, PlaceView, PostView
    from portal.model.group import Group
    from portal.model.place import Place
    from portal.store import Reader


def places(store: Reader, municipality: str) -> list[Place]:
    """The places that are not gone, by id, with the contacts that are public alone."""
    return [_open(item) for item in store.places_of(municipality) if item.gone_on is None]


def posts(store: Reader, municipality: str) -> list[Post]:
    """The posts that everybody sees, by id; what is over and what is called off (中止) are among them."""
    return sorted((item for item in store.posts_in(sorted(PUBLIC), municipality)), key=_by_id)


def groups(store: Reader, municipality: str) -> list[Group]:
    """The groups that were registered, as they are listed; not those that apply or were declined."""
    return [item for item in store.groups(municipality) if item.state in SHOWN]


def place(store: Reader, place_id: str, now: datetime, freshness_days: int) -> PlaceView:
    """A place for everybody; raises GoneError for one that its source no longer holds, UnknownThingError for none."""
    view = looking.place(store, place_id, now, freshness_days)
    if view.place.gone_on is not None:
        raise GoneError("public_side.place_gone", name=view.place.facts.name)
    return replace(view, place=_open(view.place))


def post(store: Reader, post_id: str, now: datetime) -> PostView:
    """A post for everybody.

    Raises GoneError for one that was public and is not any more; UnknownThingError in the same words for one that
    there is not and one that never was public: a guessed id tells nothing.
    """
    try:
        return looking.post(store, post_id, now)
    except UnknownThingError:
        kept = store.post(post_id)
        if kept is not None and kept.live_at is not None:
            raise GoneError("public_side.post_gone") from None
        raise


def group(store: Reader, group_id: str) -> GroupView:
    """A group for everybody; raises UnknownThingError where there is none, and for an application alike."""
    return looking.group(store, group_id)


def _open(item: Place) -> Place:
    """The place without the contacts that are kept for staff."""
    facts = item.facts
    public = tuple(contact for contact in facts.contacts if contact.public)
    return item if public == facts.contacts else replace(item, facts=replace(facts, contacts=public))


def _by_id(item: Post) -> str:
    return item.id
