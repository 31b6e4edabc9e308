"""A named outline as a file gives it, before it becomes a district."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely import MultiPolygon, Polygon

    from portal.model.finding import Finding
    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class Outline:
    """One area of a file: a district, or a municipality's boundary."""

    name: str
    geometry: Polygon | MultiPolygon
    """Degrees, JGD2011 (EPSG:6668), longitude first."""
    code: str = ""
    """Five-digit municipality code, where the file has it."""
    line: int = 0
    """The feature's number in the file, from 1."""
    note: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutlineIntake:
    """All areas of one or more files."""

    outlines: tuple[Outline, ...]
    findings: tuple[Finding, ...]
    read: int
    source: Source
    layer: str = ""
    """The layer that the format itself means (A27: ``elementary``), empty where it does not say."""
