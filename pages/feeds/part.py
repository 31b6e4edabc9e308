"""What a feed is of: all of a municipality, one district, one kind, one group; with its name, page and filters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pages.plain import paths, tags
from pages.plain.sort import MovedError
from pages.plain.ways import Ways
from portal import by_district, locate
from portal.errors import UnknownThingError
from portal.public import shown
from portal.words import DEFAULT_LANGUAGE, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pages.plain.here import Here
    from pages.plain.sort import Keys


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what is public."""

    name: str
    """As readers know it, in their language."""
    page: str
    """Whole address of the page that shows the same."""
    fixed: Mapping[str, str]
    """The filters of *Find* that its path says."""
    tags: frozenset[str]
    """What it depends on beside the records that are in it."""
    places: frozenset[str] = frozenset()
    """Of a group: ids of the places that it runs, which are found without its name."""
    listed: bool = field(default=True, kw_only=True)
    """Whether the records in it have to be named as what it depends on: not where all of a municipality is."""


def towns(here: Here) -> Iterator[Keys]:
    """Each municipality."""
    for town in here.store.municipalities():
        yield {"code": town.code}


def districts(here: Here) -> Iterator[Keys]:
    """Each district of today, of every layer."""
    for town in here.store.municipalities():
        for layer in here.store.layers(town.code):
            for district in by_district.in_force(here.store, town.code, layer.key, here.today):
                yield {"code": town.code, "id": district.id}


def kinds(here: Here) -> Iterator[Keys]:
    """Each kind of place or post of daily life; shelters and evacuation sites have no dates."""
    for town in here.store.municipalities():
        for kind in here.store.kinds(town.code):
            if not kind.evacuation:
                yield {"code": town.code, "kind": kind.key}


def groups(here: Here) -> Iterator[Keys]:
    """Each group that everybody sees."""
    for town in here.store.municipalities():
        for group in shown.groups(here.store, town.code):
            yield {"code": town.code, "id": group.id}


def town(here: Here, keys: Keys, tongue: str) -> Part:
    """All of a municipality."""
    code = keys["code"]
    page = _page(here, "municipality", tongue, code=code)
    about = frozenset({tags.town(code), tags.frame(code)})
    return Part(town_name(here, code, tongue), page, {}, about, listed=False)


def district(here: Here, keys: Keys, tongue: str, name: str = "calendar_district") -> Part:
    """One district; raises MovedError to ``name`` where it is of another municipality."""
    found = here.store.district(keys["id"])
    if found is None or not found.exists_on(here.today):
        raise UnknownThingError("feeds_public.no_such_district")
    _own(found.municipality, name, keys)
    code = found.municipality
    called = (found.name_en if tongue == "en" else "") or found.name
    whole = say("feeds_public.part_name", tongue, town=town_name(here, code, tongue), part=called)
    page = _page(here, "district", tongue, code=code, id=found.id)
    about = frozenset({tags.inside(found.id), tags.frame(code)})
    return Part(whole, page, {"layer": found.layer, "district": found.id}, about)


def kind(here: Here, keys: Keys, tongue: str) -> Part:
    """One kind of place or post."""
    code = keys["code"]
    its_town = town_name(here, code, tongue)
    found = next((item for item in here.store.kinds(code) if item.key == keys["kind"] and not item.evacuation), None)
    if found is None:
        raise UnknownThingError("feeds_public.no_such_kind")
    whole = say("feeds_public.part_name", tongue, town=its_town, part=found.en if tongue == "en" else found.ja)
    page = _page(here, "municipality", tongue, code=code)
    about = frozenset({tags.town(code), tags.frame(code)})
    return Part(whole, page, {"kind": found.key}, about, listed=False)


def group(here: Here, keys: Keys, tongue: str, name: str = "calendar_group") -> Part:
    """One group, with the places that it runs; raises MovedError to ``name`` where it is another municipality's."""
    view = shown.group(here.store, keys["id"])
    code = view.group.municipality
    _own(code, name, keys)
    page = _page(here, "group", tongue, code=code, id=view.group.id)
    about = frozenset({tags.thing(view.group.id), tags.frame(code)})
    its = frozenset(place.id for place in view.places)
    return Part(view.group.name, page, {"group": view.group.id}, about, its)


def town_name(here: Here, code: str, tongue: str = DEFAULT_LANGUAGE) -> str:
    """A municipality's name; raises UnknownThingError where there is none."""
    found = locate.municipality(here.store, code)
    return (found.name_en if tongue == "en" else "") or found.name


def _own(code: str, name: str, keys: Keys) -> None:
    if code != keys["code"]:
        raise MovedError(paths.path(name, **{**keys, "code": code}))


def _page(here: Here, name: str, tongue: str, **keys: str) -> str:
    return Ways(here, "").whole(name, lang=tongue, **keys)
