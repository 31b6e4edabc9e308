"""A municipality (市区町村) as a public page: its districts by layer, its groups, and what is on in the coming week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pages.feeds import links
from pages.plain import cards, frame, tags
from pages.plain.sort import Page, Sort
from portal import by_district, locate
from portal.find import activities
from portal.public import shown
from portal.query import Query, to_params
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages.plain.here import Here
    from pages.plain.sort import Keys

NAME: Final = "municipality"
WEEK: Final = 30
"""So many of the coming week are listed; the calendar has them all."""


def every(here: Here) -> Iterable[Keys]:
    """Each municipality in each language."""
    return [{"lang": tongue, "code": town.code} for tongue in LANGUAGES for town in here.store.municipalities()]


def make(here: Here, keys: Keys) -> Page:
    """The page of one municipality."""
    tongue, code = keys["lang"], keys["code"]
    town = locate.municipality(here.store, code)
    ways = frame.ways(here, NAME, keys)
    name = (town.name_en if tongue == "en" else "") or town.name
    query = Query(code, day="week", evacuation=False)
    found = activities(here.store, query, here.now, WEEK)
    layers = [
        (layer, by_district.in_force(here.store, code, layer.key, here.today)) for layer in here.store.layers(code)
    ]
    head = frame.Head(
        NAME,
        keys,
        say("plain_town.title", tongue, name=name),
        say("plain_town.description", tongue, name=name, count=found.total),
        feeds=links.of_town(code, name, tongue),
        app=ways.app("/", **{key: value for key, value in to_params(query).items() if key != "municipality"}),
    )
    return frame.page(
        here,
        "municipality.html",
        head,
        frozenset({tags.DAY, tags.town(code), tags.frame(code)}),
        town,
        cards=cards.shown(ways, found.cards, tongue),
        total=found.total,
        layers=[(layer, districts) for layer, districts in layers if districts],
        groups=shown.groups(here.store, code),
    )


SORTS: Final = (Sort(NAME, every, make),)
