"""An address as a position: by the gazetteer (町丁目・街区), else by the places that are known there."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from portal.address import normalise, prefixes
from portal.errors import UnknownThingError
from portal.model.position import Point, Precision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.model.municipality import Municipality
    from portal.store import Reader

_KNOWN: WeakKeyDictionary[Reader, dict[str, tuple[str, Mapping[str, Located]]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Located:
    """Where an address is, how well that is known, and the part of the address that was found."""

    point: Point
    precision: Precision
    matched: str


def municipality(store: Reader, code: str) -> Municipality:
    """The municipality of that code; raises UnknownThingError where there is none."""
    found = next((item for item in store.municipalities() if item.code == code), None)
    if found is None:
        raise UnknownThingError("locate.no_municipality", code=code)
    return found


def address(store: Reader, code: str, text: str) -> Located | None:
    """The position of ``text`` within a municipality, by the longest part of it that is known; None where none is.

    Raises UnknownThingError where there is no such municipality.
    """
    known = _known(store, municipality(store, code))
    wanted = prefixes(normalise(text, municipality(store, code).name))
    return next((known[part] for part in wanted if part in known), None)


def _known(store: Reader, of: Municipality) -> Mapping[str, Located]:
    """Every known part of an address, made again when the store has changed."""
    by_code = _KNOWN.setdefault(store, {})
    version = store.data_version()
    if of.code not in by_code or by_code[of.code][0] != version:
        by_code[of.code] = (version, _from_places(store, of) | _from_gazetteer(store, of))
    return by_code[of.code][1]


def _from_gazetteer(store: Reader, of: Municipality) -> dict[str, Located]:
    exact: dict[str, Located] = {}
    towns: dict[str, list[Point]] = {}
    for item in store.gazetteer(of.code):
        key = normalise(item.town + item.block, of.name)
        exact.setdefault(key, Located(item.position, item.precision, key))
        for shorter in prefixes(key)[1:]:
            towns.setdefault(shorter, []).append(item.position)
    return {key: _middle(key, points) for key, points in towns.items()} | exact


def _from_places(store: Reader, of: Municipality) -> dict[str, Located]:
    """Towns and blocks as the middle of the places that are known in them; samples are not at their address."""
    parts: dict[str, list[Point]] = {}
    for place in store.places_of(of.code):
        if place.facts.position and place.facts.precision is Precision.EXACT and not place.sample:
            for part in prefixes(normalise(place.facts.address, of.name)):
                parts.setdefault(part, []).append(place.facts.position)
    return {part: _middle(part, points) for part, points in parts.items()}


def _middle(part: str, points: list[Point]) -> Located:
    middle = Point(fmean(point.lon for point in points), fmean(point.lat for point in points))
    return Located(middle, Precision.BLOCK if part.count("-") else Precision.TOWN, part)
