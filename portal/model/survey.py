"""A survey (調査): that somebody looked whether a district has what a standard expects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from datetime import date

SURVEY_NOTE_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class Survey:
    """One district looked at, by whom and when."""

    municipality: str
    layer: str
    district: str
    """Id of the district."""
    on: date
    by: str
    """Id of the account of the staff."""
    by_name: str
    standard: str = ""
    """Key of the one standard that was looked at; empty for all of the layer."""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a survey by nobody and an over-long note."""
        if not self.by or not self.district:
            raise InvalidRecordError("model.no_id")
        if len(self.note) > SURVEY_NOTE_MAX:
            raise InvalidRecordError("model.text_too_long", most=SURVEY_NOTE_MAX)
