"""A small page for a frame on another site (埋め込み): the coming week, each entry leading to its page here.

It has no head and no foot of the portal, no script, no form and nothing of its reader, so that nobody can be led to
press something in it unawares; that is why these pages alone may be framed elsewhere. Nothing stands in it that the
page of the municipality or the district does not list: what is not public is not embedded either (Decidim
CVE-2024-27090).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pages.plain import dated, district, frame, happenings, tags
from pages.plain import municipality as towns
from pages.plain.sort import Page, Sort
from portal import agenda, locate
from portal.query import Query
from portal.words import say

if TYPE_CHECKING:
    from pages.plain.here import Here
    from pages.plain.sort import Keys
    from portal.model.municipality import Municipality

NAME, DISTRICT = "embed", "embed_district"
DAYS: Final = 7
BUDGET: Final = 40
"""So many entries stand in a frame; the page that it leads to has them all."""


class _Wanted(NamedTuple):
    """Whose week: the page in the frame, and the whole page that it leads to."""

    sort: str
    keys: Keys
    town: Municipality
    name: str
    whole: str
    """Key in :data:`pages.plain.paths.PATHS`; it has the same keys."""
    query: Query


def make(here: Here, keys: Keys) -> Page:
    """The coming week of a municipality."""
    town = locate.municipality(here.store, keys["code"])
    name = (town.name_en if keys["lang"] == "en" else "") or town.name
    depends = frozenset({tags.DAY, tags.town(town.code), tags.frame(town.code)})
    return _page(here, _Wanted(NAME, keys, town, name, towns.NAME, Query(town.code, evacuation=False)), depends)


def make_district(here: Here, keys: Keys) -> Page:
    """The coming week of a district; raises what the page of the district raises."""
    known = district.find(here, keys["code"], keys["id"])
    its, code = known.district, known.town.code
    name = (its.name_en if keys["lang"] == "en" else "") or its.name
    query = Query(code, layer=its.layer, districts=(its.id,), evacuation=False)
    depends = frozenset({tags.DAY, tags.inside(its.id), tags.frame(code)})
    return _page(here, _Wanted(DISTRICT, keys, known.town, name, district.NAME, query), depends)


def _page(here: Here, wanted: _Wanted, depends: frozenset[str]) -> Page:
    ways, code = frame.ways(here, wanted.sort, wanted.keys), wanted.town.code
    tongue = wanted.keys["lang"]
    week = agenda.coming(here.store, wanted.query, DAYS, here.now)
    days = [] if wanted.town.disaster_since else [day for day in week.days if day.happenings]
    known = happenings.records(here, code, days, dated.pages(here, code))
    head = frame.Head(
        wanted.sort,
        wanted.keys,
        say("embed.title", tongue, name=wanted.name),
        say("embed.description", tongue, name=wanted.name),
        robots="noindex",
        canonical=ways.whole(wanted.whole, **wanted.keys),
    )
    shown = happenings.listed(ways, known, days, BUDGET)
    about = depends | tags.things({item.id for day in days for item in day.happenings})
    full = ways.to(wanted.whole, **wanted.keys)
    return frame.page(here, "embed.html", head, about, wanted.town, name=wanted.name, days=shown, full=full)


SORTS: Final = (
    Sort(NAME, towns.every, make, listed=False, framed=True),
    Sort(DISTRICT, district.every, make_district, listed=False, framed=True),
)
