"""A spot among which a further place may be chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A spot where a place could be opened: a school, a hall, a knot of a grid."""

    id: str
    name: str
    lon: float
    """Degrees, JGD2011 (EPSG:6668)."""
    lat: float
