"""Coverage as it stood on a day, kept so that later years can be compared with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from portal.model.standard import CoverageState


@dataclass(frozen=True, slots=True)
class CoverageSnapshot:
    """One district against one standard on one day."""

    municipality: str
    day: date
    standard: str
    """Key of the standard."""
    district: str
    """The district's name."""
    state: CoverageState
    figure: float | None
    people: int | None
    records: int
