"""What is new for a choice (新着): what appeared, was changed or called off since a moment, and the coming week.

Everything comes from the questions of *Find* and the one gate of what is public, at the moment of asking.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal import agenda, cards
from portal.errors import GoneError, UnknownThingError
from portal.model.place import Place
from portal.model.post import Post, PostState
from portal.public import shown
from portal.query import Query
from portal.records import from_text
from portal.schedules.occurrences import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from portal.model.kind import Kind
    from portal.model.schedule import Schedule
    from portal.model.subscription import Choice
    from portal.schedules.occurrences import Occurrence
    from portal.store import Happening, Reader

NEWS_MAX: Final = 30
"""A mail is read, not searched: what is more is counted, and its link leads on."""
COMING_MAX: Final = 60
WEEK: Final = 7
STEADY: Final = 5
"""What takes place on so many days of the week is open as always, and no date of its own."""
FOUND_MAX: Final = 20_000


class What(StrEnum):
    """What became of something."""

    NEW = "new"  # 新着
    CHANGED = "changed"  # 変更
    OFF = "off"  # 中止


@dataclass(frozen=True, slots=True)
class News:
    """One place or post with what became of it."""

    what: What
    id: str
    of_post: bool
    name: str
    kind: Kind
    next: Occurrence | None
    """Its next date that is not called off."""
    off: tuple[date, ...]
    """Dates that were called off."""
    sample: bool


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that takes place on a day of the coming week."""

    day: date
    of_post: bool
    of: Happening
    kind: Kind
    sample: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """What there is to tell."""

    news: tuple[News, ...] = ()
    more_news: int = 0
    """So many are not listed."""
    coming: tuple[Coming, ...] = ()
    more_coming: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.news or self.coming)


@dataclass(frozen=True, slots=True)
class Span:
    """From when, and before when, something was changed; and the present moment."""

    since: datetime
    until: datetime
    now: datetime


def news(store: Reader, choice: Choice, span: Span, freshness_days: int) -> Digest:
    """What appeared, was changed or called off in the span and is public now, of posts before places."""
    touched = {kind: store.touched(kind, span.since, span.until) for kind in (Post, Place)}
    if not any(touched.values()):
        return Digest()
    kinds = {kind.key: kind for kind in store.kinds(choice.municipality)}
    found = {item.place for item in store.find(_query(choice), span.now.date(), FOUND_MAX)}
    told = [
        *_told(_post(store, post, touched[Post][post.id], span, kinds) for post in _posts(store, touched[Post], found)),
        *_told(
            _place(store, place, touched[Place][place.id], span, freshness_days)
            for place in store.places([key for key in touched[Place] if key in found])
        ),
    ]
    return Digest(tuple(told[:NEWS_MAX]), max(0, len(told) - NEWS_MAX))


def coming(store: Reader, choice: Choice, now: datetime) -> Digest:
    """What takes place in the coming week; what is open nearly every day is left out."""
    days = agenda.coming(store, _query(choice), WEEK, now).days
    often = Counter(item.id for day in days for item in day.happenings)
    dated = [(day.day, item) for day in days for item in day.happenings if often[item.id] < STEADY]
    kinds = {kind.key: kind for kind in store.kinds(choice.municipality)}
    listed = dated[:COMING_MAX]
    ids = sorted({item.id for _, item in listed})
    samples = {item.id: item.sample for item in store.places(ids)}
    posts = {item.id: item for item in store.posts(ids) if item.public}
    entries = [
        Coming(day, item.id in posts, item, cards.kind_of(kinds, item.kind), _sample(item.id, samples, posts))
        for day, item in listed
        if item.id in samples or item.id in posts
    ]
    return Digest(coming=tuple(entries), more_coming=len(dated) - len(listed))


def _query(choice: Choice) -> Query:
    return Query(choice.municipality, choice.kinds, choice.layer, choice.districts)


def _told(items: Iterable[News | None]) -> list[News]:
    return [item for item in items if item]


def _posts(store: Reader, touched: dict[str, str], found: set[str]) -> list[Post]:
    """The public ones of what was changed, by when they went live."""
    posts = [post for post in store.posts([key for key in touched if key in found]) if post.public]
    return sorted(posts, key=lambda post: (str(post.live_at), post.id))


def _post(store: Reader, post: Post, before: str, span: Span, kinds: dict[str, Kind]) -> News | None:
    """What became of a post; None where its readers saw no change, or it is over."""
    try:
        view = shown.post(store, post.id, span.now)
    except (GoneError, UnknownThingError):
        return None
    if view.over:
        return None
    old = from_text(Post, before) if before else None
    known = old if old is not None and old.public else None
    if known and known.facts == post.facts and known.state is post.state:
        return None
    kind = view.activity or cards.kind_of(kinds, post.facts.kind.value)
    if post.state is PostState.CANCELLED:
        off, following = tuple(item.starts.date() for item in view.coming[:1]), None
    else:
        off = _newly_off(known.facts.schedule, post.facts.schedule, span.now.date()) if known else ()
        following = _next(view.coming)
    called_off = bool(off) or post.state is PostState.CANCELLED
    what = What.OFF if called_off else (What.CHANGED if known else What.NEW)
    return News(what, post.id, True, post.facts.title, kind, following, off, post.sample)  # noqa: FBT003  # it is of a post


def _place(store: Reader, place: Place, before: str, span: Span, freshness_days: int) -> News | None:
    """The same of a place; a contact that is kept for staff is no change."""
    try:
        view = shown.place(store, place.id, span.now, freshness_days)
    except (GoneError, UnknownThingError):
        return None
    old = from_text(Place, before) if before else None
    known = _open(old) if old is not None and old.gone_on is None else None
    if known and known.facts == view.place.facts:
        return None
    facts = view.place.facts
    off = _newly_off(known.facts.schedule, facts.schedule, span.now.date()) if known else ()
    what = What.OFF if off else (What.CHANGED if known else What.NEW)
    return News(what, place.id, False, facts.name, view.kind, _next(view.coming), off, place.sample)  # noqa: FBT003  # it is of a place


def _open(place: Place) -> Place:
    public = tuple(contact for contact in place.facts.contacts if contact.public)
    return replace(place, facts=replace(place.facts, contacts=public))


def _newly_off(old: Schedule | None, new: Schedule | None, today: date) -> tuple[date, ...]:
    """The dates from today on that were called off since."""
    if new is None:
        return ()
    return tuple(sorted(day for day in new.cancelled - (old.cancelled if old else frozenset()) if day >= today))


def _next(dates: Iterable[Occurrence]) -> Occurrence | None:
    return next((item for item in dates if item.state is not State.CANCELLED), None)


def _sample(key: str, samples: dict[str, bool], posts: dict[str, Post]) -> bool:
    return samples[key] if key in samples else posts[key].sample
