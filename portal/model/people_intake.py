"""What a reader of a table of where people live hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from portal.model.district import AgeBand
    from portal.model.finding import Finding
    from portal.model.position import Point
    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """One cell of a grid, one point or one part of town as a file gives it."""

    line: int
    id: str
    """地域メッシュコード, or the area's name, or a number made of the position."""
    total: int
    position: Point | None = None
    """Degrees, JGD2011 (EPSG:6668): the middle of the cell. None where the area's name has to be looked up."""
    bands: tuple[AgeBand, ...] = ()
    """Bands that do not overlap. Where the file does not tell men from women, all are counted as ``women``."""
    as_of: date | None = None
    """None where the file does not say: then the import's source has to."""
    authority: str = ""
    """Five-digit code of the municipality, where the file has it."""
    file: str = ""


@dataclass(frozen=True, slots=True)
class PeopleIntake:
    """All rows of one or more files."""

    rows: tuple[PeopleRow, ...]
    findings: tuple[Finding, ...]
    read: int
    source: Source
