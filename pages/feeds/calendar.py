"""Calendars to subscribe to (iCalendar): all dates of a municipality, a district, a kind, a group, a post or a place.

A calendar holds every record with a schedule that *Find* finds by the same filters. What is over leaves it the day
after, as it leaves *Find*; the calendar of one post or place holds that one for as long as it is public.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from geodata import icalendar_file
from pages.feeds import asked, event, found, part
from pages.plain import paths, tags
from pages.plain.sort import MovedError, Page, Sort
from portal.errors import UnknownThingError
from portal.model.feed import CalendarAbout
from portal.public import shown
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pages.feeds.part import Part
    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from portal.model.feed import CalendarEvent

    PartOf = Callable[[Here, Keys, str], Part]

MEDIA: Final = "text/calendar; charset=utf-8"
HOURS: Final = 1
"""After so many hours a program that subscribes should look again: what is called off this morning is today's."""


def many(name: str, of: PartOf, here: Here, keys: Keys, params: Mapping[str, str]) -> Page:
    """The calendar of a part, narrowed by ``params``."""
    tongue = asked.tongue(params)
    one = of(here, keys, tongue)
    records = found.records(here, one, keys["code"], params)
    events = [*event.of_places(here, records.places, tongue), *event.of_posts(here, records.posts, tongue)]
    title = say("feeds_public.calendar_name", tongue, name=one.name)
    if set(params) - {"lang", *one.fixed}:
        title = say("feeds_public.narrowed", tongue, name=title)
    about = CalendarAbout(
        title, say("feeds_public.calendar_about", tongue), one.page, _source(here, name, keys, params), HOURS
    )
    return _page(here, events, about, found.tags_of(one, records))


def _post(here: Here, keys: Keys, params: Mapping[str, str]) -> Page:
    """The calendar of one post; raises GoneError for one that is not public any more."""
    tongue = asked.tongue(params)
    post = shown.post(here.store, keys["id"], here.now).post
    _check("calendar_post", keys, post.municipality, has_dates=post.facts.schedule is not None)
    named = [post.id, post.group, *filter(None, [post.facts.where.place])]
    return _single(here, "calendar_post", keys, params, event.of_posts(here, [post], tongue), tags.things(named))


def _place(here: Here, keys: Keys, params: Mapping[str, str]) -> Page:
    """The calendar of one place; raises GoneError for one that its source no longer holds."""
    tongue = asked.tongue(params)
    place = shown.place(here.store, keys["id"], here.now, here.settings.freshness_days).place
    _check("calendar_place", keys, place.municipality, has_dates=place.facts.schedule is not None)
    about = tags.things([place.id])
    return _single(here, "calendar_place", keys, params, event.of_places(here, [place], tongue), about)


def _check(name: str, keys: Keys, code: str, *, has_dates: bool) -> None:
    if code != keys["code"]:
        raise MovedError(paths.path(name, **{**keys, "code": code}))
    if not has_dates:
        raise UnknownThingError("feeds_public.no_dates")


def _single(  # noqa: PLR0913, PLR0917  # whose calendar it is, and what it depends on
    here: Here, name: str, keys: Keys, params: Mapping[str, str], events: Iterable[CalendarEvent], about: frozenset[str]
) -> Page:
    (one,) = events
    told = say("feeds_public.calendar_one", asked.tongue(params))
    head = CalendarAbout(one.title, told, one.url, _source(here, name, keys, params), HOURS)
    return _page(here, [one], head, about | {tags.frame(keys["code"]), tags.DAY})


def _page(here: Here, events: Iterable[CalendarEvent], about: CalendarAbout, named: frozenset[str]) -> Page:
    return Page(icalendar_file.write(events, about, here.today), named, MEDIA)


def _source(here: Here, name: str, keys: Keys, params: Mapping[str, str]) -> str:
    """Where the same calendar is fetched again."""
    query = urlencode(sorted(params.items()))
    return f"{here.base}/{paths.path(name, **keys)}" + (f"?{query}" if query else "")


def _posts(here: Here) -> Iterator[Keys]:
    """Each post with a schedule."""
    for town in here.store.municipalities():
        for post in shown.posts(here.store, town.code):
            if post.facts.schedule:
                yield {"code": town.code, "id": post.id}


def _places(here: Here) -> Iterator[Keys]:
    """Each place with a schedule."""
    for town in here.store.municipalities():
        for place in shown.places(here.store, town.code):
            if place.facts.schedule:
                yield {"code": town.code, "id": place.id}


def _sort(
    name: str, every: Callable[[Here], Iterable[Keys]], filtered: Callable[[Here, Keys, Mapping[str, str]], Page]
) -> Sort:
    return Sort(name, every, lambda here, keys: filtered(here, keys, {}), filtered=filtered, listed=False, shared=True)


SORTS: Final = (
    _sort("calendar", part.towns, partial(many, "calendar", part.town)),
    _sort("calendar_district", part.districts, partial(many, "calendar_district", part.district)),
    _sort("calendar_kind", part.kinds, partial(many, "calendar_kind", part.kind)),
    _sort("calendar_group", part.groups, partial(many, "calendar_group", part.group)),
    _sort("calendar_post", _posts, _post),
    _sort("calendar_place", _places, _place),
)
