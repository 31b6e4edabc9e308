"""How often something was looked at: numbers by day, never who."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Use(StrEnum):
    """What readers do with a post or a place."""

    VIEWED = "viewed"  # its page was opened
    CALENDAR = "calendar"  # put into a calendar
    ASKED = "asked"  # asked about


@dataclass(frozen=True, slots=True)
class UsageCount:
    """How often one thing was used in one way on one day."""

    about: str
    """Id of a post or a place."""
    day: date
    use: Use
    count: int
