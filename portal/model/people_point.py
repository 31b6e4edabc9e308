"""Where people live, as points: cells of a grid (地域メッシュ) or towns and blocks (町丁・字), each with its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from datetime import date

    from portal.model.district import AgeBand
    from portal.model.position import Point
    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class PeoplePoint:
    """The people of one small area, taken to live at its middle."""

    municipality: str
    id: str
    """The area's code in its source: 地域メッシュコード, or 町丁・字コード."""
    position: Point
    """Degrees, JGD2011 (EPSG:6668)."""
    total: int
    as_of: date
    bands: tuple[AgeBand, ...] = ()
    """As far as the source has them; they may leave out people of unknown age."""
    source: Source | None = None

    def __post_init__(self) -> None:
        """Refuse negative counts."""
        counts = [self.total, *(count for band in self.bands for count in (band.men, band.women))]
        if min(counts) < 0:
            raise InvalidRecordError("model.negative_count", name=self.id)
