"""When something happens (日程): repeating rules, their exceptions, and what public holidays do to them.

All times are local times of Asia/Tokyo, which has had no summer time since 1951.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

from portal.errors import InvalidRecordError
from portal.model.recurrence import FIRST_YEAR, LAST_YEAR, parse_rrule

RULES_MAX: Final = 50
EXCEPTIONS_MAX: Final = 1000
NOTE_MAX: Final = 2000
MINUTES_MAX: Final = 14 * 24 * 60
MONTHS: Final = frozenset(range(1, 13))


class HolidayPolicy(StrEnum):
    """What happens on a public holiday (祝日), substitute holidays included."""

    RUNS = "runs"  # 祝日も開催
    SKIPPED = "skipped"  # 祝日は休み
    MOVES_NEXT_DAY = "moves_next_day"  # 翌平日に振替: the next day that is neither a holiday nor a weekend
    MOVES_NEXT_WEEK = "moves_next_week"  # 翌週に振替: the same weekday of the next week without a holiday
    ADDED = "added"  # 土日祝: on public holidays too, at the times of the rules


def _within_years(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR


@dataclass(frozen=True, slots=True)
class Rule:
    """A time of day on one date, or on the dates of a repetition."""

    start: datetime
    """Local time without a zone; its date is the first on which the rule may happen."""
    minutes: int | None = None
    """How long it lasts; None where no end is known."""
    rrule: str | None = None
    """An RRULE value (RFC 5545) as ``portal.model.recurrence`` admits it; None for a single date."""
    timed: bool = True
    """Whether the time of day is known; if not, ``start`` is at midnight and means the whole day."""

    def __post_init__(self) -> None:
        """Refuse a start with a zone, seconds or a far year, a length that cannot be, a wrong RRULE."""
        if self.start.tzinfo is not None or self.start.second or self.start.microsecond:
            raise InvalidRecordError("schedule.bad_start")
        if not _within_years(self.start):
            raise InvalidRecordError("schedule.bad_year", first=FIRST_YEAR, last=LAST_YEAR)
        if not self.timed and (self.start.time() != time(0) or self.minutes is not None):
            raise InvalidRecordError("schedule.time_without_time")
        if self.minutes is not None and not 1 <= self.minutes <= MINUTES_MAX:
            raise InvalidRecordError("schedule.bad_minutes", most=MINUTES_MAX)
        if self.rrule is not None:
            until = parse_rrule(self.rrule).until
            if until and until < self.start.date():
                raise InvalidRecordError("schedule.until_before_start")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a place is open or an activity takes place."""

    rules: tuple[Rule, ...]
    holidays: HolidayPolicy = HolidayPolicy.RUNS
    cancelled: frozenset[date] = frozenset()
    """Dates on which it was to happen and does not (中止)."""
    moved: tuple[tuple[date, datetime], ...] = ()
    """(from that date, to this local time): 変更."""
    extra: tuple[datetime, ...] = ()
    """Further dates, local times (臨時開催)."""
    until: date | None = None
    """The last day that the schedule is valid for."""
    months_off: frozenset[int] = frozenset()
    """Months without it, 1 to 12: 8月は休み."""
    closed_year_end: bool = False
    """年末年始は休み: closed from 29 December to 3 January, as offices are (行政機関の休日に関する法律)."""
    note: str = ""
    """What could not be put into rules, verbatim."""

    def __post_init__(self) -> None:
        """Refuse a schedule without rules, too many of anything, and days that cannot be."""
        if not 1 <= len(self.rules) <= RULES_MAX:
            raise InvalidRecordError("schedule.bad_rule_count", most=RULES_MAX)
        if max(len(self.cancelled), len(self.moved), len(self.extra)) > EXCEPTIONS_MAX:
            raise InvalidRecordError("schedule.too_many_exceptions", most=EXCEPTIONS_MAX)
        if len(self.note) > NOTE_MAX:
            raise InvalidRecordError("schedule.note_too_long", most=NOTE_MAX)
        if not self.months_off < MONTHS:
            raise InvalidRecordError("schedule.bad_months_off")
        self._check_days()

    def _check_days(self) -> None:
        times = [*self.extra, *(to for _, to in self.moved)]
        days = [*times, *self.cancelled, *(day for day, _ in self.moved), *([self.until] if self.until else ())]
        if not all(map(_within_years, days)):
            raise InvalidRecordError("schedule.bad_year", first=FIRST_YEAR, last=LAST_YEAR)
        if any(moment.tzinfo is not None for moment in times):
            raise InvalidRecordError("schedule.bad_start")
        if len({day for day, _ in self.moved}) != len(self.moved):
            raise InvalidRecordError("schedule.moved_twice")
        if self.until and self.until < min(rule.start.date() for rule in self.rules):
            raise InvalidRecordError("schedule.until_before_start")
