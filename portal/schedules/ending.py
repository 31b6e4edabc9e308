"""The last day on which a schedule has anything to show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from portal.model.recurrence import LAST_YEAR, parse_rrule
from portal.model.schedule import HolidayPolicy
from portal.schedules.matching import rule_dates
from portal.schedules.occurrences import LOOK_BACK, SEARCH_YEARS, occurrences

if TYPE_CHECKING:
    from portal.model.schedule import Rule, Schedule
    from portal.schedules.occurrences import Occurrence

_LATEST: Final = date(LAST_YEAR, 12, 31)
_DAY: Final = timedelta(days=1)
_MOMENT: Final = timedelta(microseconds=1)
"""What ends at midnight ends on the day before."""


def endless(schedule: Schedule) -> bool:
    """Whether it goes on for ever: neither the schedule nor one of its rules says when it ends."""
    return schedule.until is None and any(_end_of(schedule, rule) is None for rule in schedule.rules)


def last_date(schedule: Schedule) -> date | None:
    """The day on which the last occurrence ends, a cancelled one too; None where there is none at all.

    Searched backwards, in growing steps, over 30 years at most.
    """
    last = _bound(schedule)
    earliest = max(_first(schedule), date(max(last.year - SEARCH_YEARS, 1), 1, 1))
    span = timedelta(days=62)
    while last >= earliest:
        first = max(last - span, earliest)
        if found := occurrences(schedule, first, last):
            return max(map(_ends_on, found))
        last, span = first - _DAY, span * 4
    return None


def _ends_on(occurrence: Occurrence) -> date:
    if occurrence.ends is None:
        return occurrence.starts.date()
    return (occurrence.ends - _MOMENT).date()


def _by_hand(schedule: Schedule) -> list[date]:
    return [moment.date() for moment in (*schedule.extra, *(to for _, to in schedule.moved))]


def _first(schedule: Schedule) -> date:
    return min([*(rule.start.date() for rule in schedule.rules), *_by_hand(schedule)])


def _bound(schedule: Schedule) -> date:
    """A day after which nothing happens; a holiday may move what a rule has last to a later day."""
    ends = [_end_of(schedule, rule) or _LATEST for rule in schedule.rules]
    moved = [min(end, _LATEST - LOOK_BACK) + LOOK_BACK for end in ends]
    return min(max([*moved, *_by_hand(schedule)]), schedule.until or _LATEST)


def _end_of(schedule: Schedule, rule: Rule) -> date | None:
    """The last day that a rule itself names; None where it names none."""
    if rule.rrule is None:
        return rule.start.date()
    parts = parse_rrule(rule.rrule)
    # Holidays are added to a rule up to its UNTIL; a COUNT counts its own days only and does not end them.
    if parts.count is None or schedule.holidays is HolidayPolicy.ADDED:
        return parts.until
    days = rule_dates(rule, rule.start.date(), _LATEST)
    return days[-1] if days else rule.start.date()
