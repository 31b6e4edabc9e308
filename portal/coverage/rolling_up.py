"""Coverage of the districts of one layer seen from another, often a tier up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import shapely

from portal.by_district import SMALLEST_SHARE, in_force
from portal.model.standard import CoverageState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from portal.coverage.standing import Assessed, Standing
    from portal.model.district import District
    from portal.store import Reader

NESTS: Final = 0.99
"""Outlines of two layers never meet exactly: what lies so far within one district is taken to lie in it."""


class How(StrEnum):
    """What is summed up."""

    NESTING = "nesting"  # whole districts
    PEOPLE = "people"  # shares of the people
    AREA = "area"  # shares of the area


@dataclass(frozen=True, slots=True)
class RolledRow:
    """One upper district."""

    district: District
    amounts: Mapping[CoverageState, float]
    """By state how many lower districts, or which share, 0 to 1, of its people or area lies in districts of it."""
    outside: float
    """The share of its area that lies in no lower district; 0 where whole districts or people are counted."""
    parts: int
    """How many lower districts it has a part in; less than a hundredth of one is a drawing's tolerance."""


@dataclass(frozen=True, slots=True)
class RolledUp:
    """One standard over the districts of another layer."""

    assessed: Assessed
    layer: str
    """Key of the upper layer."""
    how: How
    rows: tuple[RolledRow, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one upper and one lower district have in common; areas in square degrees."""

    upper: int
    standing: Standing
    area: float

    @property
    def of_lower(self) -> float:
        """Which share of the lower district it is."""
        return self.area / float(self.standing.district.geometry.area)


def roll_up(store: Reader, assessed: Assessed, upper_layer: str, today: date) -> RolledUp:
    """How a standard stands in each district of ``upper_layer``, by name.

    Where every lower district lies to 99 % or more in one upper, whole districts are counted. Else it is the share of
    the people, each district's people taken to be spread evenly over its area, where the people of all lower districts
    are known; else the share of the area. Of shares the sum over the states is 1 less what lies in no lower district.
    Areas are compared in degrees: within one district that differs from the truth by less than a thousandth.
    """
    uppers = in_force(store, assessed.standard.municipality, upper_layer, today)
    pieces = _pieces(uppers, assessed.standings)
    how = _how(assessed.standings, pieces)
    if how is How.NESTING:
        pieces = [piece for piece in pieces if piece.of_lower >= NESTS]
    rows = [_row(item, [piece for piece in pieces if piece.upper == at], how) for at, item in enumerate(uppers)]
    return RolledUp(assessed, upper_layer, how, tuple(rows))


def _pieces(uppers: Sequence[District], standings: Sequence[Standing]) -> list[_Piece]:
    if not standings:
        return []
    areas = [item.geometry for item in uppers]
    lower, upper = shapely.STRtree(areas).query([item.district.geometry for item in standings], predicate="intersects")
    pairs = zip(lower.tolist(), upper.tolist(), strict=True)
    cut = [(at, of, float(areas[of].intersection(standings[at].district.geometry).area)) for at, of in pairs]
    return [_Piece(of, standings[at], area) for at, of, area in cut if area > 0]


def _how(standings: Sequence[Standing], pieces: Sequence[_Piece]) -> How:
    nested = {piece.standing.district.id for piece in pieces if piece.of_lower >= NESTS}
    if standings and len(nested) == len(standings):
        return How.NESTING
    known = [item.people for item in standings if item.people is not None]
    return How.PEOPLE if known and len(known) == len(standings) and sum(known) else How.AREA


def _row(upper: District, pieces: Sequence[_Piece], how: How) -> RolledRow:
    amounts = dict.fromkeys(CoverageState, 0.0)
    whole = float(upper.geometry.area) if how is How.AREA else 1.0
    if how is How.PEOPLE:
        whole = sum(_weight(piece, how) for piece in pieces) or 1.0
    for piece in pieces:
        amounts[piece.standing.state] += _weight(piece, how) / whole
    outside = max(0.0, 1 - sum(amounts.values())) if how is How.AREA else 0.0
    parts = sum(piece.of_lower >= SMALLEST_SHARE for piece in pieces)
    return RolledRow(upper, amounts, outside, parts)


def _weight(piece: _Piece, how: How) -> float:
    if how is How.NESTING:
        return 1.0
    return piece.area if how is How.AREA else (piece.standing.people or 0) * piece.of_lower
