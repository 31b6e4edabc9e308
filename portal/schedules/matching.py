"""The dates of a repeating rule within a span of days.

python-dateutil has no bound for a rule that never happens (``FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`` runs for 3 s
to the year 9999), and starts at the rule's first day however long ago that is. Here the days of the span are
tried month by month, so the work is bounded by the span; python-dateutil is what the tests compare it with.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import isleap, monthrange
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from portal.model.recurrence import LAST_YEAR, Frequency, Recurrence, parse_rrule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.model.schedule import Rule

_LAST_DAY: Final = date(LAST_YEAR, 12, 31)
_EPOCH: Final = date(1899, 1, 2)  # a Monday before every day that is admitted


def rule_dates(rule: Rule, first: date, last: date) -> tuple[date, ...]:
    """The dates of a rule from ``first`` to ``last``, both included, in order."""
    start = rule.start.date()
    if rule.rrule is None:
        return (start,) if first <= start <= last else ()
    recurrence = parse_rrule(rule.rrule)
    if recurrence.until is not None:
        last = min(last, recurrence.until)
    last = min(last, _LAST_DAY)
    first = max(first, start)
    if first > last:
        return ()
    if recurrence.count is not None:
        days = _counted(rule.rrule, start)
        return days[bisect_left(days, first) : bisect_right(days, last)]
    by_itself = recurrence.picks_days or recurrence.frequency is Frequency.DAILY
    anchored = recurrence.interval > 1 or not by_itself
    return _expanded(rule.rrule, start if anchored else None, first, last)


@lru_cache(maxsize=8192)
def _expanded(rrule: str, start: date | None, first: date, last: date) -> tuple[date, ...]:
    """The dates of an RRULE; rules that do not depend on their start share one entry of the cache."""
    return tuple(_days(_complete(parse_rrule(rrule), start or first), start or first, first, last))


@lru_cache(maxsize=1024)
def _counted(rrule: str, start: date) -> tuple[date, ...]:
    """All dates of a rule with COUNT, of which there are 1,000 at most."""
    recurrence = _complete(parse_rrule(rrule), start)
    found: list[date] = []
    for year in range(start.year, LAST_YEAR + 1):
        first = max(start, date(year, 1, 1))
        found.extend(_days(recurrence, start, first, date(year, 12, 31)))
        if len(found) >= (recurrence.count or 0):
            break
    return tuple(found[: recurrence.count])


def _complete(rule: Recurrence, start: date) -> Recurrence:
    """The rule with the days that it takes from its start (RFC 5545, 3.3.10: information from DTSTART)."""
    if rule.picks_days or rule.frequency is Frequency.DAILY:
        return rule
    if rule.frequency is Frequency.WEEKLY:
        return replace(rule, by_day=((0, start.weekday()),))
    if rule.frequency is Frequency.YEARLY and not rule.by_month:
        return replace(rule, by_month=(start.month,), by_month_day=(start.day,))
    return replace(rule, by_month_day=(start.day,))


def _days(rule: Recurrence, start: date, first: date, last: date) -> Iterator[date]:
    if not rule.by_position:
        yield from _matching(rule, start, first, last)
        return
    begin, end = _period_of(rule, first)[0], _period_of(rule, last)[1]
    for _, days in groupby(_matching(rule, start, begin, end), key=lambda day: _period_of(rule, day)[0]):
        for day in _positioned(list(days), rule.by_position):
            if first <= day <= last:
                yield day


def _positioned(days: list[date], positions: tuple[int, ...]) -> list[date]:
    size = len(days)
    chosen = {(place - 1 if place > 0 else size + place) for place in positions}
    return [day for index, day in enumerate(days) if index in chosen]


def _period_of(rule: Recurrence, day: date) -> tuple[date, date]:
    """The first and the last day of the period of the rule that a day lies in."""
    match rule.frequency:
        case Frequency.DAILY:
            return day, day
        case Frequency.WEEKLY:
            begin = day - timedelta(days=(day.weekday() - rule.week_start) % 7)
            return begin, begin + timedelta(days=6)
        case Frequency.MONTHLY:
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        case Frequency.YEARLY:
            return date(day.year, 1, 1), date(day.year, 12, 31)


def _matching(rule: Recurrence, start: date, first: date, last: date) -> Iterator[date]:
    """The days of the span that satisfy every part but BYSETPOS, month by month."""
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = divmod(index, 12)
        month += 1
        if (rule.by_month and month not in rule.by_month) or _month_off(rule, start, year, month):
            continue
        for number in _month_days(rule, year, month):
            day = date(year, month, number)
            if first <= day <= last and _in_step(rule, start, day):
                yield day


def _month_off(rule: Recurrence, start: date, year: int, month: int) -> bool:
    """Whether the interval passes over a whole month or year."""
    if rule.frequency is Frequency.MONTHLY:
        return ((year - start.year) * 12 + month - start.month) % rule.interval != 0
    return rule.frequency is Frequency.YEARLY and (year - start.year) % rule.interval != 0


def _in_step(rule: Recurrence, start: date, day: date) -> bool:
    """Whether the interval falls on a day, where it counts days or weeks."""
    if rule.interval == 1:
        return True
    if rule.frequency is Frequency.DAILY:
        return (day - start).days % rule.interval == 0
    if rule.frequency is Frequency.WEEKLY:
        weeks = _week_number(day, rule.week_start) - _week_number(start, rule.week_start)
        return weeks % rule.interval == 0
    return True


def _week_number(day: date, week_start: int) -> int:
    return ((day - _EPOCH).days - week_start) // 7


@lru_cache(maxsize=16384)
def _month_days(rule: Recurrence, year: int, month: int) -> tuple[int, ...]:
    """The days of a month, as numbers, that satisfy every part that does not depend on the start."""
    weekday_of_first, size = monthrange(year, month)
    days = [
        day
        for day in range(1, size + 1)
        if not rule.by_month_day or day in rule.by_month_day or day - size - 1 in rule.by_month_day
    ]
    if rule.by_day:
        days = [day for day in days if _weekday_fits(rule, date(year, month, day), weekday_of_first, size)]
    if rule.by_year_day or rule.by_week:
        days = [day for day in days if _year_fits(rule, date(year, month, day))]
    return tuple(days)


def _weekday_fits(rule: Recurrence, day: date, weekday_of_first: int, size: int) -> bool:
    """Whether BYDAY names a day; counted days count in the month, or in the year without BYMONTH."""
    weekday = (weekday_of_first + day.day - 1) % 7
    number, length = day.day, size
    if rule.frequency is Frequency.YEARLY and not rule.by_month:
        number, length = day.timetuple().tm_yday, 365 + isleap(day.year)
    from_front, from_back = (number - 1) // 7 + 1, -((length - number) // 7 + 1)
    return any(wanted == weekday and which in (0, from_front, from_back) for which, wanted in rule.by_day)


def _year_fits(rule: Recurrence, day: date) -> bool:
    """Whether BYYEARDAY and BYWEEKNO name a day; weeks are those of ISO 8601."""
    number = day.timetuple().tm_yday
    length = 365 + isleap(day.year)
    if rule.by_year_day and not {number, number - length - 1} & set(rule.by_year_day):
        return False
    year, week, _ = day.isocalendar()
    weeks = date(year, 12, 28).isocalendar().week
    return not rule.by_week or bool({week, week - weeks - 1} & set(rule.by_week))
