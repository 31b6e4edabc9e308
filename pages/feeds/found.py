"""The records of a feed: all that its filters find, none left out, in an order that lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pages.feeds import asked
from pages.plain import tags

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.feeds.part import Part
    from pages.plain.here import Here
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.query import Query

ALL: Final = 2**31
"""More than any municipality has: nothing is cut off."""


class Records(NamedTuple):
    """Places and posts that everybody sees, each by id."""

    places: list[Place]
    posts: list[Post]


def posts(here: Here, part: Part, code: str, params: Mapping[str, str]) -> list[Post]:
    """The posts that the filters find within a part; raises InvalidRecordError for a filter that cannot be used."""
    return _posts(here, _ids(here, asked.query(here.store, code, params, part.fixed)))


def records(here: Here, part: Part, code: str, params: Mapping[str, str]) -> Records:
    """The same with the places; a group's are looked for without its name."""
    query = asked.query(here.store, code, params, part.fixed)
    ids = _ids(here, query)
    if part.places:
        ids |= _ids(here, asked.places_of(query)) & part.places
    # What is found was public a moment ago; what has gone since is left out.
    places = [place for place in here.store.places(sorted(ids)) if place.gone_on is None]
    return Records(places, _posts(here, ids))


def tags_of(part: Part, found: Records) -> frozenset[str]:
    """What a feed of these records depends on; what is over leaves it the day after."""
    about = part.tags | {tags.DAY}
    if not part.listed:
        return about
    named = {name for post in found.posts for name in (post.id, post.facts.where.place, post.group) if name}
    return about | tags.things({place.id for place in found.places} | named)


def _posts(here: Here, ids: set[str]) -> list[Post]:
    """Those of them that are posts and are public still, by id."""
    return [post for post in here.store.posts(sorted(ids)) if post.public]


def _ids(here: Here, query: Query) -> set[str]:
    return {item.place for item in here.store.find(query, here.now, ALL)}
