"""That the office turned to a group which posts little or nothing: when, how and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError
from portal.model.survey import SURVEY_NOTE_MAX

if TYPE_CHECKING:
    from datetime import datetime


class Way(StrEnum):
    """How somebody was reached."""

    MAIL = "mail"
    LETTER = "letter"
    TELEPHONE = "telephone"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Outreach:
    """One time that a group was turned to."""

    id: str
    municipality: str
    group: str
    at: datetime
    by: str
    """Id of the account of the staff."""
    way: Way
    why: str
    """Key of the reason: ``silent_12``, ``never_posted`` …"""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse an over-long note."""
        if len(self.note) > SURVEY_NOTE_MAX:
            raise InvalidRecordError("model.text_too_long", most=SURVEY_NOTE_MAX)
