"""A schedule as schema.org says it (https://schema.org/Schedule), and which of its dates that does not say.

A Schedule knows weekdays, days of the month and months; what happens on public holidays, at the turn of the year or
on the last day of a month it cannot say. Nothing is rounded: a rule that it would say wrongly is left out, and its
dates are told one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from portal.model.recurrence import WEEKDAYS, Frequency, parse_rrule
from portal.schedules.matching import rule_dates
from portal.schedules.occurrences import State, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.model.recurrence import Recurrence
    from portal.model.schedule import Rule, Schedule
    from portal.schedules.occurrences import Occurrence

AHEAD: Final = timedelta(days=366)
"""So far ahead exceptions are told."""
ZONE: Final = "Asia/Tokyo"
NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LETTERS: Final = {
    Frequency.DAILY: "D",
    Frequency.WEEKLY: "W",
    Frequency.MONTHLY: "M",
    Frequency.YEARLY: "Y",
}


@dataclass(frozen=True, slots=True)
class Repeated:
    """What a Schedule can say, and what has to be said beside it."""

    schedules: tuple[dict[str, Any], ...]
    apart: tuple[Occurrence, ...]
    """Coming dates that the schedules do not have: moved, added or called off ones, and those of unsayable rules."""


def repeated(schedule: Schedule, today: date) -> Repeated:
    """All repeating rules that can be said, with what they leave out and what comes in addition, for a year."""
    rules = [rule for rule in schedule.rules if rule.rrule and _sayable(parse_rrule(rule.rrule))]
    ahead = occurrences(schedule, today, today + AHEAD)
    told = [_rule(schedule, rule, _except(schedule, rule, ahead, today)) for rule in rules]
    regular = {(day, rule.start.time()) for rule in rules for day in _dates(schedule, rule, today)}
    apart = [
        one
        for one in ahead
        if one.state is not State.SCHEDULED or (one.starts.date(), one.starts.time()) not in regular
    ]
    return Repeated(tuple(told), tuple(apart))


def _sayable(parts: Recurrence) -> bool:
    """Whether a Schedule has properties for all that the rule says."""
    by_numbers = parts.by_position or parts.by_year_day or parts.by_week
    from_the_end = any(day < 0 for day in parts.by_month_day)
    both = bool(parts.by_day and parts.by_month_day)
    # Which day a week begins with matters to every second week of several days, and cannot be said.
    weeks = parts.frequency is Frequency.WEEKLY and parts.interval > 1 and parts.week_start != 0
    yearly = parts.frequency is Frequency.YEARLY and bool(parts.by_day)
    return not (by_numbers or from_the_end or both or weeks or yearly)


def _rule(schedule: Schedule, rule: Rule, excepted: Iterable[date]) -> dict[str, Any]:
    parts = parse_rrule(rule.rrule or "")
    ends = min(filter(None, (parts.until, schedule.until)), default=None)
    said: dict[str, Any] = {
        "@type": "Schedule",
        "repeatFrequency": f"P{parts.interval}{LETTERS[parts.frequency]}",
        "byDay": _by_day(parts, rule),
        "byMonth": list(_months(parts, rule, schedule)),
        "byMonthDay": _month_days(parts, rule),
        "startDate": rule.start.date().isoformat(),
        "endDate": ends.isoformat() if ends else None,
        "repeatCount": parts.count,
        **_times(rule),
        "scheduleTimezone": ZONE,
        "exceptDate": [day.isoformat() for day in excepted],
    }
    return {name: value for name, value in said.items() if value not in (None, [])}


def _times(rule: Rule) -> dict[str, str]:
    """From when to when, local time; what ends on a later day by its duration (ISO 8601)."""
    if not rule.timed:
        return {}
    said = {"startTime": rule.start.time().isoformat()}
    if rule.minutes is None:
        return said
    end = rule.start + timedelta(minutes=rule.minutes)
    if end.date() == rule.start.date():
        return said | {"endTime": end.time().isoformat()}
    return said | {"duration": f"PT{rule.minutes}M"}


def _by_day(parts: Recurrence, rule: Rule) -> list[str]:
    """Every one of a weekday by its name in the vocabulary, a counted one as RFC 5545 writes it: ``2TU``."""
    if parts.frequency is Frequency.WEEKLY and not parts.picks_days:
        return [_weekday(rule.start.weekday())]
    return [f"{which}{WEEKDAYS[weekday]}" if which else _weekday(weekday) for which, weekday in parts.by_day]


def _weekday(number: int) -> str:
    return f"https://schema.org/{NAMES[number]}"


def _months(parts: Recurrence, rule: Rule, schedule: Schedule) -> Iterable[int]:
    """The months that a rule names, else all but the schedule's months off."""
    if parts.frequency is Frequency.YEARLY and not parts.by_month and not parts.picks_days:
        return [rule.start.month]
    # Months that are left out would not be counted by a count.
    if parts.by_month or parts.count or not schedule.months_off:
        return parts.by_month
    return [month for month in range(1, 13) if month not in schedule.months_off]


def _month_days(parts: Recurrence, rule: Rule) -> list[int]:
    if parts.frequency in (Frequency.MONTHLY, Frequency.YEARLY) and not parts.picks_days:
        return [rule.start.day]
    return list(parts.by_month_day)


def _dates(schedule: Schedule, rule: Rule, today: date) -> list[date]:
    """The dates of a rule alone in the coming year, as its Schedule has them."""
    parts = parse_rrule(rule.rrule or "")
    months = set(_months(parts, rule, schedule))
    last = min(today + AHEAD, schedule.until or date.max)
    return [day for day in rule_dates(rule, today, last) if not months or day.month in months]


def _except(schedule: Schedule, rule: Rule, ahead: Iterable[Occurrence], today: date) -> list[date]:
    """The dates of a rule on which it is not held as planned."""
    held = {
        one.starts.date() for one in ahead if one.state is State.SCHEDULED and one.starts.time() == rule.start.time()
    }
    return [day for day in _dates(schedule, rule, today) if day not in held]
