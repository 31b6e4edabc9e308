"""A district (区域) as a public page: the coming four weeks, its places by kind, where to flee, its groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markupsafe import Markup

from pages.feeds import links
from pages.parts import record_marks
from pages.parts.visit import Visit
from pages.plain import dated, district_lists, frame, happenings, linked, tags
from pages.plain.sort import Page, Sort
from portal import agenda, by_district, locate
from portal.errors import GoneError, UnknownThingError
from portal.query import Query
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pages.plain.district_lists import Lists
    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.model.district import District
    from portal.model.municipality import Layer, Municipality

NAME: Final = "district"
AHEAD_DAYS: Final = 28
OFTEN: Final = 11
"""What is on more often is told once, with its rule."""
BUDGET: Final = 80
"""So many entries of the coming weeks are listed; the calendar has them all."""


class Known(NamedTuple):
    """A district with what it belongs to."""

    district: District
    layer: Layer
    town: Municipality


def every(here: Here) -> Iterator[Keys]:
    """Each district that exists today, in each language."""
    for town in here.store.municipalities():
        for layer in here.store.layers(town.code):
            for district in by_district.in_force(here.store, town.code, layer.key, here.today):
                for tongue in LANGUAGES:
                    yield {"lang": tongue, "code": town.code, "id": district.id}


def make(here: Here, keys: Keys) -> Page:
    """The page of one district; raises UnknownThingError for another municipality's, GoneError for a former one."""
    known = find(here, keys["code"], keys["id"])
    ways = frame.ways(here, NAME, keys)
    code, district = known.town.code, known.district
    query = Query(code, layer=district.layer, districts=(district.id,))
    lists = district_lists.lists(here, ways, query)
    values = _values(here, ways, known, lists)
    about = tags.things([*lists.ids, *(group.id for group in lists.groups)])
    depends = about | {tags.DAY, tags.inside(district.id), tags.frame(code)}
    return frame.page(here, "district.html", _head(ways, known), depends, known.town, **values)


def find(here: Here, code: str, district_id: str) -> Known:
    """The district of this id in a municipality; raises GoneError for one that no longer exists."""
    town = locate.municipality(here.store, code)
    district = here.store.district(district_id)
    layer = district and next((one for one in here.store.layers(code) if one.key == district.layer), None)
    if district is None or layer is None or district.municipality != code:
        raise UnknownThingError("server.not_found_text")
    if district.last_day and district.last_day < here.today:
        raise GoneError("plain_district.gone", name=district.name)
    if not district.exists_on(here.today):
        raise UnknownThingError("server.not_found_text")
    return Known(district, layer, town)


def _head(ways: Ways, known: Known) -> frame.Head:
    tongue, code, its = ways.keys["lang"], known.town.code, known.district
    english = tongue == "en"
    name, town = (
        (its.name_en if english else "") or its.name,
        (known.town.name_en if english else "") or known.town.name,
    )
    layer = (known.layer.name_en if english else "") or known.layer.name
    return frame.Head(
        NAME,
        ways.keys,
        name,
        say("plain_district.description", tongue, district=name, layer=layer, name=town),
        linked=[area(ways, known)],
        app=ways.app("/districts", layer=its.layer, district=its.id),
        feeds=links.of_district(code, its.id, name, tongue),
    )


def area(ways: Ways, known: Known) -> Mapping[str, Any]:
    """The district as an area (https://schema.org/AdministrativeArea) in its municipality."""
    its, town = known.district, known.town
    said = {
        "@context": linked.CONTEXT,
        "@type": "AdministrativeArea",
        "@id": ways.whole("district", id=its.id),
        "name": its.name,
        "alternateName": its.name_en,
        "url": ways.whole("district", id=its.id),
        "containedInPlace": {"@type": "AdministrativeArea", "name": town.name, "url": ways.whole("municipality")},
    }
    return {key: value for key, value in said.items() if value}


def _values(here: Here, ways: Ways, known: Known, lists: Lists) -> dict[str, Any]:
    its, code = known.district, known.town.code
    query = Query(code, layer=its.layer, districts=(its.id,), evacuation=False)
    coming = agenda.coming(here.store, query, AHEAD_DAYS, here.now)
    without, often = happenings.apart(coming.days, OFTEN)
    days = [day for day in without if day.happenings]
    behind = happenings.records(here, code, days, dated.pages(here, code))
    visit = Visit(ways.keys["lang"], known.town, here.store)  # type: ignore[arg-type]  # pages only read
    return {
        "known": known,
        "lists": lists,
        "days": happenings.listed(ways, behind, days, BUDGET),
        "often": happenings.often_open(here, ways, often),
        "complete": coming.complete,
        "source": record_marks.source(visit, its.source) if its.source.name else Markup(""),
    }


SORTS: Final = (Sort(NAME, every, make),)
