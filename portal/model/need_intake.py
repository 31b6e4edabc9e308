"""What a reader of a table of numbers of people in need hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from portal.model.finding import Finding
    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One number of a row: of one area and category."""

    line: int
    layer: str
    """区域の種類 as written; empty where the table has no such column."""
    area: str
    as_of: date
    count: int
    category: str = ""
    """Empty for all together."""
    facilities: int | None = None


@dataclass(frozen=True, slots=True)
class NeedIntake:
    """All numbers of one or more tables."""

    rows: tuple[NeedRow, ...]
    findings: tuple[Finding, ...]
    read: int
    """Data rows in the files, the refused ones counted."""
    source: Source
