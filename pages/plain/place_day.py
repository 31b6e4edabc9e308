"""One date of a place (場所の開催日) as a public page: a salon on the second Tuesday, held, moved or called off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from pages.parts import card, place_facts, plain_text
from pages.parts.visit import Visit
from pages.plain import cards, dates, frame, linked, occurrence, tags, viewed
from pages.plain.place import calendars
from pages.plain.sort import MovedError, Page, Sort
from portal.public import shown
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages.plain.here import Here
    from pages.plain.occurrence import About
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.looking import PlaceView
    from portal.schedules.occurrences import Occurrence

NAME: Final = "place_day"


def every(here: Here) -> Iterator[Keys]:
    """The coming dates of each place that is not gone, in each language."""
    return dates.every(here, shown.places)


def make(here: Here, keys: Keys) -> Page:
    """The page of one date; raises UnknownThingError for one on which there is nothing."""
    view = viewed.place(here, keys["id"])
    if view.place.municipality != keys["code"]:
        raise MovedError(frame.paths.path(NAME, **{**keys, "code": view.place.municipality}))
    its = occurrence.about(NAME, keys, view.place.facts.schedule, here.today)
    ways, tongue = frame.ways(here, NAME, keys), keys["lang"]
    events = (linked.place_date(ways, view, one) for one in occurrence.happening(its))
    head = frame.Head(
        NAME,
        keys,
        occurrence.title(cards.named(view.place, tongue), its.day, tongue),
        _description(view, its, tongue),
        linked=[event for event in events if event],
        feeds=list(calendars(view, tongue)),
        robots=occurrence.robots(its),
    )
    return frame.page(
        here,
        "occurrence.html",
        head,
        tags.things([view.place.id]) | {tags.frame(view.place.municipality), tags.DAY},
        view.municipality,
        **_values(here, ways, view),
        **occurrence.values(ways, its, partial(_dated, ways, view)),
    )


def _dated(ways: Ways, view: PlaceView, one: Occurrence) -> dates.Dated:
    page = ways.to(NAME, id=view.place.id, day=one.starts.date().isoformat())
    return dates.dated(one, ways.keys["lang"], page)


def _values(here: Here, ways: Ways, view: PlaceView) -> dict[str, Any]:
    """The place as each of its dates shows it."""
    visit = Visit(ways.keys["lang"], view.municipality, here.store)  # type: ignore[arg-type]  # pages only read
    facts = view.place.facts
    return {
        "name": card.names(visit, view.place),
        "marks": card.sample_mark(visit, view.place),
        "kinds": " ・ ".join((visit.kind(view.kind), visit.name(view.municipality))),
        "off": False,
        "place_gone": False,
        "record_page": ways.to("place", id=view.place.id),
        "screen": ways.app("/place", id=view.place.id),
        "calendar_name": "calendar_place",
        "record_id": view.place.id,
        "by": facts.group,
        "by_page": "",
        "reason": "",
        "is_sample": "place.is_sample" if view.place.sample else "",
        "where": place_facts.rows(visit, *_where(visit, ways, view)),
        "taking_part": place_facts.taking_part(visit, view),
    }


def _where(visit: Visit, ways: Ways, view: PlaceView) -> Iterator[place_facts.Row]:
    """The place as a link to its page, and its address."""
    page = ways.to("place", id=view.place.id)
    name = Markup('<a href="{}"><span>{}</span></a>').format(page, card.names(visit, view.place))
    yield visit.say("post_screen.at"), name
    address = view.place.facts.address
    if address.strip():
        yield visit.say("place.address"), Markup('<span lang="ja">{}</span>').format(plain_text.lines(address))


def _description(view: PlaceView, its: About, tongue: str) -> str:
    """What became of the date, where it is and what is said of it, in one line."""
    sample = say("place.is_sample", tongue) if view.place.sample else ""
    facts = view.place.facts
    told = occurrence.told(its, tongue, off=False)
    return " / ".join(filter(None, (sample, *told, facts.address, facts.description)))


SORTS: Final = (Sort(NAME, every, make),)
