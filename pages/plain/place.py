"""A place (場所) as a public page: what it is, when, where, for whom, and whether it can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pages.parts import place_facts
from pages.parts.visit import Visit
from pages.plain import cards, frame, linked, tags, viewed
from pages.plain.sort import MovedError, Page, Sort
from portal.model.kind import EVACUATION_KINDS, WELFARE_SHELTER
from portal.public import shown
from portal.schedules.wording import describe
from portal.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.looking import PlaceView

NAME: Final = "place"


def every(here: Here) -> Iterator[Keys]:
    """Each place that is not gone, in each language."""
    for town in here.store.municipalities():
        for place in shown.places(here.store, town.code):
            for tongue in LANGUAGES:
                yield {"lang": tongue, "code": town.code, "id": place.id}


def make(here: Here, keys: Keys) -> Page:
    """The page of one place; under another municipality's address it has moved to its own."""
    view = viewed.place(here, keys["id"])
    if view.place.municipality != keys["code"]:
        raise MovedError(frame.paths.path(NAME, **{**keys, "code": view.place.municipality}))
    ways = frame.ways(here, NAME, keys)
    tongue = keys["lang"]
    head = frame.Head(
        NAME,
        keys,
        cards.named(view.place, tongue),
        description(view, tongue, here),
        linked=[linked.place(ways, view)],
        app=ways.app("/place", id=view.place.id),
        feeds=calendars(view, tongue),
    )
    return frame.page(here, "place.html", head, _tags(view), view.municipality, **_values(here, ways, view, tongue))


def description(view: PlaceView, tongue: str, here: Here) -> str:
    """Kind, when and where, in one line."""
    facts = view.place.facts
    told = describe(facts.schedule, tongue, here.today) if facts.schedule else facts.schedule_note
    kind = view.kind.en if tongue == "en" else view.kind.ja
    return " / ".join(filter(None, (kind, told, facts.address, facts.description)))


def calendars(view: PlaceView, tongue: str) -> Iterable[tuple[str, str, str]]:
    """Its dates as a calendar, where it has any."""
    if view.place.facts.schedule is None:
        return ()
    keys = {"code": view.place.municipality, "id": view.place.id}
    return [("text/calendar", cards.named(view.place, tongue), frame.paths.path("calendar_place", **keys))]


def _tags(view: PlaceView) -> frozenset[str]:
    about = [view.place.id, *(card.post.id for card in view.posts)]
    return tags.things(about) | {tags.frame(view.place.municipality), tags.DAY}


def _values(here: Here, ways: Ways, view: PlaceView, tongue: str) -> dict[str, Any]:
    facts = view.place.facts
    visit = Visit(tongue, view.municipality, here.store)  # type: ignore[arg-type]  # pages only read
    return {
        "view": view,
        "facts": facts,
        "also": facts.name if cards.named(view.place, tongue) != facts.name else "",
        "kind": visit.kind(view.kind),
        "evacuation": view.kind.key in EVACUATION_KINDS,
        "welfare": view.kind.key == WELFARE_SHELTER,
        "when": describe(facts.schedule, tongue, here.today) if facts.schedule else "",
        "coming": [
            (cards.dated(item, tongue), ways.to("place_day", id=view.place.id, day=item.starts.date().isoformat()))
            for item in view.coming
        ],
        "posts": cards.shown(ways, view.posts, tongue),
        "where": place_facts.where(visit, view),
        "taking_part": place_facts.taking_part(visit, view),
        "contacts": place_facts.in_touch(visit, view),
        "shelter": place_facts.shelter(visit, facts.shelter) if facts.shelter else "",
        "further": place_facts.further(visit, view) if facts.extra else "",
        "districts": [(visit.name(layer), district) for layer, district in view.districts],
    }


SORTS: Final = (Sort(NAME, every, make),)
