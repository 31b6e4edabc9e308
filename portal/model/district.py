"""A district (区域): one piece of a layer, with its days, its source and the people who live there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from datetime import date

    from shapely import MultiPolygon, Polygon

    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class District:
    """An area with a name, for the days on which it exists.

    Districts change: in April 2024 上荘小, 平荘小 and 両荘中 of 加古川市 became one school.
    """

    id: str
    municipality: str
    layer: str
    name: str
    geometry: Polygon | MultiPolygon
    """Degrees, JGD2011 (EPSG:6668), longitude first."""
    source: Source
    approximate: bool = False
    """おおよその区域: the area nearest to its school, until an official outline is imported."""
    first_day: date | None = None
    last_day: date | None = None
    name_en: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a district without a name or area, or one that ends before it begins."""
        if not self.name.strip():
            raise InvalidRecordError("model.no_name")
        if self.geometry.is_empty:
            raise InvalidRecordError("model.empty_area", name=self.name)
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise InvalidRecordError("model.ends_before_start", first=self.first_day, last=self.last_day)

    def exists_on(self, day: date) -> bool:
        """Whether the district is in force on ``day``."""
        return (self.first_day is None or self.first_day <= day) and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class AgeBand:
    """People of one span of ages, both ends included; ``high`` None is "and over"."""

    low: int
    high: int | None
    men: int
    women: int


@dataclass(frozen=True, slots=True)
class Population:
    """The people of one district on one day (地域・年齢別人口)."""

    municipality: str
    layer: str
    district: str
    """The district's name: figures outlive the outline that they were counted in."""
    as_of: date
    total: int
    men: int
    women: int
    bands: tuple[AgeBand, ...] = ()
    households: int | None = None
    source: Source | None = None

    def __post_init__(self) -> None:
        """Refuse negative counts."""
        counts = [self.total, self.men, self.women, self.households or 0]
        counts += [count for band in self.bands for count in (band.men, band.women)]
        if min(counts) < 0:
            raise InvalidRecordError("model.negative_count", name=self.district)
