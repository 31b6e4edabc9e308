"""A repetition as calendars write it (RRULE, RFC 5545, 3.3.10), taken apart and checked.

Only what repeats by days, weeks, months or years is admitted; the time of day belongs to the rule's start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RRULE_MAX: Final = 500
INTERVAL_MAX: Final = 1000
COUNT_MAX: Final = 1000
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Frequency(StrEnum):
    """The period in which a rule repeats."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The parts of an RRULE; an empty tuple is a part that is not given."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | None = None
    """The last day on which it may happen, itself included."""
    by_day: tuple[tuple[int, int], ...] = ()
    """(which, weekday): weekday 0 is Monday; which 0 is every one, 2 the second, -1 the last."""
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_position: tuple[int, ...] = ()
    """BYSETPOS: which of the days of one period are meant."""
    week_start: int = 0

    @property
    def picks_days(self) -> bool:
        """Whether the rule itself says which days; if not, they are taken from its start."""
        return bool(self.by_day or self.by_month_day or self.by_year_day or self.by_week)


def _numbers(most: int, *, negative: bool) -> Callable[[str], tuple[int, ...]]:
    """A reader of numbers from 1 to ``most``, and of those counted from the end."""
    shape = re.compile(r"[+-]?[0-9]{1,3}(?:,[+-]?[0-9]{1,3})*")

    def read(text: str) -> tuple[int, ...]:
        if not shape.fullmatch(text):
            raise ValueError(text)
        numbers = tuple(int(part) for part in text.split(","))
        if any(number == 0 or abs(number) > most or (number < 0 and not negative) for number in numbers):
            raise ValueError(text)
        return numbers

    return read


def _by_day(text: str) -> tuple[tuple[int, int], ...]:
    found = [re.fullmatch(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", part) for part in text.split(",")]
    days = tuple((int(one[1] or 0), WEEKDAYS.index(one[2])) for one in found if one)
    # A day counted (2TU) beside one that is not (MO) is a union by the RFC; python-dateutil, against
    # which calendars are commonly made, takes it for an intersection. What is read in two ways is refused.
    if len(days) != len(found) or len({which == 0 for which, _ in days}) > 1:
        raise ValueError(text)
    zero = any(one and one[1] and int(one[1]) == 0 for one in found)
    if zero or any(abs(which) > 53 for which, _ in days):  # noqa: PLR2004  # 53 weeks in a year
        raise ValueError(text)
    return days


def _one(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def _until(text: str) -> date:
    if not re.fullmatch(r"[0-9]{8}", text):
        raise ValueError(text)
    day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


_PARTS: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    "FREQ": ("frequency", Frequency),
    "INTERVAL": ("interval", _one(INTERVAL_MAX)),
    "COUNT": ("count", _one(COUNT_MAX)),
    "UNTIL": ("until", _until),
    "BYDAY": ("by_day", _by_day),
    "BYMONTH": ("by_month", _numbers(12, negative=False)),
    "BYMONTHDAY": ("by_month_day", _numbers(31, negative=True)),
    "BYYEARDAY": ("by_year_day", _numbers(366, negative=True)),
    "BYWEEKNO": ("by_week", _numbers(53, negative=True)),
    "BYSETPOS": ("by_position", _numbers(366, negative=True)),
    "WKST": ("week_start", WEEKDAYS.index),
}


def _contradiction(rule: Recurrence) -> bool:
    """Whether parts stand together that the RFC (3.3.10) or the portal does not admit."""
    counted = any(which for which, _ in rule.by_day)
    yearly = rule.frequency is Frequency.YEARLY
    return any(
        (
            rule.count is not None and rule.until is not None,
            counted and rule.frequency in (Frequency.DAILY, Frequency.WEEKLY),
            counted and bool(rule.by_week),
            bool(rule.by_month_day) and rule.frequency is Frequency.WEEKLY,
            bool(rule.by_year_day or rule.by_week) and not yearly,
            # Week numbers are those of ISO 8601, which begin on a Monday.
            bool(rule.by_week) and rule.week_start != 0,
            bool(rule.by_position) and not (rule.picks_days or rule.by_month),
        )
    )


@lru_cache(maxsize=8192)
def parse_rrule(text: str) -> Recurrence:
    """The parts of an RRULE value, e.g. ``FREQ=MONTHLY;BYDAY=2TU,4TU`` (without ``RRULE:``).

    UNTIL is a day (``20270331``). Raises InvalidRecordError for anything that is not a checked rule.
    """
    if len(text) > RRULE_MAX:
        raise InvalidRecordError("schedule.bad_rrule_long", most=RRULE_MAX)
    values: dict[str, object] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        try:
            field, read = _PARTS[name]
            twice = field in values
            values[field] = read(value)
        except (KeyError, ValueError) as error:
            raise InvalidRecordError("schedule.bad_rrule", part=part[:60]) from error
        if twice:
            raise InvalidRecordError("schedule.bad_rrule", part=part[:60])
    if "frequency" not in values:
        raise InvalidRecordError("schedule.bad_rrule", part="FREQ")
    rule = Recurrence(**values)  # type: ignore[arg-type]  # each value was made by the reader of its field
    if _contradiction(rule):
        raise InvalidRecordError("schedule.bad_rrule", part=text[:60])
    return rule
