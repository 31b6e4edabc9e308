"""What a post is found by, made anew whenever the post, its place or its group changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from portal.clock import TOKYO
from portal.model.listing import Listing, Show
from portal.model.membership import Membership
from portal.model.place import Booking, Fee
from portal.model.position import Precision
from portal.model.post import DATED, HELP, PUBLIC, WANTED, WhereKind
from portal.normalise import fold
from portal.post_districts import memberships, position
from portal.schedules.ending import endless, last_date
from portal.store import Drop, Put, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from portal.model.group import Group
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.store import Change, Reader

NEWS_DAYS: Final = 90
"""News and reports are found so many days from the day that they went live."""
UNDATED_DAYS: Final = 180
"""What has no date is found so many days from the day that it was last changed."""


def changes(store: Reader, post: Post, today: date) -> list[Change]:
    """What has to be written beside ``post`` so that it is found, or is not, as it now is.

    Its place and group are read from the store. A post that not everybody sees is found nowhere.
    """
    if not post.public:
        gone = (Drop(Membership, key_of(item)) for item in store.memberships(post.id))
        return [Drop(Listing, (post.id,)), *gone]
    return _found_by(store, [post], today)


def follow_place(store: Reader, place: Place, today: date) -> list[Change]:
    """What has to be written beside ``place``, which may have moved or another name, for the posts that name it."""
    return _found_by(store, store.posts_at(place.id), today, place)


def follow_places(store: Reader, places: Sequence[Place], today: date) -> list[Change]:
    """The same for many places at once, as an import changes them."""
    changed = {place.id: place for place in places}
    posts = store.posts_in(sorted(PUBLIC)) if changed else []
    naming: dict[str, list[Post]] = {}
    for post in posts:
        if post.facts.where.place in changed:
            naming.setdefault(post.facts.where.place, []).append(post)
    return [change for key, its in naming.items() for change in _found_by(store, its, today, changed[key])]


def follow_group(store: Reader, group: Group, today: date) -> list[Change]:
    """The same for a group that may have another name."""
    return _found_by(store, [post for post in store.posts_of_group(group.id) if post.public], today, group=group)


def last_day(post: Post) -> date | None:
    """The last day on which a post is found; None while a rule of its schedule goes on for ever."""
    schedule = post.facts.schedule
    if post.facts.kind not in DATED | WANTED:
        return _after(post.live_at or post.changed_at, NEWS_DAYS)
    if schedule is not None and endless(schedule):
        return None
    ended = last_date(schedule) if schedule is not None else None
    moments = [moment for moment in (post.live_at, post.changed_at) if moment]
    return ended or _after(max(moments, default=None), UNDATED_DAYS)


def _found_by(
    store: Reader, posts: Sequence[Post], today: date, place: Place | None = None, group: Group | None = None
) -> list[Change]:
    """Listings and memberships; ``place`` and ``group`` stand for those of the store."""
    puts: list[Change] = []
    for post in posts:
        where = post.facts.where
        its_place = place or (store.place(where.place) if where.kind is WhereKind.PLACE else None)
        its_group = group or store.group(post.group)
        puts.append(Put(_listing(post, its_place, _words(store, post, its_place, its_group))))
    known = {place.id: place} if place else None
    return [*puts, *map(Put, memberships(store, posts, today, places=known))]


def _listing(post: Post, place: Place | None, words: Sequence[str]) -> Listing:
    facts = post.facts
    hidden = facts.kind in HELP
    # A pin of help between residents could be somebody's home: neither the map nor a distance tells it.
    nowhere = hidden and place is None
    point, precision = (None, Precision.NONE) if nowhere else position(facts.where, place)
    return Listing(
        post=post.id,
        municipality=post.municipality,
        group="" if hidden else post.group,
        kind=facts.kind.value,
        activity=facts.activity,
        show=_show(post),
        name=facts.title,
        sort_name=fold(facts.title),
        search="\n".join(fold(text) for text in words if text.strip()),
        position=point,
        precision=precision,
        audience=facts.audience,
        access=facts.access,
        free=facts.fee is Fee.FREE,
        no_booking=facts.booking is Booking.NOT_NEEDED,
        sample=post.sample,
        last_day=last_day(post),
    )


def _show(post: Post) -> Show:
    if post.facts.kind in WANTED:
        return Show.WANTED
    return Show.DATES if post.facts.kind in DATED else Show.NEWS


def _words(store: Reader, post: Post, place: Place | None, group: Group | None) -> list[str]:
    """What the words of a query are looked for in: nothing that is not shown, so that nothing is guessed by it."""
    facts, where = post.facts, post.facts.where
    hidden = facts.kind in HELP
    spot = [] if hidden and place is None else [where.name, where.address]
    district = store.district(where.district) if where.kind is WhereKind.DISTRICT else None
    return [
        facts.title,
        facts.text,
        *([group.name, group.name_kana] if group and not hidden else []),
        *([place.facts.name, place.facts.name_kana, place.facts.name_en, place.facts.address] if place else []),
        *spot,
        *([district.name, district.name_en] if district else []),
        facts.schedule_text,
        facts.audience_note,
        facts.fee_note,
        facts.booking_note,
        facts.access_note,
    ]


def _after(moment: datetime | None, days: int) -> date | None:
    return moment.astimezone(TOKYO).date() + timedelta(days=days) if moment else None
