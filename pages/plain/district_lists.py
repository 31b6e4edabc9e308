"""What lies in a district, as its page lists it: places by kind, posts without a date, evacuation sites, groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pages.plain import cards, evacuation_sites, records
from portal.cards import of_posts
from portal.model.post import DATED, WANTED
from portal.public import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.plain.cards import Shown
    from pages.plain.evacuation_sites import Site
    from pages.plain.here import Here
    from pages.plain.records import Named
    from pages.plain.ways import Ways
    from portal.model.group import Group
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.query import Query

ALL: Final = 100_000
PLACES: Final = 200
"""So many places are named; all are counted."""
SITES: Final = 60
"""So many sites of each kind are named; the evacuation pages have them all."""
POSTS: Final = 20


class OfKind(NamedTuple):
    """Records of one kind."""

    key: str
    name: str
    total: int
    records: Sequence[Named] | Sequence[Site]


class Lists(NamedTuple):
    """All of it; ``ids`` are those of what is shown."""

    kinds: Sequence[OfKind]
    places: int
    named: int
    posts: Sequence[Shown]
    more_posts: int
    sites: Sequence[OfKind]
    groups: Sequence[Group]
    ids: Sequence[str]


def lists(here: Here, ways: Ways, query: Query) -> Lists:
    """What the query, which names the one district, finds."""
    found = [item.place for item in here.store.find(query, here.today, ALL)]
    all_places = sorted(
        here.store.places(found), key=lambda place: (place.facts.name_kana or place.facts.name, place.id)
    )
    sites = [place for place in all_places if place.facts.kind in evacuation_sites.KINDS]
    daily = [place for place in all_places if place.facts.kind not in evacuation_sites.KINDS]
    kinds = _kinds(here, ways, query.municipality, daily)
    # Whoever is looked for comes first, then news; in each the order in which the search has them.
    told = sorted((post for post in here.store.posts(found) if post.facts.kind not in DATED), key=_is_news)
    groups = _groups(here, query, all_places)
    return Lists(
        kinds,
        len(daily),
        sum(len(item.records) for item in kinds),
        cards.shown(ways, of_posts(here.store, told[:POSTS], here.now), ways.keys["lang"]),
        max(0, len(told) - POSTS),
        _sites(ways, sites),
        groups,
        found,
    )


def _is_news(post: Post) -> bool:
    return post.facts.kind not in WANTED


def _kinds(here: Here, ways: Ways, code: str, places: Sequence[Place]) -> list[OfKind]:
    """Each kind with its places, in the order of the kinds; after the first :data:`PLACES` they are only counted."""
    known = {kind.key: kind for kind in here.store.kinds(code)}
    left, made = PLACES, []
    for key in records.in_order(known, {place.facts.kind for place in places}):
        its = [place for place in places if place.facts.kind == key]
        kind = known.get(key)
        name = key if kind is None else kind.en if ways.keys["lang"] == "en" else kind.ja
        made.append(OfKind(key, name, len(its), [records.place(ways, place) for place in its[:left]]))
        left = max(0, left - len(its))
    return made


def _sites(ways: Ways, places: Sequence[Place]) -> list[OfKind]:
    """The three kinds of evacuation site, each apart, the open ones first."""
    made = []
    for kind in evacuation_sites.KINDS:
        its = evacuation_sites.in_order(place for place in places if place.facts.kind == kind)
        if its:
            made.append(OfKind(kind, "", len(its), [evacuation_sites.site(ways, place) for place in its[:SITES]]))
    return made


def _groups(here: Here, query: Query, places: Sequence[Place]) -> list[Group]:
    """The groups that are active in the district, and those that run a place in it."""
    inside = {place.id for place in places}
    return [
        group
        for group in shown.groups(here.store, query.municipality)
        if group.district in query.districts or inside.intersection(group.places)
    ]
