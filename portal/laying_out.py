"""Occurrences laid out for the coming weeks, so that filters by day are a plain join."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from portal.model.post import PUBLIC, PostState
from portal.query import HORIZON_DAYS
from portal.schedules.occurrences import State, occurrences
from portal.store import Occurring

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from portal.model.place import Place
    from portal.model.post import Post
    from portal.model.schedule import Schedule
    from portal.store import Store

MARGIN_DAYS = 7
"""Laid out this much further than filters look, so that it is done anew once a week."""


def lay_out_all(store: Store, today: date) -> None:
    """Lay out every scheduled place of every municipality, and every post that everybody sees."""
    places = [place for item in store.municipalities() for place in store.places_of(item.code)]
    posts = store.posts_in(sorted(PUBLIC))
    last = _last(today)
    store.lay_out(chain(of_places(places, today, last), of_posts(posts, today, last)), today, last, None)


def lay_out(store: Store, places: Sequence[Place], today: date) -> None:
    """Lay out these places anew."""
    last = store.occurrences_until() or _last(today)
    store.lay_out(of_places(places, today, last), today, last, [place.id for place in places])


def lay_out_posts(store: Store, posts: Sequence[Post], today: date) -> None:
    """Lay out these posts anew; of those that not everybody sees, nothing is left."""
    last = store.occurrences_until() or _last(today)
    store.lay_out(of_posts(posts, today, last), today, last, [post.id for post in posts])


def keep_up(store: Store, today: date) -> bool:
    """Lay out everything anew where the last time no longer covers what filters ask for; says whether it did."""
    until = store.occurrences_until()
    if until is not None and until >= today + timedelta(days=HORIZON_DAYS):
        return False
    lay_out_all(store, today)
    return True


def of_places(places: Iterable[Place], first: date, last: date) -> Iterator[Occurring]:
    """What takes place at places from ``first`` to ``last``, both included; what is gone has nothing."""
    for place in places:
        if place.facts.schedule and place.gone_on is None:
            yield from _occurring(place.id, place.facts.schedule, first, last)


def of_posts(posts: Iterable[Post], first: date, last: date) -> Iterator[Occurring]:
    """The same for posts; every date of a cancelled post is cancelled."""
    for post in posts:
        if post.facts.schedule and post.public:
            cancelled = post.state is PostState.CANCELLED
            yield from _occurring(post.id, post.facts.schedule, first, last, cancelled=cancelled)


def _last(today: date) -> date:
    return today + timedelta(days=HORIZON_DAYS + MARGIN_DAYS)


def _occurring(of: str, schedule: Schedule, first: date, last: date, *, cancelled: bool = False) -> Iterator[Occurring]:
    """What is cancelled is laid out as such: it is shown in the calendar and not found by its day."""
    for item in occurrences(schedule, first, last):
        starts = item.starts
        minute = starts.hour * 60 + starts.minute if item.timed else None
        yield Occurring(of, starts.date(), minute, cancelled or item.state is State.CANCELLED)
