"""Evacuation (ひなん) as public pages: the three kinds explained apart, and lists by kind and by hazard.

They are read in a disaster, on any device, at once: no photos, no map, no script. A welfare evacuation site
(福祉避難所) never stands among the others, always says whom it accepts, and is never called near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.plain import evacuation_sites, frame, tags
from pages.plain.evacuation_groups import grouped
from pages.plain.sort import Page, Sort
from portal import locate
from portal.errors import UnknownThingError
from portal.model.kind import EMERGENCY_SITE, WELFARE_SHELTER
from portal.model.shelter import Hazard
from portal.public import shown
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.model.municipality import Municipality
    from portal.model.place import Place

ALL, KIND, HAZARD = "evacuation", "evacuation_kind", "evacuation_hazard"
OPEN_SHOWN: Final = 100
"""So many open ones of each kind stand on the first page."""


class OfKind(NamedTuple):
    """One of the three kinds on the first page."""

    kind: str
    total: int
    open: Sequence[evacuation_sites.Site]
    open_total: int
    address: str


class OfHazard(NamedTuple):
    """One hazard with how many sites are designated for it."""

    name: str
    total: int
    address: str


def every(here: Here) -> Iterator[Keys]:
    """One page for each municipality in each language."""
    for town in here.store.municipalities():
        for tongue in LANGUAGES:
            yield {"lang": tongue, "code": town.code}


def every_kind(here: Here) -> Iterator[Keys]:
    """The three kinds of each; one that a municipality has none of says so."""
    return ({**keys, "kind": kind} for keys in every(here) for kind in evacuation_sites.KINDS)


def every_hazard(here: Here) -> Iterator[Keys]:
    """All hazards of each; that no site is designated for one has to be known, too."""
    return ({**keys, "hazard": hazard.value} for keys in every(here) for hazard in Hazard)


def make(here: Here, keys: Keys) -> Page:
    """What each kind is for, what is open now, and the ways to the lists."""
    town, ways, places = _asked(here, ALL, keys)
    kinds = [
        _of_kind(ways, kind, [item for item in places if item.facts.kind == kind]) for kind in evacuation_sites.KINDS
    ]
    hazards = [_of_hazard(ways, hazard, places) for hazard in Hazard]
    title = say("evacuation.title", keys["lang"], name=_name(town, keys["lang"]))
    said = say("plain_evacuation.description", keys["lang"], name=_name(town, keys["lang"]), count=len(places))
    return _page(here, "evacuation.html", _head(ways, ALL, title, said, {}), town, kinds=kinds, hazards=hazards)


def make_kind(here: Here, keys: Keys) -> Page:
    """All sites of one kind; raises UnknownThingError for a kind that is none of the three."""
    if keys["kind"] not in evacuation_sites.KINDS:
        raise UnknownThingError("server.not_found_text")
    town, ways, places = _asked(here, KIND, keys)
    its = [place for place in places if place.facts.kind == keys["kind"]]
    name = say(f"evacuation.results_{keys['kind']}", keys["lang"])
    title = say("plain_evacuation.kind_title", keys["lang"], kind=name, name=_name(town, keys["lang"]))
    said = say(
        "plain_evacuation.kind_description", keys["lang"], kind=name, name=_name(town, keys["lang"]), count=len(its)
    )
    head = _head(ways, KIND, title, said, {"kind": keys["kind"]})
    return _page(
        here, "evacuation_list.html", head, town, kind=keys["kind"], hazard="", unsaid=0, **grouped(here, ways, its)
    )


def make_hazard(here: Here, keys: Keys) -> Page:
    """The evacuation sites for one hazard; raises UnknownThingError for what is no hazard."""
    if keys["hazard"] not in set(Hazard):
        raise UnknownThingError("server.not_found_text")
    town, ways, places = _asked(here, HAZARD, keys)
    hazard = Hazard(keys["hazard"])
    sites = [place for place in places if place.facts.kind == EMERGENCY_SITE]
    its = [place for place in sites if place.facts.shelter and hazard in place.facts.shelter.hazards]
    unsaid = sum(1 for place in sites if not (place.facts.shelter and place.facts.shelter.hazards))
    name = say(f"hazard.{hazard}", keys["lang"])
    title = say("plain_evacuation.hazard_title", keys["lang"], hazard=name, name=_name(town, keys["lang"]))
    said = say(
        "plain_evacuation.hazard_description", keys["lang"], hazard=name, name=_name(town, keys["lang"]), count=len(its)
    )
    head = _head(ways, HAZARD, title, said, {"kind": EMERGENCY_SITE, "hazard": hazard.value})
    values = grouped(here, ways, its)
    return _page(here, "evacuation_list.html", head, town, kind=EMERGENCY_SITE, hazard=name, unsaid=unsaid, **values)


def _asked(here: Here, name: str, keys: Keys) -> tuple[Municipality, Ways, list[Place]]:
    """The municipality, the ways of its page, and its evacuation sites."""
    town = locate.municipality(here.store, keys["code"])
    places = [item for item in shown.places(here.store, town.code) if item.facts.kind in evacuation_sites.KINDS]
    return town, frame.ways(here, name, keys), places


def _head(ways: Ways, name: str, title: str, said: str, params: dict[str, str]) -> frame.Head:
    return frame.Head(name, ways.keys, title, said, app=ways.app("/evacuation", **params))


def _page(here: Here, template: str, head: frame.Head, town: Municipality, **values: Any) -> Page:  # noqa: ANN401  # whatever the template shows
    """A page of evacuation sites; it depends on any of the municipality's."""
    # Of the day, too, as districts begin and end with one.
    depends = frozenset({tags.DAY, tags.town(town.code), tags.frame(town.code)})
    return frame.page(here, template, head, depends, town, welfare=WELFARE_SHELTER, **values)


def _of_kind(ways: Ways, kind: str, places: Sequence[Place]) -> OfKind:
    ready, _ = evacuation_sites.groups(places)
    sites = [evacuation_sites.site(ways, place) for place in ready[:OPEN_SHOWN]]
    return OfKind(kind, len(places), sites, len(ready), ways.to(KIND, kind=kind))


def _of_hazard(ways: Ways, hazard: Hazard, places: Sequence[Place]) -> OfHazard:
    count = sum(
        1
        for place in places
        if place.facts.kind == EMERGENCY_SITE and place.facts.shelter and hazard in place.facts.shelter.hazards
    )
    return OfHazard(say(f"hazard.{hazard}", ways.keys["lang"]), count, ways.to(HAZARD, hazard=hazard.value))


def _name(town: Municipality, tongue: str) -> str:
    return (town.name_en if tongue == "en" else "") or town.name


SORTS: Final = (Sort(ALL, every, make), Sort(KIND, every_kind, make_kind), Sort(HAZARD, every_hazard, make_hazard))
