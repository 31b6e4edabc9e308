"""Which municipality a row belongs to: by its code, by polygon, and outside every polygon by its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from portal.assigning import NOWHERE, assign
from portal.designated_cities import city_of_ward
from portal.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely import Geometry

    from portal.model.intake import PlaceRow
    from portal.model.municipality import Municipality
    from portal.store import Reader

CITY_LAYER = "city"


@dataclass(frozen=True, slots=True)
class Belonging:
    """The municipality of each row (None: none of the portal's), and what is doubtful about it."""

    codes: tuple[str | None, ...]
    findings: tuple[Finding, ...]


def belonging(store: Reader, rows: Sequence[PlaceRow], asked: str = "") -> Belonging:
    """Where each row belongs.

    A row with its municipality's own code belongs there. A designated city's row goes to the ward whose official
    outline holds it and, outside every outline, to the ward that its address names. A row without a code goes by
    outline and address too, and to the municipality ``asked`` for where neither says anything.
    """
    known = {item.code: item for item in store.municipalities()}
    outlines = _outlines(store, list(known))
    by_outline = _by_outline(outlines, rows)
    doubts = _Doubts(known, frozenset(code for code, _ in outlines))
    by_authority: dict[str, _Named] = {}
    codes: list[str | None] = []
    findings: list[Finding] = []
    for row, outlined in zip(rows, by_outline, strict=True):
        if row.authority not in by_authority:
            by_authority[row.authority] = _Named(_candidates(known, row.authority))
        named = by_authority[row.authority]
        code = _code(row, outlined, named, asked)
        codes.append(code)
        findings.extend(doubts.of(row, code, outlined, named))
    return Belonging(tuple(codes), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Named:
    """Municipalities that an authority's rows may belong to, and their names as addresses write them."""

    candidates: tuple[Municipality, ...]

    def in_address(self, address: str) -> str | None:
        """The code of the municipality that an address names."""
        squeezed = "".join(address.split())
        return next((item.code for item in self.candidates if item.name in squeezed), None)


def _candidates(known: dict[str, Municipality], authority: str) -> tuple[Municipality, ...]:
    if authority in known:
        return (known[authority],)
    if not authority:
        return tuple(known.values())
    return tuple(item for item in known.values() if city_of_ward(item.code) == authority)


def _code(row: PlaceRow, outlined: str | None, named: _Named, asked: str) -> str | None:
    codes = [item.code for item in named.candidates]
    if row.authority in codes:
        return row.authority
    if outlined in codes:
        return outlined
    by_address = named.in_address(row.facts.address)
    if by_address or row.authority:
        return by_address
    silent = row.facts.position is None and not row.facts.address
    return asked if asked and (silent or _address_is_local(row.facts.address)) else None


def _address_is_local(address: str) -> bool:
    """Whether an address begins with a part of town and names no municipality of its own."""
    head = "".join(address.split())[:12]
    return not any(sign in head for sign in ("都", "道", "府", "県", "市", "区", "郡"))


def _outlines(store: Reader, codes: Sequence[str]) -> list[tuple[str, Geometry]]:
    """The official outlines of the municipalities; approximate ones do not count."""
    return [
        (code, district.geometry)
        for code in codes
        for district in store.districts(code, CITY_LAYER)
        if not district.approximate and district.last_day is None
    ]


def _by_outline(outlines: Sequence[tuple[str, Geometry]], rows: Sequence[PlaceRow]) -> list[str | None]:
    """The municipality whose outline holds each row."""
    points = [row.facts.position for row in rows]
    positions = np.array([(point.lon, point.lat) if point else (np.nan, np.nan) for point in points]).reshape(-1, 2)
    found = assign(positions, [outline for _, outline in outlines]).tolist()
    return [outlines[index][0] if index != NOWHERE else None for index in found]


@dataclass(frozen=True, slots=True)
class _Doubts:
    """What is doubtful about where a row lies."""

    known: dict[str, Municipality]
    outlined: frozenset[str]
    """Municipalities whose official outline is there."""

    def of(self, row: PlaceRow, code: str | None, outlined: str | None, named: _Named) -> list[Finding]:
        """A position in another municipality than the code or the address says, or outside its own."""
        if code is None:
            return []
        by_address = named.in_address(row.facts.address) if len(named.candidates) > 1 else None
        other = next((item for item in (outlined, by_address) if item not in (None, code)), None)
        values = {"name": row.facts.name, "said": self.known[code].name}
        if other is not None:
            values["lies"] = self.known[other].name
            return [Finding(row.line, Severity.DOUBTFUL, "importing.lies_elsewhere", values, row.file)]
        if row.facts.position and outlined is None and code in self.outlined:
            return [Finding(row.line, Severity.DOUBTFUL, "importing.outside_outline", values, row.file)]
        return []
