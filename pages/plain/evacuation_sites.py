"""Evacuation sites as public pages list them: at once to be read, the open ones first, the three kinds never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pages.parts import days
from pages.plain import cards
from portal.model.kind import EMERGENCY_SITE, SHELTER, WELFARE_SHELTER
from portal.model.shelter import Hazard, Opening, ShelterFacts
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pages.plain.ways import Ways
    from portal.model.place import Place

KINDS: Final = (EMERGENCY_SITE, SHELTER, WELFARE_SHELTER)
"""In the order in which one needs them: flee, stay, be cared for."""
_ORDER: Final = (Opening.OPEN, Opening.FULL, Opening.UNKNOWN, Opening.CLOSED)
"""What is open comes first, what is known to be closed last."""


class Site(NamedTuple):
    """One site."""

    name: str
    japanese: bool
    """Whether the name is Japanese on a page in another language."""
    address: str
    """Of its page."""
    where: str
    state: str
    """Whether it is open and since when; empty where nobody has said, which the page says once for all."""
    open: bool
    said: bool
    """Whether anybody has said of its state."""
    hazards: Sequence[str]
    capacity: str
    accepts: str
    """Verbatim; only of welfare evacuation sites."""
    welfare: bool
    same: bool
    """Whether the other list has a site at the same address."""
    sample: bool


def in_order(places: Iterable[Place]) -> list[Place]:
    """What is open first, then by reading or name."""
    return sorted(places, key=lambda place: (_rank(place), place.facts.name_kana or place.facts.name, place.id))


def groups(places: Sequence[Place]) -> tuple[list[Place], list[Place]]:
    """What is open, full ones too, and all others; each in order."""
    ordered = in_order(places)
    ready = [place for place in ordered if _rank(place) <= _ORDER.index(Opening.FULL)]
    return ready, ordered[len(ready) :]


def is_open(place: Place) -> bool:
    """Whether somebody has said that it is open, and not full."""
    return place.facts.shelter is not None and place.facts.shelter.opening is Opening.OPEN


def site(ways: Ways, place: Place) -> Site:
    """A place of an evacuation kind as a page in the ways' language shows it."""
    tongue, facts = ways.keys["lang"], place.facts
    shelter = facts.shelter or ShelterFacts()
    name = cards.named(place, tongue)
    welfare = facts.kind == WELFARE_SHELTER
    return Site(
        name=name,
        japanese=tongue != "ja" and name == facts.name,
        address=ways.to("place", id=place.id),
        where=facts.address,
        state="" if shelter.opening is Opening.UNKNOWN and not welfare else state(shelter, tongue),
        open=is_open(place),
        said=shelter.opening is not Opening.UNKNOWN,
        hazards=[say(f"hazard.{item}", tongue) for item in Hazard if item in shelter.hazards],
        capacity="" if shelter.capacity is None else say("place.people", tongue, count=f"{shelter.capacity:,}"),
        accepts=shelter.accepts.strip() if welfare else "",
        welfare=welfare,
        same=shelter.same_site,
        sample=place.sample,
    )


def state(shelter: ShelterFacts, tongue: str) -> str:
    """Whether it is open now, and since when."""
    said = say(f"opening.{shelter.opening}", tongue)
    if shelter.opened_since is None:
        return said
    return say("evacuation.opening_since", tongue, state=said, since=days.moment(shelter.opened_since, tongue))


def _rank(place: Place) -> int:
    return _ORDER.index((place.facts.shelter or ShelterFacts()).opening)
