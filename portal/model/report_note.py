"""What a reader says is wrong with a place, kept for staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from datetime import datetime

NOTE_MAX: Final = 2_000


@dataclass(frozen=True, slots=True)
class ErrorNote:
    """One report of an error in a place's record."""

    id: str
    place: str
    what: str
    """``closed``, ``moved``, ``wrong`` or ``other``."""
    text: str
    made_at: datetime
    """Aware, Asia/Tokyo."""

    def __post_init__(self) -> None:
        """Refuse an over-long text."""
        if len(self.text) > NOTE_MAX:
            raise InvalidRecordError("model.text_too_long", most=NOTE_MAX)
