"""What a reader says is wrong with a place or a post, kept for staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from datetime import datetime

NOTE_MAX: Final = 2_000
PLACE: Final = "place"
POST: Final = "post"


@dataclass(frozen=True, slots=True)
class ErrorNote:
    """One report of an error, or a suggested correction of one field."""

    id: str
    place: str
    """Id of the place or the post that it is about."""
    what: str
    """``closed``, ``moved``, ``wrong``, ``unsuitable`` or ``other``."""
    text: str
    made_at: datetime
    """Aware, Asia/Tokyo."""
    about: str = PLACE
    """``place`` or ``post``."""
    field: str = ""
    """The field of a place that a correction is suggested for."""
    suggested: str = ""
    """What the field should say."""
    closed_at: datetime | None = None
    closed_by: str = ""
    answer: str = ""
    """What staff did about it."""

    def __post_init__(self) -> None:
        """Refuse an over-long text."""
        if max(len(self.text), len(self.suggested), len(self.answer)) > NOTE_MAX:
            raise InvalidRecordError("model.text_too_long", most=NOTE_MAX)
