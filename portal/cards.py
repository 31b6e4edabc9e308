"""What a list shows of each record that was found: a place, or a post with its group and where it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from portal.model.kind import Kind, Shape
from portal.model.position import walking_minutes
from portal.model.post import COUNTED, HELP, PostState, WhereKind
from portal.schedules.occurrences import State, next_occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from portal.model.district import District
    from portal.model.group import Group
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.model.schedule import Schedule
    from portal.query import Found, Query
    from portal.schedules.occurrences import Occurrence
    from portal.store import Reader

LOOKED_AT: Final = 8
"""So many dates are looked at for one that is not called off."""
SHOWN_OFF: Final = 2
"""So many dates that are called off are told before it."""


class Coming(NamedTuple):
    """The next date on which it takes place, and those before it that were called off (中止)."""

    next: Occurrence | None = None
    off: tuple[Occurrence, ...] = ()


NO_DATES: Final = Coming()


@dataclass(frozen=True, slots=True)
class Card:
    """One place as a list shows it."""

    place: Place
    kind: Kind
    next: Occurrence | None
    """The next date that is not called off."""
    distance_m: float | None
    """Straight line in metres from where the reader is, None when that or the position is not known."""
    minutes: int | None
    """Walking minutes, see :func:`portal.model.position.walking_minutes`."""
    district: District | None
    """In the query's layer; None is outside, or no layer was asked for."""
    off: tuple[Occurrence, ...] = ()
    """Dates before the next that were called off."""


@dataclass(frozen=True, slots=True)
class PostCard:
    """One post as a list shows it."""

    post: Post
    group: Group | None
    """None where no name is to be shown: help between residents goes through the council."""
    place: Place | None
    """The place that the post names."""
    kind: Kind
    next: Occurrence | None
    distance_m: float | None
    minutes: int | None
    district: District | None
    off: tuple[Occurrence, ...] = ()
    """Dates before the next that were called off; of a cancelled post, its next one."""

    @property
    def seats_left(self) -> int | None:
        """How many can still take part on the next date (空き); None where nobody counts or nobody has counted yet."""
        return seats_left(self.post, self.next) if self.next else None


def seats_left(post: Post, of: Occurrence) -> int | None:
    """How many can still take part on one date; None where there is no limit or nobody has counted."""
    taken = post.places_taken.get(of.starts.date().isoformat())
    if post.facts.kind not in COUNTED or post.facts.seats is None or taken is None:
        return None
    return max(0, post.facts.seats - taken)


def of_found(store: Reader, query: Query, found: Sequence[Found], now: datetime) -> tuple[Card | PostCard, ...]:
    """A card for each record of an answer, in its order; what has gone meanwhile is left out."""
    ids = [item.place for item in found]
    places = {place.id: place for place in store.places(ids)}
    posts = {card.post.id: card for card in of_posts(store, store.posts(ids), now)}
    kinds = _kinds(store, query.municipality)
    districts = _districts(store, query, now)
    made: list[Card | PostCard] = []
    for item in found:
        district = districts.get(item.district or "")
        minutes = None if item.distance_m is None else walking_minutes(item.distance_m)
        if place := places.get(item.place):
            dates = coming(place.facts.schedule, now)
            kind = kind_of(kinds, item.kind)
            made.append(Card(place, kind, dates.next, item.distance_m, minutes, district, dates.off))
        elif card := posts.get(item.place):
            made.append(replace(card, distance_m=item.distance_m, minutes=minutes, district=district))
    return tuple(made)


def of_posts(store: Reader, posts: Iterable[Post], now: datetime) -> tuple[PostCard, ...]:
    """A card for each post, without a district or a distance."""
    posts = list(posts)
    groups = {key: store.group(key) for key in {post.group for post in posts if post.facts.kind not in HELP}}
    named = {post.facts.where.place for post in posts if post.facts.where.kind is WhereKind.PLACE}
    places = {place.id: place for place in store.places(sorted(named))}
    kinds = {code: _kinds(store, code) for code in {post.municipality for post in posts}}
    return tuple(_of_post(post, groups, places, kinds[post.municipality], now) for post in posts)


def _of_post(
    post: Post,
    groups: Mapping[str, Group | None],
    places: Mapping[str, Place],
    kinds: Mapping[str, Kind],
    now: datetime,
) -> PostCard:
    dates = coming(post.facts.schedule, now, cancelled=post.state is PostState.CANCELLED)
    return PostCard(
        post=post,
        group=None if post.facts.kind in HELP else groups.get(post.group),
        place=places.get(post.facts.where.place),
        kind=kind_of(kinds, post.facts.kind),
        next=dates.next,
        distance_m=None,
        minutes=None,
        district=None,
        off=dates.off,
    )


def coming(schedule: Schedule | None, now: datetime, *, cancelled: bool = False) -> Coming:
    """The next date of a schedule and those before it that were called off; ``cancelled``: all of it is."""
    if schedule is None:
        return NO_DATES
    first = next_occurrences(schedule, now, 1)
    if cancelled:
        return Coming(None, tuple(replace(one, state=State.CANCELLED) for one in first))
    if not first or first[0].state is not State.CANCELLED:
        return Coming(next(iter(first), None))
    dates = next_occurrences(schedule, now, LOOKED_AT)
    held = next((at for at, one in enumerate(dates) if one.state is not State.CANCELLED), len(dates))
    return Coming(next(iter(dates[held:]), None), tuple(dates[: min(held, SHOWN_OFF)]))


def kind_of(kinds: Mapping[str, Kind], key: str) -> Kind:
    """The kind of this key; one that the store does not have is shown by its key and a question mark."""
    return kinds.get(key) or Kind(key, key, key, "#e6e6e6", Shape.CIRCLE, "?")


def _kinds(store: Reader, municipality: str) -> dict[str, Kind]:
    return {kind.key: kind for kind in store.kinds(municipality)}


def _districts(store: Reader, query: Query, now: datetime) -> dict[str, District]:
    """The districts of the query's layer that exist today, by name."""
    if not query.layer:
        return {}
    known = store.districts(query.municipality, query.layer)
    return {item.name: item for item in known if item.exists_on(now.date())}
