"""What is tied to a goal of the plan: places, and posts of what takes place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from portal import listing
from portal.clock import TOKYO
from portal.model.post import DATED, PostKind, PostState
from portal.post_districts import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from portal.coverage.ground import Ground
    from portal.model.place import Place
    from portal.model.position import Point, Precision
    from portal.model.post import Post


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that counts."""

    id: str
    """Of a place or a post."""
    name: str
    verified: bool
    """Within the limit that was asked for; always where there was none."""
    verified_on: date | None
    """The day; of a post the day on which it was changed."""
    position: Point | None
    precision: Precision
    kind: str
    """Key of the kind that it is of; of a post that of its activity, else its own."""


def tagged(ground: Ground, goal: str, verified_days: int | None) -> list[Record]:
    """The places and posts of a goal: places that are not gone, and events, series, courses that are not over.

    A post at a place that counts itself is left out, else a salon and its own announcement would be two.
    """
    its_places = [item for item in ground.store.places_of(ground.municipality) if goal in item.facts.goals]
    places = [item for item in its_places if item.gone_on is None and counts(ground, item)]
    posts = [item for item in ground.store.posts_of(ground.municipality) if goal in item.facts.goals]
    known = {item.id for item in places}
    current = [item for item in posts if _current(ground, item) and item.facts.where.place not in known]
    return [*of_places(places, ground.today, verified_days), *of_posts(ground, current, verified_days)]


def of_kind(ground: Ground, kind: str, ids: Sequence[str], verified_days: int | None) -> list[Record]:
    """Of these ids the places of a kind, and the regular activities of that kind that are held elsewhere."""
    places = [item for item in ground.store.places(ids) if counts(ground, item)]
    posts = [item for item in ground.store.posts(ids) if _is_series(item, kind) and counts(ground, item)]
    named = sorted({item.facts.where.place for item in posts if item.facts.where.place})
    its_own = {item.id for item in ground.store.places(named) if item.facts.kind == kind and item.gone_on is None}
    elsewhere = [item for item in posts if item.facts.where.place not in its_own]
    return [*of_places(places, ground.today, verified_days), *of_posts(ground, elsewhere, verified_days)]


def _is_series(post: Post, kind: str) -> bool:
    return post.facts.kind is PostKind.SERIES and kind_of(post) == kind


def kind_of(post: Post) -> str:
    """Key of the kind of place that a post is an activity of, else of its own kind."""
    return post.facts.activity or post.facts.kind.value


def counts(ground: Ground, item: Place | Post) -> bool:
    """Whether samples count, or it is none."""
    return ground.samples or not item.sample


def of_places(places: Iterable[Place], today: date, verified_days: int | None) -> Iterator[Record]:
    """Places as what counts."""
    for item in places:
        verified = verified_days is None or bool(
            item.verified_on and item.verified_on >= today - timedelta(days=verified_days)
        )
        facts = item.facts
        yield Record(item.id, facts.name, verified, item.verified_on, facts.position, facts.precision, facts.kind)


def of_posts(ground: Ground, posts: Iterable[Post], verified_days: int | None) -> Iterator[Record]:
    """Posts as what counts; one was verified when it was changed, for whoever changes it has looked at it."""
    posts = list(posts)
    named = {item.facts.where.place for item in posts if item.facts.where.place}
    places = {item.id: item for item in ground.store.places(sorted(named))}
    for item in posts:
        point, precision = position(item.facts.where, places.get(item.facts.where.place))
        day = item.changed_at.astimezone(TOKYO).date() if item.changed_at else None
        verified = _looked_at(item, ground.today, verified_days)
        yield Record(item.id, item.facts.title, verified, day, point, precision, kind_of(item))


def _looked_at(post: Post, today: date, verified_days: int | None) -> bool:
    if verified_days is None:
        return True
    since = datetime.combine(today - timedelta(days=verified_days), time(), TOKYO)
    return post.changed_at is not None and post.changed_at >= since


def _current(ground: Ground, post: Post) -> bool:
    if post.facts.kind not in DATED or post.state is not PostState.LIVE or not counts(ground, post):
        return False
    ends = listing.last_day(post)
    return ends is None or ends >= ground.today
