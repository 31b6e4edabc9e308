"""An import: one run over one or more files, which can be taken back."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from portal.model.source import Source


class ImportKind(StrEnum):
    """What ``manage.py import`` takes."""

    BOUNDARY = "boundary"
    DISTRICTS = "districts"
    SHELTERS = "shelters"
    FACILITIES = "facilities"
    EVACUATION_SITES = "evacuation-sites"
    EVENTS = "events"
    PLACES = "places"
    POPULATION = "population"
    GAZETTEER = "gazetteer"
    PEOPLE = "people"  # where people live: cells of a grid, or towns and blocks
    NEEDS = "needs"  # numbers of people who need help in an evacuation


@dataclass(frozen=True, slots=True)
class Batch:
    """One import, its files and what it changed."""

    id: str
    """Short and sayable: the day and a running number, e.g. ``20261122-3``."""
    kind: ImportKind
    files: tuple[str, ...]
    """File names without their folders."""
    sha256: tuple[str, ...]
    done_at: datetime
    """Aware, Asia/Tokyo."""
    source: Source
    datasets: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """read, new, changed, unchanged, gone, outside, refused, doubtful."""
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One record as it was before an import, and a digest of what the import left in its stead."""

    batch: str
    number: int
    record: str
    """The record's type: ``place``, ``district`` …"""
    key: str
    before: str
    """JSON of :mod:`portal.records`; empty where there was none."""
    after: str
    """Digest of :mod:`portal.records`; empty where the record was removed."""
