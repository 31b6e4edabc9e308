"""The repeating rule of a schedule editor's fields: weekdays of every week, or counted ones of every month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError
from portal.model.recurrence import LAST_YEAR, WEEKDAYS
from portal.model.schedule import Rule
from portal.schedules.matching import rule_dates

if TYPE_CHECKING:
    from collections.abc import Collection

SEARCH: Final = timedelta(days=366)
"""A fifth Monday comes at least every third month."""


def repeating_rule(
    weekdays: Collection[int], which: Collection[int], begin: date, starts: time | None, minutes: int | None
) -> Rule:
    """The rule from its first date on or after ``begin``; without ``which`` it is every week.

    Weekdays: Monday is 0; ``which``: 1 to 5, -1 is the last. Raises InvalidRecordError for a year that cannot be.
    """
    if which:
        ordered = sorted((day, number % 10, number) for day in weekdays for number in which)
        rrule = f"FREQ=MONTHLY;BYDAY={','.join(f'{number}{WEEKDAYS[day]}' for day, _, number in ordered)}"
    else:
        rrule = f"FREQ=WEEKLY;BYDAY={','.join(WEEKDAYS[day] for day in sorted(weekdays))}"
    if begin.year > LAST_YEAR - 1:
        raise InvalidRecordError("asking.far_away")
    search = Rule(datetime.combine(begin, time()), None, rrule, timed=False)
    day = rule_dates(search, begin, begin + SEARCH)[0]
    return Rule(datetime.combine(day, starts or time()), minutes, rrule, timed=starts is not None)
