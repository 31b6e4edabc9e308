"""An indicator (指標) of a welfare plan: its values by year and its targets."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError
from portal.model.kind import KEY
from portal.model.municipality import CODE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.model.source import Source


class Better(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"


class Measure(StrEnum):
    """What the portal itself counts, to be set beside the plan's own figures."""

    POSTS = "posts"  # posts that went live in the fiscal year
    PARTICIPANTS = "participants"  # people who took part in courses in the fiscal year


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure that a plan wants to move. Years are fiscal years (年度, from April), western."""

    municipality: str
    key: str
    name: str
    name_en: str
    unit: str
    """``%``, ``人``, ``件`` …"""
    unit_en: str = ""
    values: Mapping[str, float | None] = field(default_factory=dict)
    """By year, ``"2022"``; None where the plan says that there is none. A year that is not there was not measured."""
    targets: Mapping[str, float] = field(default_factory=dict)
    """By year, ``"2026"``; the figure to be reached by its end."""
    progress: Mapping[str, float] = field(default_factory=dict)
    """Within a year, by ISO date, what was reached by that day: ``"2025-08-31"``: 116."""
    better: Better = Better.MORE
    measure: Measure | None = None
    goal: str = ""
    """Key of the :class:`portal.model.goal.Goal` that it belongs to."""
    note: str = ""
    note_en: str = ""
    source: Source | None = None
    order: int = 0
    off: bool = False
    """Put aside by the office: counted and shown nowhere, and kept so that a built-in one does not come back."""

    def __post_init__(self) -> None:
        """Refuse a key that could not stand in an address, a missing name, and years and days that are none."""
        if not CODE.fullmatch(self.municipality):
            raise InvalidRecordError("model.municipality_code", code=self.municipality)
        if not KEY.fullmatch(self.key):
            raise InvalidRecordError("model.kind_key", key=self.key)
        if not self.name.strip() or not self.name_en.strip() or not self.unit.strip():
            raise InvalidRecordError("model.no_name")
        if not all(year.isdecimal() and len(year) == len("2022") for year in (*self.values, *self.targets)):
            raise InvalidRecordError("indicator.bad_year")
