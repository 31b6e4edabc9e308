"""A standard (整備の目安): what a municipality expects of every district of a layer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.kind import KEY
from portal.model.municipality import CODE

if TYPE_CHECKING:
    from portal.model.source import Source

OLDEST: Final = 120
METRES_MIN: Final = 50
METRES_MAX: Final = 20_000
DAYS_MAX: Final = 3_650
AMOUNT_MAX: Final = 10_000


class StandardRule(StrEnum):
    """What is counted."""

    COUNT = "count"  # at least N in the district
    WITHIN = "within"  # at least one within M metres of N % of the people
    SESSIONS = "sessions"  # at least N sessions in four weeks (28 days) per 1,000 people


class CoverageState(StrEnum):
    """How a district stands against a standard."""

    COVERED = "covered"  # 充足
    SHORT = "short"  # 不足: something, but less than is expected
    NONE = "none"  # なし: surveyed, and there is nothing
    STALE = "stale"  # 要確認: enough, but not verified within the limit
    NOT_SURVEYED = "not_surveyed"  # 未調査: nothing is known, and nobody has looked


@dataclass(frozen=True, slots=True)
class Ages:
    """A span of ages, both ends included; ``high`` None is "and over". Everybody is 0 and over."""

    low: int = 0
    high: int | None = None

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if not 0 <= self.low <= OLDEST or (self.high is not None and not self.low <= self.high <= OLDEST):
            raise InvalidRecordError("standard.bad_ages")

    def __str__(self) -> str:
        """``65-`` or ``0-14``; everybody is ``0-``."""
        return f"{self.low}-{'' if self.high is None else self.high}"


EVERYBODY: Final = Ages()


@dataclass(frozen=True, slots=True)
class Standard:
    """One expectation. What counts is of ``kind``, or is tagged with ``goal``."""

    municipality: str
    key: str
    layer: str
    rule: StandardRule
    at_least: float
    """``COUNT``: records; ``WITHIN``: per cent of the people; ``SESSIONS``: sessions in 28 days per 1,000 people."""
    kind: str = ""
    """Key of a :class:`portal.model.kind.Kind`."""
    goal: str = ""
    """Key of a :class:`portal.model.goal.Goal`, instead of a kind."""
    metres: int | None = None
    """For ``WITHIN``: on foot, that is 1.3 times the straight line."""
    ages: Ages = EVERYBODY
    """Whose distance or number counts, and who is affected where something is missing."""
    verified_days: int | None = None
    """What was verified longer ago, or never, does not count as verified; None asks for no verification."""
    name: str = ""
    """Said instead of the kind's or goal's name."""
    name_en: str = ""
    source: Source | None = None
    """The plan that expects it."""
    order: int = 0
    off: bool = False
    """Put aside by the office: counted and shown nowhere, and kept so that a built-in one does not come back."""

    def __post_init__(self) -> None:
        """Refuse keys that could not stand in an address and amounts that no rule can mean."""
        if not CODE.fullmatch(self.municipality):
            raise InvalidRecordError("model.municipality_code", code=self.municipality)
        if not KEY.fullmatch(self.key):
            raise InvalidRecordError("model.kind_key", key=self.key)
        if bool(self.kind) == bool(self.goal):
            raise InvalidRecordError("standard.kind_or_goal")
        if not 0 < self.at_least <= (100 if self.rule is StandardRule.WITHIN else AMOUNT_MAX):
            raise InvalidRecordError("standard.bad_amount")
        if (self.rule is StandardRule.WITHIN) != (self.metres is not None):
            raise InvalidRecordError("standard.metres_for_within")
        if self.metres is not None and not METRES_MIN <= self.metres <= METRES_MAX:
            raise InvalidRecordError("standard.bad_metres", least=METRES_MIN, most=METRES_MAX)
        if self.verified_days is not None and not 1 <= self.verified_days <= DAYS_MAX:
            raise InvalidRecordError("standard.bad_days", most=DAYS_MAX)
