"""Records that are likely the same place: near each other and alike in name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from portal.model.kind import EVACUATION_KINDS, EVENT, FACILITY
from portal.model.position import distance_m
from portal.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.model.place import Place

NEAR_M: Final = 100
"""The same school is up to 78 m apart between two published files (median 22 m)."""
ALIKE: Final = 0.88
"""Ratio of matching characters (Ratcliff and Obershelp) from which two names count as alike."""
OWNER: Final = re.compile(r"^(?:.{1,6}?[都道府県])?(?:.{1,7}?[市区町村])?(?:立|営)")
NOISE: Final = re.compile(r"[\s・（）()「」『』\-]|見本")
TELLING: Final = re.compile(r"\d+|[一二三四五六七八九十東西南北上中下新旧]")
"""Signs that tell neighbours apart: 第1・第2, 東・西. Names that differ in them are two places."""
DEGREES_PER_M: Final = 1 / 111_000
"""One metre in degrees of latitude; in longitude it is a little more, so the search is widened by half."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two records that may be one place, and how far they are apart in metres."""

    one: Place
    other: Place
    distance_m: float


def likely(places: Sequence[Place], among: frozenset[str] | None = None) -> list[Likely]:
    """Pairs of places that may be the same, each once; with ``among`` only pairs with one of these ids.

    Samples and what is gone are left out. A site in two lists of evacuation sites is one record in each, no duplicate.
    """
    kept = [place for place in places if place.facts.position and place.gone_on is None and not place.sample]
    names = [bare_name(place.facts.name) for place in kept]
    pairs = []
    for first, second in _near(kept):
        one, other = kept[first], kept[second]
        wanted = among is None or one.id in among or other.id in among
        same_name = names[first] == names[second]
        may_differ = one.facts.kind != EVENT  # two events of a series are alike in name and place, and still two
        if (
            wanted
            and _comparable(one.facts.kind, other.facts.kind)
            and (same_name or (may_differ and alike(names[first], names[second])))
        ):
            pairs.append(Likely(one, other, _apart(one, other)))
    return pairs


def bare_name(name: str) -> str:
    """A name without who owns it and without signs: 「大阪市立 磯路小学校」 is 「磯路小学校」."""
    text = NOISE.sub("", fold(name))
    return OWNER.sub("", text) or text


def alike(one: str, other: str) -> bool:
    """Whether two bare names may be the same; names that differ in a telling sign never are."""
    if one == other:
        return True
    if TELLING.findall(one) != TELLING.findall(other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _comparable(one: str, other: str) -> bool:
    """The same kind, or a public building that is a shelter, too."""
    return one == other or (FACILITY in (one, other) and bool({one, other} & EVACUATION_KINDS))


def _near(places: Sequence[Place]) -> list[tuple[int, int]]:
    """Pairs of indexes, each once, that are at most ``NEAR_M`` apart."""
    if not places:
        return []
    points = shapely.points(
        [(place.facts.position.lon, place.facts.position.lat) for place in places if place.facts.position]
    )
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=1.5 * NEAR_M * DEGREES_PER_M)
    once = one < other
    pairs = np.column_stack((one[once], other[once])).tolist()
    return [(first, second) for first, second in pairs if _apart(places[first], places[second]) <= NEAR_M]


def _apart(one: Place, other: Place) -> float:
    if one.facts.position is None or other.facts.position is None:
        return float("inf")
    return distance_m(one.facts.position, other.facts.position)
