"""The dates on which something really happens, with what became of each.

A cancelled or moved occurrence stays visible as such; one that a rule leaves out (祝日は休み) is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from portal.model.recurrence import FIRST_YEAR, LAST_YEAR, parse_rrule
from portal.model.schedule import HolidayPolicy
from portal.schedules.holidays_jp import (
    holidays_between,
    is_public_holiday,
    is_working_day,
    is_year_end,
    public_holidays,
)
from portal.schedules.matching import rule_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.model.schedule import Rule, Schedule

TOKYO: Final = ZoneInfo("Asia/Tokyo")
LOOK_BACK: Final = timedelta(days=35)
"""The furthest that a holiday moves anything: five weeks, though Japan has no five holidays a week apart."""
SEARCH_YEARS: Final = 30
"""A fifth Monday of February comes back after 28 years, or after 40 across a year like 2100."""
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_MOVES: Final = (HolidayPolicy.MOVES_NEXT_DAY, HolidayPolicy.MOVES_NEXT_WEEK)
_EARLIEST: Final = date(FIRST_YEAR, 1, 1)
_LATEST: Final = date(LAST_YEAR, 12, 31)


class State(StrEnum):
    """What became of an occurrence."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"  # 中止
    MOVED = "moved"  # 変更
    EXTRA = "extra"  # 臨時


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date on which something happens, or was to happen."""

    starts: datetime
    """Aware, Asia/Tokyo; midnight where the time is not known."""
    ends: datetime | None
    timed: bool = True
    state: State = State.SCHEDULED
    original: date | None = None
    """The date that a moved occurrence was moved from."""


def occurrences(schedule: Schedule, first: date, last: date) -> list[Occurrence]:
    """What happens from ``first`` to ``last``, both included, by time; one for each moment."""
    first, last = max(first, _EARLIEST), min(last, schedule.until or _LATEST, _LATEST)
    if first > last:
        return []
    found: dict[datetime, Occurrence] = {}
    for occurrence in _all(schedule, first, last):
        known = found.get(occurrence.starts)
        if known is None or (known.state is State.MOVED and occurrence.state is State.SCHEDULED):
            found[occurrence.starts] = occurrence
    return sorted(found.values(), key=lambda one: one.starts)


def _all(schedule: Schedule, first: date, last: date) -> Iterator[Occurrence]:
    yield from _moved_by_hand(schedule, first, last)
    yield from _added_by_hand(schedule, first, last)
    moved = {day for day, _ in schedule.moved}
    moves = schedule.holidays in _MOVES
    begin = max(first - LOOK_BACK, _EARLIEST) if moves else first
    for rule in schedule.rules:
        for day in _open_days(schedule, rule, begin, last):
            if day in moved:
                continue
            shown = _after_holidays(schedule, day) if moves else day
            if shown is not None and first <= shown <= last:
                yield _occurrence(schedule, rule, day, shown)


def _open_days(schedule: Schedule, rule: Rule, first: date, last: date) -> tuple[date, ...]:
    """The dates of a rule without those that the schedule leaves out."""
    days = rule_dates(rule, first, last)
    if schedule.holidays is HolidayPolicy.ADDED and rule.rrule is not None:
        days = tuple(sorted({*days, *_added_holidays(rule, first, last)}))
    if schedule.holidays is HolidayPolicy.SKIPPED:
        holidays = public_holidays()
        days = tuple(day for day in days if day not in holidays)
    if schedule.closed_year_end or schedule.months_off:
        days = tuple(day for day in days if not _closed(schedule, day))
    return days


def _added_holidays(rule: Rule, first: date, last: date) -> list[date]:
    """The public holidays within the months and the days that a rule is meant for."""
    parts = parse_rrule(rule.rrule or "")
    first, last = max(first, rule.start.date()), min(last, parts.until or last)
    days = holidays_between(first, last) if first <= last else ()
    return [day for day in days if not parts.by_month or day.month in parts.by_month]


def _closed(schedule: Schedule, day: date) -> bool:
    return day.month in schedule.months_off or (schedule.closed_year_end and is_year_end(day))


def _after_holidays(schedule: Schedule, day: date) -> date | None:
    """Where a public holiday moves an occurrence; None where there is no day for it."""
    if not is_public_holiday(day):
        return day
    by_week = schedule.holidays is HolidayPolicy.MOVES_NEXT_WEEK
    step = _WEEK if by_week else _DAY
    target = day + step
    while target - day < LOOK_BACK:
        free = not is_public_holiday(target) if by_week else is_working_day(target)
        if free and not _closed(schedule, target):
            return target
        target += step
    return None


def _occurrence(schedule: Schedule, rule: Rule, day: date, shown: date) -> Occurrence:
    starts = datetime.combine(shown, rule.start.time(), TOKYO)
    ends = starts + timedelta(minutes=rule.minutes) if rule.minutes else None
    if shown in schedule.cancelled or day in schedule.cancelled:
        return Occurrence(starts, ends, rule.timed, State.CANCELLED, None if shown == day else day)
    if shown != day:
        return Occurrence(starts, ends, rule.timed, State.MOVED, day)
    return Occurrence(starts, ends, rule.timed)


def _moved_by_hand(schedule: Schedule, first: date, last: date) -> Iterator[Occurrence]:
    for day, to in schedule.moved:
        if not first <= to.date() <= last:
            continue
        rule = next((one for one in schedule.rules if day in _open_days(schedule, one, day, day)), None)
        if rule is not None:
            yield _at(schedule, rule, to, State.MOVED, day)


def _added_by_hand(schedule: Schedule, first: date, last: date) -> Iterator[Occurrence]:
    for moment in schedule.extra:
        if first <= moment.date() <= last:
            yield _at(schedule, schedule.rules[0], moment, State.EXTRA, None)


def _at(schedule: Schedule, rule: Rule, moment: datetime, state: State, original: date | None) -> Occurrence:
    """An occurrence at a moment set by hand, as long as the rule's."""
    timed = rule.timed or moment.time() != time(0)
    starts = moment.replace(tzinfo=TOKYO)
    ends = starts + timedelta(minutes=rule.minutes) if rule.minutes else None
    if moment.date() in schedule.cancelled:
        state = State.CANCELLED
    return Occurrence(starts, ends, timed, state, original)


def next_occurrences(schedule: Schedule, after: datetime, count: int = 5) -> list[Occurrence]:
    """The next that begin after a moment (aware); of those without a time, today's still counts.

    Looks 30 years ahead at most, in growing steps.
    """
    after = after.astimezone(TOKYO)
    first = max(after.date(), _earliest(schedule))
    end = min(_latest(schedule), _years_later(first))
    found: list[Occurrence] = []
    span = timedelta(days=62)
    while first <= end and len(found) < count:
        last = min(first + span, end)
        found.extend(one for one in occurrences(schedule, first, last) if one.starts > after or _today(one, after))
        first, span = last + _DAY, span * 4
    return found[:count]


def _today(occurrence: Occurrence, after: datetime) -> bool:
    return not occurrence.timed and occurrence.starts.date() == after.date()


def _years_later(day: date) -> date:
    return date(min(day.year + SEARCH_YEARS, LAST_YEAR), 12, 31)


def _earliest(schedule: Schedule) -> date:
    by_hand = [*schedule.extra, *(to for _, to in schedule.moved)]
    return min(moment.date() for moment in [*(rule.start for rule in schedule.rules), *by_hand])


def _latest(schedule: Schedule) -> date:
    """The last day on which anything could happen."""
    by_hand = [moment.date() for moment in (*schedule.extra, *(to for _, to in schedule.moved))]
    latest = max([*(_rule_end(rule) for rule in schedule.rules), *by_hand])
    return min(latest, schedule.until or _LATEST)


def _rule_end(rule: Rule) -> date:
    last = rule.start.date() if rule.rrule is None else parse_rrule(rule.rrule).until or _LATEST
    # A holiday may move the last one to a later day.
    return min(last + LOOK_BACK, _LATEST)
