"""What is known of a place as a shelter (避難所・避難場所)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from datetime import datetime


class Hazard(StrEnum):
    """A kind of danger that an emergency evacuation site is designated for (災害対策基本法施行令)."""

    FLOOD = "flood"  # 洪水
    LANDSLIDE = "landslide"  # 崖崩れ、土石流及び地滑り
    STORM_SURGE = "storm_surge"  # 高潮
    EARTHQUAKE = "earthquake"  # 地震
    TSUNAMI = "tsunami"  # 津波
    FIRE = "fire"  # 大規模な火事
    INLAND_FLOOD = "inland_flood"  # 内水氾濫
    VOLCANO = "volcano"  # 火山現象


class Opening(StrEnum):
    """Whether it is open now."""

    UNKNOWN = "unknown"  # nobody has said
    CLOSED = "closed"
    OPEN = "open"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class ShelterFacts:
    """A designated shelter (指定避難所), a welfare one (福祉避難所) or an evacuation site (指定緊急避難場所)."""

    hazards: frozenset[Hazard] = frozenset()
    """Only evacuation sites carry hazards: where one flees to, not where one stays."""
    accepts: str = ""
    """受入対象者, verbatim and never classified; empty when the file says nothing."""
    capacity: int | None = None
    opening: Opening = Opening.UNKNOWN
    opened_since: datetime | None = None
    same_site: bool = False
    """Whether the file marks the address as shared with the other list (住所同一)."""
    neighbourhoods: tuple[str, ...] = ()
    """対象となる町会・自治会."""

    def __post_init__(self) -> None:
        """Refuse a capacity under zero and a since without an opening."""
        if self.capacity is not None and self.capacity < 0:
            raise InvalidRecordError("model.negative_capacity", capacity=self.capacity)
        if self.opened_since and self.opening not in (Opening.OPEN, Opening.FULL):
            raise InvalidRecordError("model.since_without_opening")
