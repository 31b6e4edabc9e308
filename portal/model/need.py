"""People who need help in an evacuation (避難行動要支援者), as numbers by district: never as persons.

Only :mod:`portal.disclosure` reads them, and decides what is shown to whom.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class NeedCount:
    """How many people of one district need help, all together or of one category."""

    municipality: str
    layer: str
    district: str
    """The district's name, as in :class:`portal.model.district.Population`."""
    as_of: date
    count: int
    category: str = ""
    """As the table calls it (要介護, 身体障害 …); empty for all together."""
    facilities: int | None = None
    """How many facilities the number comes from, where it was counted by facility."""
    source: Source | None = None

    def __post_init__(self) -> None:
        """Refuse a negative number."""
        if self.count < 0 or (self.facilities is not None and self.facilities < 0):
            raise InvalidRecordError("model.negative_count", name=self.district)


@dataclass(frozen=True, slots=True)
class NeedRelease:
    """What was disclosed of one table: later ones must not undo what it hid."""

    municipality: str
    number: int
    """Counts up from 1."""
    made_at: datetime
    as_of: date
    shown: Mapping[str, str] = field(default_factory=dict)
    """By ``layer/district/category`` the number as it was shown; what is not there was hidden."""


@dataclass(frozen=True, slots=True)
class NeedLook:
    """That somebody of the staff looked at the numbers as they are."""

    id: str
    municipality: str
    account: str
    at: datetime
    why: str

    def __post_init__(self) -> None:
        """Refuse a look without a reason."""
        if not self.why.strip():
            raise InvalidRecordError("needs.no_reason")
