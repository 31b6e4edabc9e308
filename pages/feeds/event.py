"""Places and posts with a schedule as events of a calendar, the same in every calendar that holds them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pages.plain import cards
from pages.plain.ways import Ways
from portal.cards import kind_of
from portal.clock import TOKYO
from portal.model.feed import CalendarEvent
from portal.model.place import Place
from portal.model.post import HELP, TITLE_MAX, PostState, WhereKind
from portal.model.version import Revised
from portal.post_districts import position
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pages.plain.here import Here
    from portal.model.group import Group
    from portal.model.kind import Kind
    from portal.model.post import Post

UNCHANGED: Final = Revised(0, datetime(2000, 1, 1, tzinfo=TOKYO))
"""Of a record without a history."""


def of_places(here: Here, places: Iterable[Place], tongue: str) -> Iterator[CalendarEvent]:
    """The places that have a schedule.

    A place counts no versions of its own: its SEQUENCE is how many the history has. That number grows with each change,
    whoever makes it (an import, an edit, a verification), and a rebuild from the journal gives the same one.
    """
    dated = [place for place in places if place.facts.schedule]
    revised = here.store.revised(Place, [place.id for place in dated])
    kinds = kinds_of(here, dated)
    for place in dated:
        yield _of_place(here, place, tongue, kinds[place.municipality], revised.get(place.id, UNCHANGED))


def of_posts(here: Here, posts: Iterable[Post], tongue: str) -> Iterator[CalendarEvent]:
    """The posts that have a schedule; their SEQUENCE is the number that each change of a post counts up."""
    dated = [post for post in posts if post.facts.schedule]
    kinds, groups, places = kinds_of(here, dated), groups_of(here, dated), places_of(here, dated)
    for post in dated:
        named = groups.get(post.id), places.get(post.facts.where.place)
        yield _of_post(here, post, tongue, kinds[post.municipality], named)


def groups_of(here: Here, posts: Sequence[Post]) -> dict[str, Group]:
    """Who posted, by the post's id; nobody is named for help between residents."""
    named = [post for post in posts if post.facts.kind not in HELP]
    known = {key: here.store.group(key) for key in {post.group for post in named}}
    return {post.id: group for post in named if (group := known[post.group])}


def places_of(here: Here, posts: Iterable[Post]) -> dict[str, Place]:
    """The places that posts name and that are still there, by id."""
    named = {post.facts.where.place for post in posts if post.facts.where.kind is WhereKind.PLACE}
    return {place.id: place for place in here.store.places(sorted(named)) if place.gone_on is None}


def kinds_of(here: Here, of: Iterable[Place | Post]) -> dict[str, Mapping[str, Kind]]:
    """The kinds of each municipality that any of these is in, by their key."""
    return {code: {kind.key: kind for kind in here.store.kinds(code)} for code in {item.municipality for item in of}}


def where_of(here: Here, post: Post, place: Place | None, tongue: str) -> str:
    """Where a post is in one line; a spot between residents is not told."""
    where = post.facts.where
    if where.kind is WhereKind.ONLINE:
        return where.url
    if place:
        return " ".join(filter(None, (cards.named(place, tongue), where.name, place.facts.address)))
    if where.kind is WhereKind.DISTRICT:
        district = here.store.district(where.district)
        return ((district.name_en if tongue == "en" else "") or district.name) if district else ""
    hidden = where.kind is not WhereKind.PIN or post.facts.kind in HELP
    return "" if hidden else " ".join(filter(None, (where.name, where.address)))


def marked(title: str, tongue: str, *, sample: bool, cancelled: bool = False) -> str:
    """A title that says what is sample content (見本) and what is called off (中止)."""
    marks = [("feeds_public.title_sample", sample), ("feeds_public.title_cancelled", cancelled)]
    for key, wanted in marks:
        title = say(key, tongue, title=title) if wanted else title
    return title if len(title) <= TITLE_MAX else title[: TITLE_MAX - 1] + "…"


def _of_place(here: Here, place: Place, tongue: str, kinds: Mapping[str, Kind], revised: Revised) -> CalendarEvent:
    facts, name = place.facts, cards.named(place, tongue)
    assert facts.schedule  # noqa: S101  # of_places has looked
    url = Ways(here, "").whole("place", lang=tongue, code=place.municipality, id=place.id)
    return CalendarEvent(
        uid=_uid(here, place.id),
        title=marked(name, tongue, sample=place.sample),
        called_off=marked(name, tongue, sample=place.sample, cancelled=True),
        schedule=facts.schedule,
        changed_at=revised.at,
        text="\n\n".join(filter(None, (url, facts.group, facts.description, facts.schedule_note))),
        url=url,
        place_text=" ".join(filter(None, (name, facts.address))),
        position=facts.position,
        sequence=revised.number,
        categories=_category(kinds, facts.kind, tongue),
    )


def _of_post(
    here: Here, post: Post, tongue: str, kinds: Mapping[str, Kind], named: tuple[Group | None, Place | None]
) -> CalendarEvent:
    """``named``: who posted and the place that it is at, as far as readers are told."""
    group, place = named
    facts, cancelled = post.facts, post.state is PostState.CANCELLED
    assert facts.schedule  # noqa: S101  # of_posts has looked
    url = Ways(here, "").whole("post", lang=tongue, code=post.municipality, id=post.id)
    at_home = facts.kind in HELP and place is None
    return CalendarEvent(
        uid=_uid(here, post.id),
        title=marked(facts.title, tongue, sample=post.sample, cancelled=cancelled),
        called_off=marked(facts.title, tongue, sample=post.sample, cancelled=True),
        schedule=facts.schedule,
        changed_at=post.changed_at or post.live_at or UNCHANGED.at,
        text="\n\n".join(filter(None, (url, by(post, group, tongue), why(post, tongue), facts.text))),
        url=url,
        place_text=where_of(here, post, place, tongue),
        position=None if at_home else position(facts.where, place)[0],
        cancelled=cancelled,
        sequence=post.number,
        categories=_category(kinds, facts.kind, tongue),
    )


def by(post: Post, group: Group | None, tongue: str) -> str:
    """Who it is from: a group, or the council for help between residents."""
    if post.facts.kind in HELP:
        return say("card.through_council", tongue)
    return group.name if group else ""


def why(post: Post, tongue: str) -> str:
    """Why it is called off, where it is and somebody said why."""
    if post.state is not PostState.CANCELLED or not post.reason.strip():
        return ""
    return say("feeds_public.cancelled_reason", tongue, reason=post.reason)


def _category(kinds: Mapping[str, Kind], key: str, tongue: str) -> tuple[str, ...]:
    kind = kind_of(kinds, key)
    return (kind.en if tongue == "en" else kind.ja,)


def _uid(here: Here, record_id: str) -> str:
    return f"{record_id}@{urlsplit(here.base).hostname}"
