"""Where a post is on the map, and in which district of every layer it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from portal.assigning import NOWHERE, assign
from portal.model.membership import Membership
from portal.model.position import Precision
from portal.model.post import WhereKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from portal.model.district import District
    from portal.model.place import Place
    from portal.model.position import Point
    from portal.model.post import Post, Where
    from portal.store import Reader


def memberships(
    store: Reader,
    posts: Sequence[Post],
    today: date,
    coming: Mapping[str, Sequence[District]] | None = None,
    places: Mapping[str, Place] | None = None,
) -> Iterator[Membership]:
    """One membership for each post and layer of its municipality: of its place or pin, or the district that it names.

    What has no position, is online or nowhere is outside. ``coming`` replaces the stored districts of a layer, by
    its key, and ``places`` the stored places, by id: they are about to be written.
    """
    coming = coming or {}
    places = _places_of(store, posts) | dict(places or {})
    for municipality in dict.fromkeys(post.municipality for post in posts):
        its_posts = [post for post in posts if post.municipality == municipality]
        for layer in store.layers(municipality):
            stored = coming[layer.key] if layer.key in coming else store.districts(municipality, layer.key)
            districts = [item for item in stored if item.exists_on(today)]
            yield from _in_layer(its_posts, layer.key, districts, places)


def _places_of(store: Reader, posts: Iterable[Post]) -> dict[str, Place]:
    """The places that posts name, by id."""
    ids = {post.facts.where.place for post in posts if post.facts.where.kind is WhereKind.PLACE}
    return {place.id: place for place in store.places(sorted(ids))}


def position(where: Where, place: Place | None) -> tuple[Point | None, Precision]:
    """Where it is and how well that is known; a place that is not there any more has no position."""
    if where.kind is WhereKind.PIN:
        return where.position, Precision.EXACT
    if where.kind is WhereKind.PLACE and place is not None:
        return place.facts.position, place.facts.precision
    return None, Precision.NONE


def _in_layer(
    posts: Sequence[Post], layer: str, districts: Sequence[District], places: Mapping[str, Place]
) -> Iterable[Membership]:
    points = [position(post.facts.where, places.get(post.facts.where.place))[0] for post in posts]
    positions = np.array([(point.lon, point.lat) if point else (np.nan, np.nan) for point in points]).reshape(-1, 2)
    areas = assign(positions, [item.geometry for item in districts])
    named = {item.id for item in districts}
    for post, area in zip(posts, areas.tolist(), strict=True):
        where = post.facts.where
        inside = districts[area].id if area != NOWHERE else None
        if where.kind is WhereKind.DISTRICT:
            inside = where.district if where.district in named else None
        yield Membership(post.id, layer, inside)
