"""A list of evacuation sites in parts: what is open first, then, where the list is long, by elementary district."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pages.plain import evacuation_sites
from portal import by_district

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.plain.evacuation_sites import Site
    from pages.plain.here import Here
    from pages.plain.ways import Ways
    from portal.model.place import Place

LAYER: Final = "elementary"
"""Schools are where one flees to: their districts are what a resident knows."""
LONG: Final = 30
"""A longer list is put in parts with a table of contents."""
FULL: Final = 300
"""Of so many the page says everything; of more the name and whether it is open, the rest stands on the site's page."""
MOST: Final = 800
"""So many stand on one page, which stays light enough for a slow line; the others are counted by district."""


class Part(NamedTuple):
    """The sites of one district, or of none."""

    name: str
    """Empty for what lies in no district."""
    japanese: bool
    anchor: str
    total: int
    sites: Sequence[Site]
    address: str
    """Of the district's page; empty for what lies in none."""


def grouped(here: Here, ways: Ways, places: Sequence[Place]) -> dict[str, Any]:
    """What the list's template shows of these sites: ``ready``, ``parts``, ``total``, ``full``."""
    ready, rest = evacuation_sites.groups(places)
    parts = _parts(here, ways, rest) if len(rest) > LONG else []
    if not parts and rest:
        parts = [Part("", japanese=False, anchor="all", total=len(rest), sites=_sites(ways, rest[:MOST]), address="")]
    return {
        "ready": _sites(ways, ready[:MOST]),
        "ready_total": len(ready),
        "parts": parts,
        "total": len(places),
        "full": len(places) <= FULL,
        "divided": len(parts) > 1,
    }


def _parts(here: Here, ways: Ways, places: Sequence[Place]) -> list[Part]:
    """One part a district that has sites; empty where the municipality has no elementary districts."""
    code, tongue = ways.keys["code"], ways.keys["lang"]
    districts = by_district.in_force(here.store, code, LAYER, here.today)
    if not districts:
        return []
    lies = {item.place: item.district for item in here.store.memberships_of(code) if item.layer == LAYER}
    left, parts = MOST, []
    for at, district in enumerate(districts, start=1):
        its = [place for place in places if lies.get(place.id) == district.id]
        name = (district.name_en if tongue == "en" else "") or district.name
        sites = _sites(ways, its[:left])
        left = max(0, left - len(its))
        if its:
            address = ways.to("district", id=district.id)
            parts.append(Part(name, tongue != "ja" and name == district.name, f"d{at}", len(its), sites, address))
    known = {district.id for district in districts}
    outside = [place for place in places if lies.get(place.id) not in known]
    if outside:
        parts.append(
            Part("", japanese=False, anchor="d0", total=len(outside), sites=_sites(ways, outside[:left]), address="")
        )
    return parts


def _sites(ways: Ways, places: Sequence[Place]) -> list[Site]:
    return [evacuation_sites.site(ways, place) for place in places]
