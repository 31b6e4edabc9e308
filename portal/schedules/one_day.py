"""One date of a schedule (開催日): what takes place on it, what was moved away from it, and the dates around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from portal.model.recurrence import FIRST_YEAR, LAST_YEAR
from portal.model.schedule import HolidayPolicy
from portal.schedules.occurrences import LOOK_BACK, TOKYO, State, next_occurrences, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.model.schedule import Schedule
    from portal.schedules.occurrences import Occurrence

AROUND: Final = timedelta(days=366)
"""So far a date is looked for before and after another."""
_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_MOST: Final = 1024
"""Occurrences that are looked through for a number of dates: fifty rules on each of twenty dates."""


@dataclass(frozen=True, slots=True)
class Away:
    """Something that was to happen on a date and does on another (変更)."""

    planned: Occurrence
    to: Occurrence


@dataclass(frozen=True, slots=True)
class OneDay:
    """One date of a schedule; where both are empty there is nothing on it."""

    held: tuple[Occurrence, ...]
    """What takes place on it or is called off, by time."""
    away: tuple[Away, ...]
    """What was moved from it to another date."""


def one_day(schedule: Schedule, day: date) -> OneDay:
    """What became of a date."""
    return OneDay(tuple(occurrences(schedule, day, day)), tuple(_away(schedule, day)))


def planned(schedule: Schedule, day: date) -> list[Occurrence]:
    """What was to happen on a date before anything was moved, by hand or because of a holiday."""
    moves = schedule.holidays in (HolidayPolicy.MOVES_NEXT_DAY, HolidayPolicy.MOVES_NEXT_WEEK)
    plain = replace(schedule, moved=(), extra=(), holidays=HolidayPolicy.RUNS if moves else schedule.holidays)
    return occurrences(plain, day, day)


def coming(schedule: Schedule, today: date, most: int) -> tuple[Occurrence, ...]:
    """The next occurrences from ``today`` on, whatever the hour is: what is read all day says the same all day."""
    # One more, for yesterday's where its hour is not known.
    found = next_occurrences(schedule, _eve(today), most + 1)
    return tuple(one for one in found if one.starts.date() >= today)[:most]


def coming_days(schedule: Schedule, today: date, most: int) -> list[date]:
    """The next ``most`` dates from ``today`` on, and those that they were moved from, in order."""
    found, asked = coming(schedule, today, most), most
    while len({one.starts.date() for one in found}) < most and len(found) == asked < _MOST:
        asked *= 4
        found = coming(schedule, today, asked)
    days = sorted({one.starts.date() for one in found})[:most]
    kept = set(days)
    return sorted(kept | {one.original for one in found if one.original and one.starts.date() in kept})


def before(schedule: Schedule, day: date) -> date | None:
    """The last date before ``day``, at most a year earlier."""
    if day <= date(FIRST_YEAR + 1, 1, 1):
        return None
    found = occurrences(schedule, day - AROUND, day - _DAY)
    return found[-1].starts.date() if found else None


def after(schedule: Schedule, day: date) -> date | None:
    """The next date after ``day``, at most a year later."""
    if day >= date(LAST_YEAR, 1, 1):
        return None
    found = occurrences(schedule, day + _DAY, day + AROUND)
    return found[0].starts.date() if found else None


def only(schedule: Schedule) -> Occurrence | None:
    """The occurrence of a schedule that has just one; None for any other."""
    if len(schedule.rules) + len(schedule.extra) > 1 or schedule.rules[0].rrule is not None:
        return None
    found = next_occurrences(schedule, datetime(FIRST_YEAR, 1, 1, tzinfo=TOKYO), 2)
    return found[0] if len(found) == 1 else None


def _eve(day: date) -> datetime:
    """The last second before a day."""
    return datetime.combine(day, time(), TOKYO) - _SECOND


def _away(schedule: Schedule, day: date) -> Iterator[Away]:
    by_hand = dict(schedule.moved).get(day)
    if by_hand is not None:
        # What is moved by hand takes all rules of its date along, and is held once.
        there = occurrences(schedule, by_hand.date(), by_hand.date())
        held = [one for one in there if one.starts.replace(tzinfo=None) == by_hand]
        first = planned(schedule, day)
        if held and first and by_hand.date() != day:
            yield Away(first[0], held[0])
        return
    if schedule.holidays not in (HolidayPolicy.MOVES_NEXT_DAY, HolidayPolicy.MOVES_NEXT_WEEK):
        return
    later = [one for one in occurrences(schedule, day + _DAY, day + LOOK_BACK) if one.original == day]
    moved = [one for one in later if one.state in (State.MOVED, State.CANCELLED)]
    for was in planned(schedule, day) if moved else ():
        to = [one for one in moved if one.starts.time() == was.starts.time()]
        if to:
            yield Away(was, to[0])
