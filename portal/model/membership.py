"""Which district of a layer a place lies in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Membership:
    """A place and its district in one layer; no district is *outside*, which is listed and never dropped."""

    place: str
    layer: str
    district: str | None
    """The district's id, or None for outside."""
