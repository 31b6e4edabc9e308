"""How much is posted, of what kind, where, and how it is looked at: counts of one municipality."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.by_district import in_force
from portal.model.post import PostKind, WhereKind
from portal.model.usage import Use
from portal.post_districts import memberships
from portal.use.looks import POST, looks
from portal.use.years import Month, fiscal_year, month_of, months_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from portal.model.district import District
    from portal.model.post import Post
    from portal.store import Reader
    from portal.use.published import Published


@dataclass(frozen=True, slots=True)
class ByDistrict:
    """Posts by district of one layer."""

    counts: tuple[tuple[District, int], ...]
    """Every district in force, by name, those without any too."""
    outside: int
    """Posts in none of them: online, without a place, or beyond the layer's outlines."""

    @property
    def silent(self) -> tuple[District, ...]:
        """The districts from which nothing comes."""
        return tuple(district for district, count in self.counts if not count)


@dataclass(frozen=True, slots=True)
class Looked:
    """How often what a municipality shows was used in a span of days. Robots and own members are not counted."""

    posts: Mapping[Use, int]
    places: Mapping[Use, int]
    reports: int
    """What readers reported of posts and places."""


def by_month(items: Sequence[Published], year: int) -> dict[Month, int]:
    """Posts that went live in each month of a fiscal year, from April; 0 where none did."""
    found = Counter(month_of(one.day) for one in items)
    return {month: found[month] for month in months_of(year)}


def by_year(items: Sequence[Published]) -> dict[int, int]:
    """Posts that went live by fiscal year, from the first with any to the last, none left out."""
    found = Counter(fiscal_year(one.day) for one in items)
    return {year: found[year] for year in range(min(found), max(found) + 1)} if found else {}


def by_kind(items: Sequence[Published]) -> dict[PostKind, int]:
    """Posts by kind; 0 where there are none."""
    found = Counter(one.post.facts.kind for one in items)
    return {kind: found[kind] for kind in PostKind}


def by_district(store: Reader, items: Sequence[Published], municipality: str, layer: str, today: date) -> ByDistrict:
    """Posts by district of a layer: of their place or pin, or the district that they name, as it is drawn today.

    Counted anew from the posts, since what is no longer shown has no membership in the store. The counts and what is
    outside make up all of ``items``.
    """
    found = Counter(districts_of(store, items, layer, today).values())
    counts = tuple((item, found[item.id]) for item in in_force(store, municipality, layer, today))
    return ByDistrict(counts, len(items) - sum(count for _, count in counts))


def districts_of(store: Reader, items: Sequence[Published], layer: str, today: date) -> dict[str, str]:
    """Id of the district of a layer by id of the post; what is outside all of them is left out."""
    inside = memberships(store, [one.post for one in items], today)
    return {one.place: one.district for one in inside if one.layer == layer and one.district is not None}


def local(store: Reader, items: Sequence[Published], municipality: str, today: date) -> list[Published]:
    """Those that are about an activity in the municipality (地域の活動).

    Dated activities, recruitment, help and reports whose place, pin or district lies in the municipality are local;
    news, and what is online only or nowhere, are the rest. A pin lies in it when any district of any layer holds it;
    where no layer has a district, every pin does.
    """
    posts = [one.post for one in items if one.post.facts.kind is not PostKind.NEWS]
    its_places = {
        place.id
        for place in store.places(sorted({post.facts.where.place for post in posts if post.facts.where.place}))
        if place.municipality == municipality
    }
    drawn = any(in_force(store, municipality, layer.key, today) for layer in store.layers(municipality))
    inside = {one.place for one in memberships(store, posts, today) if one.district is not None}
    here = {post.id for post in posts if _is_here(post, its_places, inside, drawn=drawn)}
    return [one for one in items if one.post.id in here]


def _is_here(post: Post, places: set[str], inside: set[str], *, drawn: bool) -> bool:
    where = post.facts.where
    if where.kind is WhereKind.PLACE:
        return where.place in places
    if where.kind is WhereKind.PIN:
        return post.id in inside or not drawn
    return where.kind is WhereKind.DISTRICT and post.id in inside


def looked_at(store: Reader, municipality: str, year: int, today: date, *, samples: bool = False) -> Looked:
    """How often the pages of posts and places were used in a fiscal year up to ``today``, and what was reported."""
    found = looks(store, municipality, year, today, samples=samples)
    posts, places = (
        {use: sum(one.uses[use] for one in found if (one.what == POST) == is_post) for use in Use}
        for is_post in (True, False)
    )
    return Looked(posts, places, sum(one.reports for one in found))
