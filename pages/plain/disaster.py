"""What public pages say first while a municipality's office has them in their form for a disaster (災害対応).

The pages that one flees by begin with which welfare evacuation sites (福祉避難所) are open, the open ones first, and
with the shelters and sites that were opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pages.parts import days
from pages.plain import evacuation_sites
from portal.model.kind import WELFARE_SHELTER
from portal.public import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages.plain.evacuation_sites import Site
    from pages.plain.ways import Ways
    from portal.model.municipality import Municipality
    from portal.model.place import Place

FIRST: Final = frozenset({"municipality", "evacuation"})
"""Pages that begin with the sites; all others bear the line alone."""
SHOWN: Final = 30
"""So many of each are listed; their page has them all."""


class Listed(NamedTuple):
    """Sites of a sort: the first of them, and how many there are."""

    sites: Sequence[Site]
    total: int
    open: int


class Said(NamedTuple):
    """What a page says of the disaster."""

    since: str
    """In words: ``2026年11月22日 9:00``."""
    welfare: Listed | None
    """The welfare evacuation sites, whatever their state; None on pages that do not begin with them."""
    open: Listed | None
    """The other sites that are open."""


def said(ways: Ways, name: str, town: Municipality) -> Said | None:
    """What the page of this name says; None in daily life."""
    if town.disaster_since is None:
        return None
    since = days.moment(town.disaster_since, ways.keys.get("lang", "ja"))
    if name not in FIRST:
        return Said(since, None, None)
    sites = [item for item in shown.places(ways.here.store, town.code) if item.facts.kind in evacuation_sites.KINDS]
    welfare = [item for item in sites if item.facts.kind == WELFARE_SHELTER]
    others = [item for item in sites if item.facts.kind != WELFARE_SHELTER and evacuation_sites.is_open(item)]
    return Said(since, _listed(ways, welfare), _listed(ways, others))


def _listed(ways: Ways, places: Sequence[Place]) -> Listed:
    ordered = evacuation_sites.in_order(places)
    ready = sum(map(evacuation_sites.is_open, places))
    return Listed([evacuation_sites.site(ways, place) for place in ordered[:SHOWN]], len(places), ready)
