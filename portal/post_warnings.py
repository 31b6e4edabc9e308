"""What is likely a slip in a post: said before it is saved, never forbidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import shapely

from portal.clock import TOKYO
from portal.duplicates import alike, bare_name
from portal.locate import municipality
from portal.model.position import distance_m
from portal.model.post import DATED, PUBLIC, PostState, WhereKind
from portal.query import Query
from portal.schedules.ending import last_date
from portal.schedules.occurrences import State, next_occurrences, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from portal.model.group import Group
    from portal.model.position import Point
    from portal.model.post import Post, PostFacts, Where
    from portal.store import Reader

NEAR_M: Final = 200
LOOK_AHEAD: Final = timedelta(days=92)
"""Two posts on the same day are looked for so far ahead."""
COMING_MOST: Final = 20
CITY_LAYER: Final = "city"
"""The layer whose one district is the municipality itself."""
SHOWN: Final = 80
OF_OWN: Final = PUBLIC | {PostState.DRAFT, PostState.WAITING, PostState.RETURNED, PostState.SCHEDULED}
BARE_LINK: Final = re.compile(
    r"(?<![\w@/:.\-])(?:www\.[a-z0-9-]{1,63}\.|(?:[a-z0-9-]{1,63}\.){1,4}(?=(?:jp|com|net|org|info|tokyo|osaka)(?![a-z0-9-])))"
    r"[a-z0-9.-]{2,60}(?:/[^\s<>「」（）()]{0,200})?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing to look at again."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    """Posts that it is about."""


def warnings(store: Reader, group: Group, facts: PostFacts, today: date, post_id: str = "") -> tuple[Warned, ...]:
    """What to look at again before ``facts`` are saved for ``group``; ``post_id`` is the post's own, if it has one."""
    return (
        *_dates(facts, today),
        *_booking(facts, today),
        *_position(store, group, facts.where),
        *_links(facts.text),
        *_duplicates(store, group, facts, today, post_id),
    )


def _dates(facts: PostFacts, today: date) -> Iterator[Warned]:
    if facts.schedule is None:
        if facts.kind in DATED:
            yield Warned("warnings.no_date")
        return
    if not _coming(facts, today):
        last = last_date(facts.schedule)
        yield Warned("warnings.past" if last and last < today else "warnings.no_coming")


def _coming(facts: PostFacts, today: date) -> list[date]:
    """The next dates from today on that take place."""
    if facts.schedule is None:
        return []
    yesterday_night = datetime.combine(today, time(), TOKYO) - timedelta(minutes=1)
    found = next_occurrences(facts.schedule, yesterday_night, COMING_MOST)
    return [one.starts.date() for one in found if one.state is not State.CANCELLED]


def _booking(facts: PostFacts, today: date) -> Iterator[Warned]:
    until = facts.booking_until
    last = last_date(facts.schedule) if facts.schedule else None
    if until and last and until > last:
        yield Warned("warnings.booking_after", {"until": until.isoformat(), "last": last.isoformat()})
    elif until and until < today:
        yield Warned("warnings.booking_past", {"until": until.isoformat()})


def _position(store: Reader, group: Group, where: Where) -> Iterator[Warned]:
    """Whether it lies outside of the municipality; outside of its group's district is no matter."""
    point = _point(store, where)
    areas = [district.geometry for district in store.districts(group.municipality, CITY_LAYER)]
    if point and areas and not any(shapely.intersects_xy(area, point.lon, point.lat) for area in areas):
        yield Warned("warnings.outside", {"municipality": municipality(store, group.municipality).name})


def _links(text: str) -> Iterator[Warned]:
    for found in dict.fromkeys(match[0] for match in BARE_LINK.finditer(text)):
        yield Warned("warnings.link", {"text": found[:SHOWN]})


def _duplicates(store: Reader, group: Group, facts: PostFacts, today: date, post_id: str) -> Iterator[Warned]:
    """Posts alike in title, of the same group or at the same spot, on a day that both have."""
    days = set(_coming(facts, today))
    title, point = bare_name(facts.title), _point(store, facts.where)
    own = [post for post in store.posts_of_group(group.id) if post.state in OF_OWN]
    near = [post for post in _others(store, group, title, days) if _near(store, facts.where, point, post.facts.where)]
    seen = {post_id}
    for post in (*own, *near):
        same_day = days & _days(post.facts, today, max(days, default=today)) or (not days and not post.facts.schedule)
        if post.id not in seen and same_day and alike(title, bare_name(post.facts.title)):
            seen.add(post.id)
            yield Warned("warnings.duplicate", {"title": post.facts.title}, (post.id,))


def _others(store: Reader, group: Group, title: str, days: Iterable[date]) -> list[Post]:
    """Public posts of other groups that are alike in title and take place between the first and the last day."""
    wanted = sorted(days)
    if not wanted:
        return []
    last = min(wanted[-1], wanted[0] + LOOK_AHEAD)
    found = store.happening(Query(group.municipality), wanted[0], last)
    ids = {one.id for one in found if one.id.startswith("post-") and alike(title, bare_name(one.name))}
    return [post for post in store.posts(sorted(ids)) if post.group != group.id]


def _days(facts: PostFacts, first: date, last: date) -> set[date]:
    found = occurrences(facts.schedule, first, last) if facts.schedule else []
    return {one.starts.date() for one in found if one.state is not State.CANCELLED}


def _near(store: Reader, where: Where, point: Point | None, other: Where) -> bool:
    same_place = where.kind is WhereKind.PLACE and where.place == other.place
    same_district = where.kind is WhereKind.DISTRICT and where.district == other.district
    there = _point(store, other)
    return (
        same_place or same_district or (point is not None and there is not None and distance_m(point, there) <= NEAR_M)
    )


def _point(store: Reader, where: Where) -> Point | None:
    if where.kind is WhereKind.PLACE:
        place = store.place(where.place)
        return place.facts.position if place else None
    return where.position if where.kind is WhereKind.PIN else None
