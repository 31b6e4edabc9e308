"""Sample content (見本) put into a store and taken out again: places, groups and posts that are all invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from portal import clock, listing
from portal.assigning import memberships
from portal.laying_out import lay_out, lay_out_posts
from portal.model.account import GroupMember
from portal.model.mark import CONSOLE, Mark
from portal.model.message import Enquiry
from portal.model.post import Post, WhereKind
from portal.store import Drop, Put, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from portal.model.group import Group
    from portal.model.place import Place
    from portal.store import Change, Reader, Record, Store

SAMPLE: Final = "sample"
"""Dataset of sample places."""


def add_samples(store: Store, samples: Sequence[Place], today: date, mark: Mark | None = None) -> int:
    """Put sample places in, with their memberships; says how many."""
    store.apply([*map(Put, samples), *map(Put, memberships(store, samples, today))], mark)
    lay_out(store, samples, today)
    return len(samples)


def add_sample_posts(
    store: Store, groups: Sequence[Group], posts: Sequence[Post], today: date, mark: Mark | None = None
) -> int:
    """Put sample groups and their posts in, each post with what it is found by; says how many of both.

    The places that they name are in the store already.
    """
    store.apply(map(Put, groups), mark)
    store.apply([change for post in posts for change in (Put(post), *listing.changes(store, post, today))], mark)
    lay_out_posts(store, posts, today)
    return len(groups) + len(posts)


def remove_samples(store: Store, mark: Mark | None = None) -> int:
    """Remove all sample content; says how many places, groups and posts went.

    What was written to or in the name of a sample group goes with it. Other posts that name a sample place stay and
    are without a position then.
    """
    mark = mark or Mark(clock.now(), CONSOLE, "samples.remove")
    places = store.places_of_datasets([SAMPLE])
    groups = [group for group in store.groups() if group.sample]
    every = [post for item in store.municipalities() for post in store.posts_of(item.code)]
    ids = {group.id for group in groups}
    posts = [post for post in every if post.sample or post.group in ids]
    going: list[Record] = [*places, *groups, *posts]
    store.apply([*(Drop(type(one), key_of(one)) for one in going), *_of_groups(store, groups)], mark)
    named = {place.id for place in places}
    staying = [post for post in every if post not in posts and _is_at(post, named)]
    store.apply([change for post in staying for change in listing.changes(store, post, mark.at.date())], mark)
    return len(going)


def _of_groups(store: Reader, groups: Sequence[Group]) -> Iterator[Change]:
    """Who acts for these groups, and what they were asked."""
    for group in groups:
        yield from (Drop(GroupMember, key_of(one)) for one in store.members(group.id))
        yield from (Drop(Enquiry, key_of(one)) for one in store.enquiries(group.municipality, group.id))


def _is_at(post: Post, places: set[str]) -> bool:
    return post.public and post.facts.where.kind is WhereKind.PLACE and post.facts.where.place in places
