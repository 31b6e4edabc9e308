"""A layer of districts (区域の種類) as a public page: each district with its counts by kind, and what lies in none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pages.plain import frame, records, tags
from pages.plain.sort import Page, Sort
from portal import by_district, locate
from portal.errors import UnknownThingError
from portal.query import Query
from portal.words import LANGUAGES, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from pages.plain.ways import Ways
    from portal.model.district import District
    from portal.model.kind import Kind
    from portal.model.municipality import Layer, Municipality
    from portal.query import Found

NAME: Final = "layer"
ALL: Final = 100_000
"""More than a municipality holds: everything is counted."""
OUTSIDE: Final = 100
"""So many of what lies in no district are named; all are counted."""


class Counted(NamedTuple):
    """One district with what is in it."""

    name: str
    address: str
    approximate: bool
    total: int
    by_kind: Sequence[tuple[str, int]]


def every(here: Here) -> Iterator[Keys]:
    """Each layer that has districts today, in each language."""
    for town in here.store.municipalities():
        for layer in here.store.layers(town.code):
            if by_district.in_force(here.store, town.code, layer.key, here.today):
                for tongue in LANGUAGES:
                    yield {"lang": tongue, "code": town.code, "layer": layer.key}


def make(here: Here, keys: Keys) -> Page:
    """The page of one layer; raises UnknownThingError for one of another municipality, and one without districts."""
    tongue, code = keys["lang"], keys["code"]
    town = locate.municipality(here.store, code)
    layer = next((item for item in here.store.layers(code) if item.key == keys["layer"]), None)
    districts = by_district.in_force(here.store, code, keys["layer"], here.today)
    if layer is None or not districts:
        raise UnknownThingError("server.not_found_text")
    ways = frame.ways(here, NAME, keys)
    found = here.store.find(Query(code, layer=layer.key), here.today, ALL)
    names = {item.name for item in districts}
    outside = [item for item in found if item.district not in names]
    kinds = {kind.key: kind for kind in here.store.kinds(code)}
    return frame.page(
        here,
        "layer.html",
        _head(ways, town, layer, len(districts)),
        frozenset({tags.DAY, tags.town(code), tags.frame(code)}),
        town,
        layer=layer,
        note=(layer.note_en if tongue == "en" else "") or layer.note,
        approximate=any(item.approximate for item in districts),
        counted=_counted(ways, districts, found, kinds),
        outside=records.named(here, ways, [item.place for item in outside[:OUTSIDE]]),
        outside_total=len(outside),
        outside_way=ways.app("/districts", layer=layer.key, district="outside"),
    )


def _head(ways: Ways, town: Municipality, layer: Layer, count: int) -> frame.Head:
    tongue = ways.keys["lang"]
    english = tongue == "en"
    name, its = (layer.name_en if english else "") or layer.name, (town.name_en if english else "") or town.name
    return frame.Head(
        NAME,
        ways.keys,
        say("plain_layer.title", tongue, layer=name),
        say("plain_layer.description", tongue, layer=name, name=its, count=count),
        app=ways.app("/districts", layer=layer.key),
    )


def _counted(
    ways: Ways, districts: Sequence[District], found: Sequence[Found], kinds: Mapping[str, Kind]
) -> list[Counted]:
    """Every district, the empty ones too, with its kinds in their order."""
    tongue = ways.keys["lang"]
    counts = Counter((item.district, item.kind) for item in found)
    shown = []
    for district in districts:
        its = {kind: count for (name, kind), count in counts.items() if name == district.name}
        by_kind = [(_kind(kinds, key, tongue), its[key]) for key in records.in_order(kinds, its)]
        name = (district.name_en if tongue == "en" else "") or district.name
        address = ways.to("district", id=district.id)
        shown.append(Counted(name, address, district.approximate, sum(its.values()), by_kind))
    return shown


def _kind(kinds: Mapping[str, Kind], key: str, tongue: str) -> str:
    kind = kinds.get(key)
    return key if kind is None else kind.en if tongue == "en" else kind.ja


SORTS: Final = (Sort(NAME, every, make),)
