"""What a reader of a format hands over: rows that name their line, and what it has to say about the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from portal.model.district import AgeBand
    from portal.model.finding import Finding
    from portal.model.place import PlaceFacts
    from portal.model.position import Point, Precision
    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place as a file gives it, before it is known in which municipality of the portal it lies."""

    line: int
    authority: str
    """Five-digit code of whoever published the row; for a designated city the city's, not the ward's. May be empty."""
    dataset: str
    """Which file that is published again and again it is from, e.g. ``shelters/1/27100``."""
    record: str
    """The source's id there, or one made of name and address."""
    facts: PlaceFacts
    verified_on: date | None = None
    """最終確認日, where the file has it."""
    file: str = ""


@dataclass(frozen=True, slots=True)
class PlaceIntake:
    """All rows of the places of one or more files."""

    rows: tuple[PlaceRow, ...]
    findings: tuple[Finding, ...]
    read: int
    """Data rows in the files, the refused ones counted."""
    source: Source
    """What the format itself says of name, terms and credit; options of the command may override it."""
    unknown_columns: tuple[str, ...] = ()
    """Columns that no field takes; their values are in ``facts.extra``."""


@dataclass(frozen=True, slots=True)
class PopulationRow:
    """The people of one area as a file gives them; ``area`` is the district's name as written."""

    line: int
    authority: str
    area: str
    as_of: date
    total: int
    men: int
    women: int
    bands: tuple[AgeBand, ...]
    households: int | None = None


@dataclass(frozen=True, slots=True)
class PopulationIntake:
    """All rows of a population table."""

    rows: tuple[PopulationRow, ...]
    findings: tuple[Finding, ...]
    read: int
    source: Source


@dataclass(frozen=True, slots=True)
class GazetteerRow:
    """One 町丁目 or 街区 point as a file gives it."""

    line: int
    authority: str
    """Five-digit code where the file has it, else empty: then ``city`` decides."""
    city: str
    """市区町村名 as written, with 郡 or 政令市."""
    town: str
    block: str
    position: Point
    precision: Precision


@dataclass(frozen=True, slots=True)
class GazetteerIntake:
    """All rows of a gazetteer."""

    rows: tuple[GazetteerRow, ...]
    findings: tuple[Finding, ...]
    read: int
    source: Source
