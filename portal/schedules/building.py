"""From a draft to a schedule: the rules in the form that calendars write, and their first dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from portal.model.recurrence import WEEKDAYS
from portal.model.schedule import HolidayPolicy, Rule, Schedule
from portal.schedules.closing import UnclearError
from portal.schedules.matching import rule_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.schedules.draft import Draft, Group
    from portal.schedules.token_dates import Clock

_EVERY: Final = frozenset(range(7))
_COUNTS: Final = (1, 2, 3, 4, 5)
_LAST: Final = -1
_SEARCH: Final = timedelta(days=366 * 10)
_DAY_MINUTES: Final = 24 * 60


def build(draft: Draft, default_start: date | None, today: date) -> Schedule:
    """The schedule of a draft; it begins on its first day from the stated one, ``default_start`` or today on.

    Raises UnclearError where days are missing, contradict each other, or count from a day that is not known.
    """
    _join_ranges(draft)
    _check(draft, default_start)
    begin = next(iter(draft.begins), default_start or today)
    count = next(iter(draft.counts), None)
    rules = [rule for group in draft.groups for rule in _rules(draft, group, begin, count)]
    if not rules or (count and len(rules) > 1):
        raise UnclearError
    return Schedule(
        tuple(rules),
        holidays=_policy(draft),
        cancelled=frozenset(draft.cancelled),
        moved=tuple(draft.moved),
        extra=tuple(draft.extra),
        until=next(iter(draft.untils), None),
        months_off=frozenset(draft.months_off),
        closed_year_end=draft.closed_year_end,
    )


def _join_ranges(draft: Draft) -> None:
    """A span of dates beside days that repeat says how long these go on."""
    if not any(group.repeats for group in draft.groups):
        return
    for group in draft.groups:
        for first, last in group.ranges:
            draft.begins.add(first)
            draft.untils.add(last)
        group.ranges.clear()
    draft.groups = [group for group in draft.groups if group.has_days or group.times]


def _check(draft: Draft, default_start: date | None) -> None:
    groups = draft.groups
    if any(len(one) > 1 for one in (draft.begins, draft.untils, draft.counts)):
        raise UnclearError
    listed = draft.closing_days_listed or draft.closed_weekdays or draft.closed_nths
    if len(groups) == 1 and not groups[0].has_days and listed:
        groups[0].every_day = True  # hours and closing days alone, as museums write them
    if not all(group.has_days for group in groups):
        raise UnclearError
    counted = any(group.interval for group in groups) or bool(draft.counts)
    if counted and not (draft.begins or default_start):
        raise UnclearError  # every other week, but from which on?


def _policy(draft: Draft) -> HolidayPolicy:
    """What a public holiday does; 平日 leaves them out unless something else is said."""
    policies = set(draft.policies)
    if not policies and draft.working_days:
        return HolidayPolicy.SKIPPED
    if len(policies) > 1:
        raise UnclearError
    policy = policies.pop() if policies else HolidayPolicy.RUNS
    if policy is HolidayPolicy.ADDED and (len(draft.groups) > 1 or draft.groups[0].nths or draft.working_days):
        raise UnclearError
    return policy


def _rules(draft: Draft, group: Group, begin: date, count: int | None) -> Iterator[Rule]:
    rrules = list(_rrules(draft, group))
    clocks: list[Clock] | list[None] = group.times or [None]
    for clock in clocks:
        for day in group.dates:
            yield _rule(day, clock, None)
        for first, last in group.ranges:
            yield _rule(first, clock, f"FREQ=DAILY;UNTIL={last:%Y%m%d}")
        for rrule in rrules:
            counted = f"{rrule};COUNT={count}" if count else rrule
            yield _rule(_first_date(rrule, begin), clock, counted)


def _first_date(rrule: str, begin: date) -> date:
    """The first date of a rule on or after a day, counting its interval from that date."""
    free = ";".join(part for part in rrule.split(";") if not part.startswith("INTERVAL="))
    dates = rule_dates(_rule(begin, None, free), begin, begin + _SEARCH)
    if not dates:
        raise UnclearError
    return dates[0]


def _rule(day: date, clock: Clock | None, rrule: str | None) -> Rule:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # schedules keep local times
    if clock is None:
        return Rule(midnight, None, rrule, timed=False)
    if clock.start >= _DAY_MINUTES and rrule:
        raise UnclearError  # 「火曜 24:30」 is Wednesday, which a rule for Tuesdays cannot say
    return Rule(midnight + timedelta(minutes=clock.start), clock.minutes, rrule)


def _rrules(draft: Draft, group: Group) -> Iterator[str]:
    unit, interval = group.interval or ("", 1)
    if group.dates or group.ranges:
        if group.repeats or group.months or draft.closed_weekdays or draft.closed_nths or draft.closed_weeks:
            raise UnclearError
        return
    _check_interval(group, unit)
    limits = f";INTERVAL={interval}" if interval > 1 else ""
    if group.months:
        limits += f";BYMONTH={','.join(map(str, sorted(group.months)))}"
    weekly, nths = _open_days(draft, group)
    if (group.every_day or unit == "day") and weekly == _EVERY:
        yield f"FREQ=DAILY{limits}"
    elif weekly:
        yield f"FREQ=WEEKLY{limits};BYDAY={','.join(WEEKDAYS[day] for day in sorted(weekly))}"
    if nths:
        ordered = sorted(nths, key=lambda one: (one[1], one[0] % 10))
        yield f"FREQ=MONTHLY{limits};BYDAY={','.join(f'{which}{WEEKDAYS[day]}' for which, day in ordered)}"
    if group.month_days:
        if draft.closed_weekdays or draft.closed_nths or draft.closed_weeks:
            raise UnclearError
        days = sorted(group.month_days, key=lambda day: day % 100)
        yield f"FREQ=MONTHLY{limits};BYMONTHDAY={','.join(map(str, days))}"


def _check_interval(group: Group, unit: str) -> None:
    """Weeks count weekdays, months count what comes once a month, days nothing else."""
    kinds = (bool(group.weekdays), bool(group.nths or group.month_days), group.every_day)
    wanted = {"week": (True, False, False), "month": (False, True, False), "day": (False, False, False)}
    if unit and (kinds != wanted[unit] or group.months):
        raise UnclearError


def _open_days(draft: Draft, group: Group) -> tuple[frozenset[int], set[tuple[int, int]]]:
    """The weekdays of every week and the counted ones, without those that are closed."""
    every = group.every_day or bool(group.interval and group.interval[0] == "day")
    weekly = (_EVERY if every else frozenset(group.weekdays)) - draft.closed_weekdays
    closed = draft.closed_nths | {(which, day) for which in draft.closed_weeks for day in range(7)}
    nths = {one for one in group.nths if one not in closed and one[1] not in draft.closed_weekdays}
    if any(which == _LAST for which, _ in closed | nths) and closed:
        raise UnclearError  # the last Saturday may be the fourth or the fifth
    partly = frozenset(day for _, day in closed) & weekly
    if partly and group.interval:
        raise UnclearError
    nths |= {(which, day) for day in partly for which in _COUNTS if (which, day) not in closed}
    weekly -= partly
    if (group.weekdays or group.nths or every) and not (weekly or nths):
        raise UnclearError
    return weekly, nths
