"""A schedule once more: without its exceptions, or for the next term (次の期)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta

from portal.errors import InvalidRecordError
from portal.model.recurrence import LAST_YEAR
from portal.schedules.ending import endless, last_date
from portal.schedules.matching import rule_dates

if TYPE_CHECKING:
    from portal.model.schedule import Rule, Schedule

_LATEST: Final = date(LAST_YEAR, 12, 31)
_SEARCH: Final = timedelta(days=5 * 366)
"""A rule that does not come back within five years has no next term."""


def repeating(schedule: Schedule) -> Schedule | None:
    """The schedule without its exceptions and single dates; None where nothing repeats."""
    rules = tuple(rule for rule in schedule.rules if rule.rrule)
    if not rules:
        return None
    bare = replace(schedule, cancelled=frozenset(), moved=(), extra=(), until=None)
    until = schedule.until if schedule.until and schedule.until >= min(rule.start.date() for rule in rules) else None
    return replace(bare, rules=rules, until=until)


def next_term(schedule: Schedule) -> Schedule:
    """The same rules from the day after the last date on, for as many calendar months, or as many times.

    Raises InvalidRecordError where nothing repeats, or it goes on for ever.
    """
    bare = repeating(schedule)
    if bare is None:
        raise InvalidRecordError("posting.does_not_repeat")
    last = None if endless(bare) else last_date(bare)
    if last is None:
        raise InvalidRecordError("posting.has_no_end")
    months = _months(min(rule.start.date() for rule in bare.rules), bare.until or last)
    rules = tuple(_next_rule(rule, last, months) for rule in bare.rules)
    until = _later(bare.until, months) if bare.until else None
    return replace(bare, rules=rules, until=until)


def _next_rule(rule: Rule, last: date, months: int) -> Rule:
    parts = dict(part.split("=", 1) for part in (rule.rrule or "").split(";"))
    until = parts.pop("UNTIL", "")
    count = parts.pop("COUNT", "")
    endless = replace(rule, rrule=";".join(f"{name}={value}" for name, value in parts.items()))
    days = rule_dates(endless, last + timedelta(days=1), min(last + _SEARCH, _LATEST))
    if not days:
        raise InvalidRecordError("posting.has_no_end")
    if until:
        parts["UNTIL"] = f"{_later(date.fromisoformat(until), months):%Y%m%d}"
    if count:
        parts["COUNT"] = count
    start = datetime.combine(days[0], rule.start.time() if rule.timed else time())
    return replace(rule, start=start, rrule=";".join(f"{name}={value}" for name, value in parts.items()))


def _months(first: date, last: date) -> int:
    """The calendar months from the first day to the last: April to March is twelve, whatever its Tuesdays are."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _later(day: date, months: int) -> date:
    """As many months later; the last day of a month stays one."""
    ends_month = (day + timedelta(days=1)).month != day.month
    later: date = day + relativedelta(months=months)
    return later + relativedelta(day=31) if ends_month else later
